"""Where the sites of a test session are made, with the plugin under test found from its source."""

import configparser
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from lms_core.foundation.database import Database
from lms_core.foundation.host.discovery import GROUP, discover
from lms_core.foundation.host.sources import as_installed
from lms_core.foundation.host.upgrading import upgrade_all
from lms_core.kit.clock import FixedClock
from lms_core.kit.site import Site, make_site
from lms_core.migrations import core_lineage


@dataclass(frozen=True, slots=True)
class Source:
    """A folder whose ``setup.cfg`` offers plugins, and their ids."""

    folder: Path
    plugins: tuple[str, ...]


def source_of(path: Path) -> Source | None:
    """The nearest source folder at or above ``path``; None where there is none."""
    for folder in (path, *path.parents):
        setup = configparser.ConfigParser(interpolation=None)
        setup.read(folder / "setup.cfg", encoding="utf-8")
        points = setup.get("options.entry_points", GROUP, fallback="").split("\n")
        if plugins := tuple(point.partition("=")[0].strip() for point in points if "=" in point):
            return Source(folder, plugins)
    return None


@dataclass(eq=False)
class Workshop:
    """Makes sites, each over a copy of a database that the true migrations have filled with tables.

    ``close`` takes back what it added to ``sys.path``.
    """

    folder: Path
    _added: list[str] = field(default_factory=list)
    _templates: dict[frozenset[str], Path] = field(default_factory=dict)

    def find(self, source: Source) -> None:
        """Let the plugins of ``source`` be found as if they were installed, unless they are."""
        if set(source.plugins) <= {one.id for one in discover()}:
            return
        room = self.folder / f"installed-{len(self._added)}"
        as_installed(source.folder, room)
        for place in (str(source.folder), str(room)):
            if place not in sys.path:
                sys.path.append(place)
                self._added.append(place)

    def site(self, folder: Path, clock: FixedClock) -> Site:
        """A new site with its instance in ``folder``: every table, no rows, and every plugin off."""
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self._template(), folder / "lms.sqlite3")
        return make_site(f"sqlite:///{folder / 'lms.sqlite3'}", clock, folder)

    def close(self) -> None:
        """Leave ``sys.path`` as it was found."""
        for place in self._added:
            sys.path.remove(place)
        self._added.clear()

    def _template(self) -> Path:
        found = discover()
        key = frozenset(one.id for one in found)
        if key not in self._templates:
            path = self.folder / f"template-{len(self._templates)}.sqlite3"
            database = Database(f"sqlite:///{path}", pool_size=1)
            for _ in upgrade_all(database.engine, core_lineage(), found):
                pass
            database.dispose()
            self._templates[key] = path
        return self._templates[key]
