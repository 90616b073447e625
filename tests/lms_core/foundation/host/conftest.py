import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from lms_core.foundation.host.discovery import add_overlay
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.host.overlay import Overlay
from lms_core.foundation.text import Titles

GOOD = """
id = "labs"
core = ">=1.0,<2"
title = {ko = "실습", en = "Labs"}
summary = {ko = "실습실을 연다.", en = "Opens lab rooms."}
"""


@pytest.fixture
def make_manifest() -> Callable[..., Manifest]:
    def make(name: str, *, requires: dict[str, str] | None = None, core: str = ">=1.0,<2", **more) -> Manifest:
        wanted = {other: SpecifierSet(span) for other, span in (requires or {}).items()}
        titles = Titles(name, name)
        given = {"version": Version("1.0"), "url_prefix": f"/{name}"} | more
        return Manifest(id=name, title=titles, summary=titles, core=SpecifierSet(core), requires=wanted, **given)

    return make


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """A folder on sys.path to install plugins into, as plain files: `shelf.add("labs", plugin="...")`."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    before = set(sys.modules)
    monkeypatch.syspath_prepend(folder)
    added: list[str] = []

    def add(
        name: str, *, plugin: str = "", manifest: str | None = None, version: str = "1.0", package: str = ""
    ) -> Path:
        home, info = folder / (package or name), folder / f"{name}-{version}.dist-info"
        home.mkdir()
        info.mkdir()
        (home / "__init__.py").write_text("")
        (home / "plugin.py").write_text(plugin)
        (home / "plugin.toml").write_text(GOOD.replace("labs", name) if manifest is None else manifest)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        (info / "entry_points.txt").write_text(f"[test.plugins]\n{name} = {package or name}.plugin\n")
        added.append(package or name)
        return home

    yield SimpleNamespace(folder=folder, add=add, group="test.plugins")
    for module in set(sys.modules) - before:
        if module.partition(".")[0] in added:
            del sys.modules[module]


@pytest.fixture
def overlay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Overlay:
    """An overlay that is on the path for the time of the test."""
    folder = tmp_path / "plugins"
    folder.mkdir()
    monkeypatch.setattr(sys, "path", list(sys.path))
    add_overlay(folder)
    return Overlay(folder)
