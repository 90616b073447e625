"""Migrations: up, down and up again; taken away and brought back; on an empty database of each kind."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, MetaData, Table, inspect, select
from sqlalchemy.exc import DBAPIError

from lms_core.foundation.database import Database
from lms_core.foundation.host import migrations
from lms_core.foundation.host.checking.checked import fault
from lms_core.foundation.host.checking.subject import Subject
from lms_core.foundation.host.core import Core
from lms_core.foundation.host.discovery import discover
from lms_core.foundation.host.findings import Finding
from lms_core.foundation.host.lineage import Lineage, plugin_lineage
from lms_core.foundation.host.order import required
from lms_core.foundation.host.upgrading import lineages

ONE = UUID(int=1)
VALUES: dict[type, Any] = {
    str: "x",
    int: 1,
    float: 1.0,
    bool: True,
    bytes: b"x",
    date: date(2026, 3, 2),
    datetime: datetime(2026, 3, 2, tzinfo=UTC),
    dict: {},
    list: [],
}


def check_migrations(core: Core, subject: Subject, url: str) -> Iterator[Finding]:
    """What goes wrong with the plugin's lineage on the empty database at ``url``."""
    lineage = plugin_lineage(subject.manifest, subject.package)
    if lineage is None:
        return
    with _prepared(core, subject, url) as database:
        drill = _Drill(subject, lineage, database)
        yield from drill.both_ways() or drill.kept() or drill.dropped()


@dataclass(frozen=True)
class _Drill:
    """One lineage on one database, on which the core's and the required plugins' have run."""

    subject: Subject
    lineage: Lineage
    database: Database

    def both_ways(self) -> list[Finding]:
        before = self.tables()
        steps: tuple[tuple[str, Callable[[], object]], ...] = (
            ("up", self.up),
            ("down", self.down),
            ("up again", self.up),
        )
        for name, step in steps:
            try:
                step()
            except migrations.MigrationFailed as failed:
                return [self.fault("%(step)s: %(why)s", step=name, why=failed.reason)]
            left = sorted(self.tables() - before - {self.lineage.version_table}) if name == "down" else []
            if left:
                return [self.fault("Going down leaves %(tables)s. Drop them in downgrade().", tables=", ".join(left))]
        return []

    def kept(self) -> list[Finding]:
        """Uninstalled with its tables kept, and installed again: nothing runs twice, and no row is lost."""
        before = self.fill()
        again, after = self.up(), self.rows()
        if again or before != after:
            said = "Installed again over its kept tables, it ran %(ran)s and left %(after)s of %(before)s rows."
            return [self.fault(said, ran=", ".join(again) or "nothing", after=after, before=before)]
        return []

    def dropped(self) -> list[Finding]:
        """Uninstalled with its tables dropped, and installed anew."""
        migrations.drop(self.database.engine, self.lineage)
        if left := sorted(name for name in self.tables() if self.lineage.owns(name)):
            return [self.fault("Dropping it leaves %(tables)s.", tables=", ".join(left))]
        try:
            self.up()
        except migrations.MigrationFailed as failed:
            return [self.fault("installed anew: %(why)s", why=failed.reason)]
        return []

    def up(self) -> tuple[str, ...]:
        return migrations.upgrade(self.database.engine, self.lineage)

    def down(self) -> None:
        migrations.downgrade(self.database.engine, self.lineage)

    def tables(self) -> set[str]:
        return set(inspect(self.database.engine).get_table_names())

    def own(self) -> list[Table]:
        return [table for table in self.reflected() if self.lineage.owns(table.name)]

    def reflected(self) -> list[Table]:
        """Its own tables and all they point to, what is pointed to first."""
        names = [name for name in sorted(self.tables()) if self.lineage.owns(name)]
        present = MetaData()
        if names:
            present.reflect(self.database.engine, only=names)
        return present.sorted_tables

    def rows(self) -> int:
        with self.database.engine.connect() as connection:
            return sum(len(connection.execute(select(table)).all()) for table in self.own())

    def fill(self) -> int:
        """One row in each table that takes an invented one; how many of its own there are then."""
        for table in self.reflected():
            values = {column.name: _value(column) for column in table.columns if not column.nullable}
            try:
                with self.database.engine.begin() as connection:
                    connection.execute(table.insert(), values)
            except DBAPIError:
                # A constraint that no invented row satisfies: the table stays empty, and is checked all the same.
                continue
        return self.rows()

    def fault(self, message: str, **values: Any) -> Finding:
        where = self.subject.home / "migrations" / "versions"
        on = self.database.engine.dialect.name
        return fault(self.subject.id, where, "migrations", f"%(on)s: {message}", on=on, **values)


@contextmanager
def _prepared(core: Core, subject: Subject, url: str) -> Iterator[Database]:
    database = Database(url, pool_size=1)
    found = discover()
    known = {subject.id: subject.manifest} | {one.id: one.manifest for one in found if one.manifest}
    needed = required(subject.id, known)
    try:
        migrations.upgrade(database.engine, core.lineage())
        for lineage in lineages(one for one in found if one.id in needed):
            migrations.upgrade(database.engine, lineage)
        yield database
    finally:
        database.dispose()


def _value(column: Column[Any]) -> Any:
    """What an invented row holds: every id is the same one, so that rows point to each other."""
    try:
        kind = column.type.python_type
    except NotImplementedError:
        return None
    if kind is str and (getattr(column.type, "length", None) or 0) >= len(ONE.hex):
        return ONE.hex
    return ONE if kind is UUID else VALUES.get(kind)
