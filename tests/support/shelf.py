"""Plugins that a test writes as plain files, found as installed ones are."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

MANIFEST = """
id = "{id}"
core = ">=1.0,<2"
title = {{ko = "{ko}", en = "{en}"}}
summary = {{ko = "실습실을 엽니다.", en = "Opens lab rooms."}}
url_prefix = "/{id}"
hooks = {hooks}
requires = {{{requires}}}
"""


@dataclass
class Shelf:
    """A folder on sys.path to put plugins on."""

    folder: Path
    added: list[str] = field(default_factory=list)

    def add(self, name: str, code: str = "", hooks: tuple[str, ...] = (), requires: str = "", ko: str = "") -> Path:
        """Put a plugin there whose ``plugin.py`` is ``code``; its folder."""
        home, info = self.folder / name, self.folder / f"{name}-1.0.dist-info"
        home.mkdir()
        info.mkdir()
        (home / "__init__.py").write_text("")
        (home / "plugin.py").write_text(code)
        needed = f'{requires} = ">=0"' if requires else ""
        told = MANIFEST.format(id=name, ko=ko or name, en=name.title(), hooks=list(hooks), requires=needed)
        (home / "plugin.toml").write_text(told, encoding="utf-8")
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nAuthor: Hanbit Labs\n")
        (info / "entry_points.txt").write_text(f"[lms.plugins]\n{name} = {name}.plugin\n")
        self.added.append(name)
        return home


@contextmanager
def shelf_in(folder: Path) -> Iterator[Shelf]:
    """A shelf in ``folder``, for as long as the block lasts."""
    folder.mkdir()
    sys.path.insert(0, str(folder))
    shelf = Shelf(folder)
    try:
        yield shelf
    finally:
        sys.path.remove(str(folder))
        for module in [name for name in sys.modules if name.partition(".")[0] in shelf.added]:
            del sys.modules[module]


PANEL = '''
from lms_core.foundation.text import text
from lms_core.hooks import hookimpl
from lms_core.hooks.site import Panel, Viewer


@hookimpl
def lms_show_home(viewer: Viewer) -> Panel | None:
    """A panel."""
    {body}
'''
BROKEN_PANEL = PANEL.format(body='raise RuntimeError("no lab is open")')
GOOD_PANEL = PANEL.format(body='return Panel("labs", text("Labs"), text("One lab is open."))')
MISSPELT = PANEL.replace("lms_show_home", "lms_show_hoem").format(body="return None")
