import contextlib
import hashlib
import importlib
import sys
from pathlib import Path

import pytest

from lms_core.foundation.host.overlay import Entry, Overlay, Placed
from tests.support.wheels import make_wheel


def entry(name: str, version: str, path: Path, *needed: Placed) -> Entry:
    names = (name, f"{name}-{version}.dist-info")
    return Entry(name, Placed(name, version, hashlib.sha256(path.read_bytes()).hexdigest(), names), needed)


def listed(overlay: Overlay) -> set[str]:
    return {path.name for path in overlay.folder.iterdir() if path.name != ".busy"}


def test_a_placed_plugin_can_be_imported_and_stands_in_the_lock(overlay, tmp_path):
    path = make_wheel(tmp_path, "overlaid", files={"overlaid/plugin.py": "answer = 42"})
    overlay.place(entry("overlaid", "1.0", path), [path])
    importlib.invalidate_caches()
    assert importlib.import_module("overlaid.plugin").answer == 42
    for name in ("overlaid", "overlaid.plugin"):
        del sys.modules[name]
    assert overlay.entries()["overlaid"].wheel.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert listed(overlay) == {"overlaid", "overlaid-1.0.dist-info"}


def test_an_upgrade_leaves_nothing_of_the_old_version(overlay, tmp_path):
    old = make_wheel(tmp_path, files={"labs/gone.py": ""})
    new = make_wheel(tmp_path, version="2.0")
    overlay.place(entry("labs", "1.0", old), [old])
    overlay.place(entry("labs", "2.0", new), [new])
    assert listed(overlay) == {"labs", "labs-2.0.dist-info"}
    assert not (overlay.folder / "labs" / "gone.py").exists()


def test_removing_takes_what_only_this_plugin_needed(overlay, tmp_path):
    shared, own = make_wheel(tmp_path, "shared"), make_wheel(tmp_path, "own")
    shared_placed, own_placed = entry("shared", "1.0", shared).wheel, entry("own", "1.0", own).wheel
    labs, exams = make_wheel(tmp_path, "labs"), make_wheel(tmp_path, "exams")
    overlay.place(entry("labs", "1.0", labs, shared_placed, own_placed), [labs, shared, own])
    overlay.place(entry("exams", "1.0", exams, shared_placed), [exams])
    assert overlay.versions(without="labs") == {"exams": "1.0", "shared": "1.0"}
    assert overlay.remove("labs")
    assert listed(overlay) == {"exams", "exams-1.0.dist-info", "shared", "shared-1.0.dist-info"}
    assert not overlay.remove("labs")


class Killed(BaseException):
    """Stands for kill -9: nothing is tidied up on the way out."""


@pytest.mark.parametrize("step", range(12))
def test_killed_at_any_step_it_is_the_old_version_or_the_new_one(overlay, tmp_path, monkeypatch, step):
    old = make_wheel(tmp_path, files={"labs/which.py": "version = 1"})
    new = make_wheel(tmp_path, version="2.0", files={"labs/which.py": "version = 2"})
    overlay.place(entry("labs", "1.0", old), [old])

    calls = [0]

    def counted(function):
        def run(*arguments, **named):
            calls[0] += 1
            if calls[0] > step:
                raise Killed
            return function(*arguments, **named)

        return run

    with monkeypatch.context() as death:
        for name in ("rename", "touch", "write_text", "write_bytes", "replace"):
            death.setattr(Path, name, counted(getattr(Path, name)))
        death.setattr("shutil.rmtree", counted(importlib.import_module("shutil").rmtree))
        with contextlib.suppress(Killed):
            overlay.place(entry("labs", "2.0", new), [new])
    overlay.mend()
    version = overlay.entries()["labs"].wheel.version
    assert listed(overlay) == {"labs", f"labs-{version}.dist-info"}
    assert (overlay.folder / "labs" / "which.py").read_text() == f"version = {version[0]}"


def test_a_wheel_that_cannot_be_unpacked_leaves_the_old_version(overlay, tmp_path):
    old = make_wheel(tmp_path)
    overlay.place(entry("labs", "1.0", old), [old])
    (tmp_path / "broken.whl").write_bytes(b"no")
    with pytest.raises(Exception, match="no wheel"):
        overlay.place(entry("labs", "1.0", old), [old, tmp_path / "broken.whl"])
    assert listed(overlay) == {"labs", "labs-1.0.dist-info"}
