"""Where a person's data lies: the tables of what runs, and those that plugins left whose code is away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, MetaData, Table, Uuid, inspect, select

from lms_core.foundation.database import metadata
from lms_core.foundation.errors import Conflict
from lms_core.foundation.host.repository import PluginRecords
from lms_core.foundation.text import Text, text
from lms_core.foundation.uow import UnitOfWork
from lms_core.hooks.site import PersonalData
from lms_core.people.domain import PersonalDataBook


class KeptDataChanged(Conflict):
    """A table that an absent plugin left is no longer as the plugin registered it."""

    code = "kept-data-changed"


@dataclass(frozen=True, slots=True)
class Held:
    """An entry of the register with its table, and the table ``through`` which a row leads to its person, if any."""

    entry: PersonalData
    table: Table
    through: Table | None = None

    def theirs(self, person_id: UUID) -> ColumnElement[bool]:
        """Which rows are about the person."""
        column = self.table.c[self.entry.person_column]
        if self.through is None:
            return column == person_id
        return column.in_(select(self.through.c.id).where(self.through.c.person_id == person_id))


def held(uow: UnitOfWork, book: PersonalDataBook) -> tuple[Held, ...]:
    """Every table with personal data, what points to another before it. Raises KeptDataChanged.

    What absent plugins left comes first: it may point to the tables of those that run, never the other way round.
    """
    known = {entry.table for _, entry in book.tables}
    left = [one for one in _left(uow) if one.table not in known]
    away = _reflected(uow.session.connection(), left) if left else MetaData()
    living = [entry for _, entry in book.tables if entry.table in metadata.tables]
    return (*_ordered(left, away), *_ordered(living, metadata))


def _left(uow: UnitOfWork) -> Iterator[PersonalData]:
    """What plugins registered when they were installed: of those that do not run now, nobody else tells."""
    for record in PluginRecords(uow).every().values():
        for noted in record.registered:
            said = {"purpose": Text(noted["purpose"]), "retention": Text(noted["retention"])}
            yield PersonalData(**{**noted, **said, "columns": tuple(noted["columns"])})


def _reflected(connection: Connection, entries: Sequence[PersonalData]) -> MetaData:
    """The tables of ``entries`` as the database has them. One that is not there any more holds nothing of anybody."""
    there, found = set(inspect(connection).get_table_names()), MetaData()
    for entry in entries:
        if entry.table in there:
            for name in {entry.table, entry.via or entry.table} & there:
                Table(name, found, autoload_with=connection)
            _require_as_registered(entry, found)
            # SQLite keeps an id as letters and says no more of it when it is asked.
            names = (
                found.tables[entry.via].c.person_id if entry.via else found.tables[entry.table].c[entry.person_column]
            )
            names.type = Uuid()
    return found


def _require_as_registered(entry: PersonalData, found: MetaData) -> None:
    """To leave such a table out would be to keep what was to be erased, without a word."""
    wanted = {entry.table: {entry.person_column, *entry.columns}}
    if entry.via:
        wanted[entry.via] = {"id", "person_id"}
    for name, columns in wanted.items():
        if name not in found.tables or not columns <= set(found.tables[name].c.keys()):
            raise KeptDataChanged(
                text(
                    "The table %(table)s of a plugin that is away is no longer as it was registered. "
                    "Install the plugin again, or drop its data: lms plugin uninstall ID --drop",
                    table=name,
                )
            )


def _ordered(entries: Sequence[PersonalData], tables: MetaData) -> Iterator[Held]:
    order = {table.name: place for place, table in enumerate(tables.sorted_tables)}
    present = [entry for entry in entries if entry.table in order]
    for entry in sorted(present, key=lambda one: -order[one.table]):
        yield Held(entry, tables.tables[entry.table], tables.tables[entry.via] if entry.via else None)
