"""Compares what a plugin registers and creates with what its manifest declares."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from sqlalchemy import Table

from lms_core.foundation.host.findings import Finding, Findings, nearest
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.host.manifest_file import line_in
from lms_core.foundation.text import text


@dataclass(frozen=True, slots=True)
class Brought:
    """The names a plugin registered at boot, by what they are."""

    permissions: Iterable[str] = ()
    tasks: Iterable[str] = ()
    personal_data: Iterable[str] = ()
    named: Iterable[str] = ()

    def by_key(self) -> Mapping[str, Set[str]]:
        """The names by the manifest's keys."""
        keys = {"permissions": self.permissions, "tasks": self.tasks, "personal_data": self.personal_data}
        return {key: frozenset(names) for key, names in keys.items()}


def check_brought(manifest: Manifest, brought: Brought) -> Findings:
    """What was registered and not declared, and the other way round; and names that are not the plugin's own.

    ``brought.named`` are things such as kinds of activity, which need no declaration but a name that begins with
    the plugin's id.
    """
    declared: Mapping[str, Set[str]] = {
        "permissions": frozenset(manifest.permissions),
        "tasks": frozenset(manifest.tasks),
        "personal_data": frozenset(data.table for data in manifest.personal_data),
    }
    faults = [
        fault for key, names in brought.by_key().items() for fault in _differ(manifest, key, names, declared[key])
    ]
    return (*faults, *_foreign(manifest, brought.named))


def check_tables(manifest: Manifest, tables: Iterable[Table], core: Set[str]) -> Findings:
    """Tables that lack the plugin's prefix, and foreign keys to what is neither the core's nor required.

    ``core`` are the first words of the names of the core's tables: its rooms, and the foundation.
    """
    own = (manifest.table_prefix, *(f"{name}_" for name in manifest.requires))
    open_ = (*own, *(f"{room}_" for room in core))
    return tuple(fault for table in tables for fault in _table(manifest, table, open_))


def _differ(manifest: Manifest, key: str, brought: Set[str], declared: Set[str]) -> Iterator[Finding]:
    line = line_in(manifest.file, (key,))
    for name in sorted(brought - declared):
        message = text("It registers “%(name)s”, which %(key)s does not declare.", name=name, key=key)
        yield Finding(manifest.id, manifest.file, line, "undeclared", message, nearest(name, declared))
    for name in sorted(declared - brought):
        message = text("%(key)s declares “%(name)s”, which it does not register.", name=name, key=key)
        yield Finding(manifest.id, manifest.file, line, "unregistered", message, nearest(name, brought))


def _foreign(manifest: Manifest, names: Iterable[str]) -> Iterator[Finding]:
    for name in names:
        if not name.startswith(f"{manifest.id}."):
            message = text("“%(name)s” is no name of this plugin: write %(id)s.<what>.", name=name, id=manifest.id)
            yield Finding(manifest.id, manifest.file, 0, "foreign-name", message)


def _table(manifest: Manifest, table: Table, open_: tuple[str, ...]) -> Iterator[Finding]:
    if not table.name.startswith(manifest.table_prefix):
        message = text(
            "The name of the table %(name)s does not begin with %(prefix)s.", name=table.name, prefix=open_[0]
        )
        yield Finding(manifest.id, manifest.file, 0, "table-prefix", message)
        return
    for key in table.foreign_keys:
        target = key.target_fullname.partition(".")[0]
        if not target.startswith(open_):
            message = text(
                "%(table)s points to %(to)s, which belongs to nobody it requires.", table=table.name, to=target
            )
            yield Finding(manifest.id, manifest.file, 0, "foreign-key", message)
