from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from lms_core.app.extension import HookCheck, opened_by
from lms_core.app.plugins import specifications
from lms_core.foundation.host.discovery import discover
from lms_core.foundation.host.findings import Findings
from lms_core.foundation.host.loading import LoadedPlugins, load

MANIFEST = """
id = "{id}"
core = ">=1.0,<2"
title = {{ko = "가", en = "A"}}
summary = {{ko = "가", en = "A"}}
hooks = {hooks}
{requires}
"""
OPENS = """
from collections.abc import Sequence
from lms_core.hooks.markers import hookspec

@hookspec
def {hook}() -> Sequence[str]:
    '''Whenever somebody asks: words.'''
    raise NotImplementedError
"""
ANSWERS = """
from collections.abc import Sequence
from lms_core.hooks import hookimpl

@hookimpl
def {hook}() -> Sequence[{kind}]:
    return []
"""


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Puts plugins where they are found, as plain files."""
    monkeypatch.syspath_prepend(tmp_path)

    def add(name: str, *, opens: str = "", answers: str = "", requires: str = "", kind: str = "str") -> None:
        home, info = tmp_path / name, tmp_path / f"{name}-1.0.dist-info"
        home.mkdir()
        info.mkdir()
        (home / "__init__.py").write_text("")
        hooks = [answers] if answers else []
        needs = f'[requires]\n{requires} = ">=1.0"' if requires else ""
        (home / "plugin.toml").write_text(MANIFEST.format(id=name, hooks=hooks, requires=needs))
        (home / "plugin.py").write_text(ANSWERS.format(hook=answers, kind=kind) if answers else "")
        if opens:
            (home / "hooks.py").write_text(OPENS.format(hook=opens) if opens != "broken" else "import nowhere_at_all")
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[test.extension]\n{name} = {name}.plugin\n")

    return add


def loaded(tmp_path: Path) -> LoadedPlugins:
    return load(discover("test.extension"), tmp_path, check=HookCheck(specifications()))


def rules(findings: Findings) -> list[str]:
    return [finding.rule for finding in findings]


def test_a_plugin_answers_the_hooks_of_one_that_it_requires(shelf, tmp_path):
    shelf("wordy_base", opens="lms_register_words")
    shelf("wordy_more", answers="lms_register_words", requires="wordy_base")
    found = loaded(tmp_path)
    assert found.ids == ("wordy_base", "wordy_more")
    assert [bool(opened_by(plugin)) for plugin in found.loaded] == [True, False]


def test_a_plugin_may_answer_its_own_hooks(shelf, tmp_path):
    shelf("wordy_self", opens="lms_register_sayings", answers="lms_register_sayings")
    assert loaded(tmp_path).ids == ("wordy_self",)


def test_without_requiring_it_there_is_no_such_hook(shelf, tmp_path):
    shelf("wordy_first", opens="lms_register_songs")
    shelf("wordy_loose", answers="lms_register_songs")
    found = loaded(tmp_path)
    assert found.ids == ("wordy_first",)
    assert "unknown-hook" in rules(found.quarantined["wordy_loose"])


def test_answers_are_checked_by_the_types_of_the_plugins_own_specification(shelf, tmp_path):
    shelf("wordy_typed", opens="lms_register_tales")
    shelf("wordy_wrong", answers="lms_register_tales", requires="wordy_typed", kind="int")
    assert rules(loaded(tmp_path).quarantined["wordy_wrong"]) == ["return-type"]


@pytest.mark.parametrize("hook", ["lms_show_home", "lms_register_rhymes"])
def test_nobody_opens_a_hook_that_is_anothers(shelf, tmp_path, hook):
    shelf("wordy_known", opens="lms_register_rhymes")
    shelf("wordy_zealous", opens=hook)
    assert rules(loaded(tmp_path).quarantined["wordy_zealous"]) == ["hook-taken"]


def test_a_hooks_module_that_cannot_be_imported_keeps_its_plugin_out_and_those_that_require_it(shelf, tmp_path):
    shelf("wordy_broken", opens="broken")
    shelf("wordy_after", requires="wordy_broken")
    found = loaded(tmp_path)
    assert found.ids == ()
    assert rules(found.quarantined["wordy_broken"]) == ["import"]


def test_certification_preparation_opens_two_hooks(embedded_site):
    plugins = SimpleNamespace(**{plugin.id: plugin for plugin in embedded_site.house.tools[LoadedPlugins].loaded})
    opened = opened_by(plugins.cert_prep)
    assert opened is not None
    assert {name for name in vars(opened) if name.startswith("lms_")} == {
        "lms_register_certifications",
        "lms_register_item_banks",
    }
