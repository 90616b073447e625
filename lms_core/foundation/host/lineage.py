"""A lineage: one line of migrations with its own version table, and the tables that are its to change."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lms_core.foundation.host.manifest import Manifest

VERSION_TABLE = "alembic_version"


@dataclass(frozen=True, slots=True)
class Lineage:
    """``script_location`` holds ``versions/``; ``owns`` says of a table's name whether it is this lineage's."""

    name: str
    script_location: Path
    version_table: str
    owns: Callable[[str], bool]

    @property
    def versions(self) -> Path:
        """The folder of the revisions."""
        return self.script_location / "versions"


def plugin_lineage(manifest: Manifest, folder: Path) -> Lineage | None:
    """The lineage of the plugin whose package lies in ``folder``; None where it has no migrations."""
    location = folder / "migrations"
    if not (location / "versions").is_dir():
        return None
    return Lineage(manifest.id, location, version_table(manifest.id), owner(manifest.table_prefix))


def prefixed(plugin: str) -> Lineage:
    """The lineage of a plugin by its tables' names alone: for reading and dropping them when its files are gone."""
    return Lineage(plugin, Path(), version_table(plugin), owner(f"{plugin}_"))


def version_table(plugin: str) -> str:
    """The table that remembers how far a plugin's lineage has come.

    Each has its own: in a shared one, every upgrade fails as soon as the files of one plugin are gone.
    """
    return f"{VERSION_TABLE}_{plugin}"


def owner(prefix: str) -> Callable[[str], bool]:
    """Whether a table's name begins with ``prefix``."""
    return lambda table: table.startswith(prefix)
