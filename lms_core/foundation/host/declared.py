"""Compares what a plugin registers and creates with what its manifest declares."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import Table

from lms_core.foundation.host.findings import Finding, Findings, nearest, written
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.host.manifest_file import line_in
from lms_core.foundation.text import text


@dataclass(frozen=True, slots=True)
class Brought:
    """The names a plugin registered at boot, by what they are."""

    permissions: Iterable[str] = ()
    tasks: Iterable[str] = ()
    personal_data: Iterable[str] = ()
    settings: Iterable[str] = ()
    named: Iterable[str] = ()

    def by_key(self) -> Mapping[str, Set[str]]:
        """The names by the manifest's keys."""
        keys = ("permissions", "tasks", "personal_data", "settings")
        return {key: frozenset(getattr(self, key)) for key in keys}


def check_brought(
    manifest: Manifest, brought: Brought, places: Mapping[str, tuple[str, int]] = MappingProxyType({})
) -> Findings:
    """What was registered and not declared, and the other way round; and names that are not the plugin's own.

    ``brought.named`` are things such as kinds of activity, which need no declaration but a name that begins with
    the plugin's id. ``places`` say where in the code each of these is registered: file and line by the manifest's key.
    """
    declared: Mapping[str, Set[str]] = {
        "permissions": frozenset(manifest.permissions),
        "tasks": frozenset(manifest.tasks),
        "personal_data": frozenset(data.table for data in manifest.personal_data),
        "settings": frozenset(manifest.settings),
    }
    faults = [
        fault
        for key, names in brought.by_key().items()
        for fault in _differ(manifest, key, names, declared[key], places.get(key, (manifest.file, 0)))
    ]
    return (*faults, *_foreign(manifest, brought.named, places.get("named", (manifest.file, 0))))


def check_tables(manifest: Manifest, tables: Iterable[Table], core: Set[str], folder: Path | None = None) -> Findings:
    """Tables that lack the plugin's prefix, and foreign keys to what is neither the core's nor required.

    ``core`` are the first words of the names of the core's tables: its rooms, and the foundation.
    In ``folder`` lies the code that brought them.
    """
    own = (manifest.table_prefix, *(f"{name}_" for name in manifest.requires))
    open_ = (*own, *(f"{room}_" for room in core))
    return tuple(fault for table in tables for fault in _table(manifest, table, open_, folder))


def _differ(
    manifest: Manifest, key: str, brought: Set[str], declared: Set[str], place: tuple[str, int]
) -> Iterator[Finding]:
    line = line_in(manifest.file, (key,))
    for name in sorted(brought - declared):
        message = text("It registers “%(name)s”, which %(key)s does not declare.", name=name, key=key)
        file, at = (manifest.file, line) if line else place
        yield Finding(manifest.id, file, at, "undeclared", message, nearest(name, declared))
    for name in sorted(declared - brought):
        message = text("%(key)s declares “%(name)s”, which it does not register.", name=name, key=key)
        yield Finding(manifest.id, manifest.file, line, "unregistered", message, nearest(name, brought))


def _foreign(manifest: Manifest, names: Iterable[str], place: tuple[str, int]) -> Iterator[Finding]:
    for name in names:
        if not name.startswith(f"{manifest.id}."):
            message = text("“%(name)s” is no name of this plugin: write %(id)s.<what>.", name=name, id=manifest.id)
            yield Finding(manifest.id, *place, "foreign-name", message)


def _table(manifest: Manifest, table: Table, open_: tuple[str, ...], folder: Path | None) -> Iterator[Finding]:
    # SQLAlchemy does not remember where a table was made.
    place = (written(folder, table.name) if folder else None) or (manifest.file, 0)
    if not table.name.startswith(manifest.table_prefix):
        message = text(
            "The name of the table %(name)s does not begin with %(prefix)s.", name=table.name, prefix=open_[0]
        )
        yield Finding(manifest.id, *place, "table-prefix", message)
        return
    for key in table.foreign_keys:
        target = key.target_fullname.partition(".")[0]
        if not target.startswith(open_):
            message = text(
                "%(table)s points to %(to)s, which belongs to nobody it requires.", table=table.name, to=target
            )
            yield Finding(manifest.id, *place, "foreign-key", message)
