from dataclasses import replace

import pytest

from lms_core.foundation.host.overlay import unpack
from lms_core.foundation.host.trial import trial
from tests.support.cores import small_core
from tests.support.wheels import make_wheel


@pytest.fixture
def folder(tmp_path):
    def make(plugin: str, **more):
        unpack(make_wheel(tmp_path / "wheels", files={"labs/plugin.py": plugin}, **more), tmp_path / "unpacked")
        return tmp_path / "unpacked"

    return make


def test_a_sound_plugin_passes(folder):
    assert trial(small_core(), "labs", [folder("answer = 42")]).findings == ()


@pytest.mark.parametrize(
    ("plugin", "rule", "words"),
    [
        ("import os; os._exit(7)", "unreturned", "ended the process"),
        ("while True: pass", "unreturned", "did not end"),
        ("raise ValueError('no')", "import", "no"),
        ("def lms_show_home(): ...", "no-hookimpl", "@hookimpl"),
    ],
)
def test_what_it_does_at_import_is_told_and_happens_elsewhere(folder, plugin, rule, words):
    timeout = 2.5 if "while" in plugin else 30
    findings = trial(small_core(), "labs", [folder(plugin)], timeout).findings
    assert [finding.rule for finding in findings] == [rule]
    assert words in str(findings[0])


def test_a_plugin_that_is_not_there_is_told(tmp_path):
    (finding,) = trial(small_core(), "labs", [tmp_path]).findings
    assert finding.rule == "unknown"


def test_others_are_not_imported_with_it(folder, tmp_path):
    unpack(make_wheel(tmp_path / "wheels", "other", files={"other/plugin.py": "import os; os._exit(7)"}), folder(""))
    assert trial(small_core(), "labs", [folder("")]).findings == ()


def test_a_command_that_cannot_run_is_told(folder):
    core = replace(small_core(), command=("-c", "raise SystemExit('nothing here')"))
    (finding,) = trial(core, "labs", [folder("")]).findings
    assert "nothing here" in str(finding)
