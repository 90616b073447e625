import zipfile

import pytest

from lms_core.foundation.host import archives
from lms_core.foundation.host.findings import PluginRefused
from lms_core.foundation.host.wheels import read_wheel
from tests.support.wheels import make_wheel


def rules(refused: PluginRefused) -> set[str]:
    return {finding.rule for finding in refused.findings}


def test_a_sound_wheel_is_read_without_running_it(tmp_path):
    wheel = read_wheel(make_wheel(tmp_path, files={"labs/plugin.py": "raise SystemExit"}, requires=["lms-core"]))
    assert wheel.id == "labs"
    assert str(wheel.manifest.version) == "1.0"
    assert wheel.names == {"labs", "labs-1.0.dist-info"}
    assert [str(each) for each in wheel.requirements] == ["lms-core"]
    assert len(wheel.sha256) == 64


@pytest.mark.parametrize(
    ("spoilt", "rule"),
    [
        ({"files": {"lms_core/foundation/errors.py": "evil = 1"}}, "stray"),
        ({"files": {"people/__init__.py": ""}}, "stray"),
        ({"files": {"sitecustomize.py": "evil = 1"}}, "stray"),
        ({"files": {"labs.pth": "import os"}}, "stray"),
        ({"files": {"labs-1.0.data/scripts/lms": "#!/bin/sh"}}, "stray"),
        ({"files": {"other-1.0.dist-info/METADATA": ""}}, "dist-info"),
        ({"files": {"labs/../../lms_core/x.py": ""}}, "path"),
        ({"files": {"../x.py": ""}}, "path"),
        ({"files": {"/etc/cron.d/x": ""}}, "path"),
        ({"files": {"labs\\..\\..\\x.py": ""}}, "path"),
        ({"files": {"C:/x.py": ""}}, "path"),
        ({"files": {"labs//x.py": ""}}, "path"),
        ({"files": {"labs/PLUGIN.py": ""}}, "twice"),
        ({"links": {"labs/secrets": "/etc/passwd"}}, "path"),
        ({"entry_points": "[console_scripts]\nlms = labs.plugin:x\n"}, "entry-points"),
        ({"entry_points": "[lms.plugins]\nlabs = labs.plugin\n[pytest11]\nlabs = labs.x\n"}, "entry-points"),
        ({"entry_points": "[lms.plugins]\nlabs = labs.plugin\npeople = labs.plugin\n"}, "entry-points"),
        ({"entry_points": "[lms.plugins\n"}, "entry-points"),
        ({"drop": ["labs/plugin.toml"]}, "missing-file"),
        ({"drop": ["labs/__init__.py"]}, "no-package"),
        ({"manifest": "hocks = []"}, "unknown-key"),
        ({"files": {"labs/plugin.toml": "id = "}}, "toml"),
        ({"files": {"labs/plugin.toml": b"\xff\xfe"}}, "toml"),
        ({"record": ""}, "record"),
        ({"record": "labs/__init__.py,sha256=AAAA,\n"}, "record"),
        ({"metadata": "Requires-Python: >=4"}, "python"),
        ({"metadata": "Requires-Python: whatever"}, "python"),
        ({"tag": "cp27-cp27m-win32"}, "platform"),
        ({"requires": ["flask @ https://evil.example/flask.whl"]}, "requirement"),
        ({"requires": ["!!"]}, "requirement"),
        ({"info": "labs-9.dist-info", "metadata": ""}, None),
    ],
)
def test_a_hostile_or_broken_wheel_is_refused_by_rule(tmp_path, spoilt, rule):
    path = make_wheel(tmp_path, **spoilt)
    if rule is None:
        read_wheel(path)
        return
    with pytest.raises(PluginRefused) as refused:
        read_wheel(path)
    assert rule in rules(refused.value)
    assert all(finding.file.startswith(str(path)) for finding in refused.value.findings)


def test_a_file_that_was_changed_after_the_wheel_was_made_is_noticed(tmp_path):
    path = make_wheel(tmp_path)
    with zipfile.ZipFile(path) as archive:
        content = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in content.items():
            archive.writestr(name, b"evil = 1" if name == "labs/plugin.py" else body)
    with pytest.raises(PluginRefused, match=r"labs/plugin\.py is not what RECORD says"):
        read_wheel(path)


def test_all_reasons_are_told_at_once(tmp_path):
    path = make_wheel(tmp_path, files={"lms_core/x.py": ""}, manifest="hocks = []", metadata="Requires-Python: >=4")
    with pytest.raises(PluginRefused) as refused:
        read_wheel(path)
    assert {"stray", "unknown-key", "python"} <= rules(refused.value)


def test_the_file_name_and_the_metadata_have_to_agree(tmp_path):
    path = make_wheel(tmp_path).rename(tmp_path / "other-2.0-py3-none-any.whl")
    with pytest.raises(PluginRefused) as refused:
        read_wheel(path)
    assert rules(refused.value) == {"file-name"}


@pytest.mark.parametrize("body", [b"", b"no zip at all", b"PK\x03\x04 cut off"])
def test_what_is_no_archive_is_refused(tmp_path, body):
    path = tmp_path / "labs-1.0-py3-none-any.whl"
    path.write_bytes(body)
    with pytest.raises(PluginRefused) as refused:
        read_wheel(path)
    assert rules(refused.value) == {"archive"}


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(PluginRefused) as refused:
        read_wheel(tmp_path / "labs-1.0-py3-none-any.whl")
    assert rules(refused.value) == {"unreadable"}


def test_an_archive_that_swells_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "CONTENT_LIMIT", 10_000)
    path = make_wheel(tmp_path, files={"labs/bomb.bin": b"0" * 20_000})
    with pytest.raises(PluginRefused) as refused:
        read_wheel(path)
    assert "size" in rules(refused.value)


def test_an_archive_that_is_too_large_is_not_opened(tmp_path, monkeypatch):
    path = make_wheel(tmp_path)
    monkeypatch.setattr(archives, "ARCHIVE_LIMIT", 100)
    with pytest.raises(PluginRefused) as refused:
        read_wheel(path)
    assert rules(refused.value) == {"size"}
