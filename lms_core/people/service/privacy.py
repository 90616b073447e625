"""A person's data as a whole: given out on request, and erased, over every table that was registered."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, ColumnElement, Table, delete, select, update

from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.database import metadata
from lms_core.foundation.records import record_access
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.hooks.site import PersonalData
from lms_core.people.domain import ERASE_PERSON, EXPORT_PERSON, PersonalDataBook, PersonErased, PersonExported
from lms_core.people.repository import Keys, People

# What proves who somebody is never leaves the house, not even to its owner.
SECRETS = frozenset({"password_hash", "token_hash"})


@dataclass(frozen=True)
class PrivacyService:
    """Export and erasure, plugins' tables included."""

    work: Work
    clock: Clock
    book: PersonalDataBook

    def export(self, actor: Actor, person_id: UUID) -> dict[str, list[dict[str, Any]]]:
        """Every registered row about a person, by table. One's own, or with the permission; recorded."""
        with self.work.read() as uow:
            People(uow).get(person_id)
            if actor.person_id != person_id:
                actor.require_seen(EXPORT_PERSON, People(uow).scopes_of(person_id))
            rows = {kept.table: list(_rows(uow, table, kept, person_id)) for kept, table in self._tables()}
        with self.work.write() as uow:
            uow.record(PersonExported(person_id=person_id), by=actor)
            if actor.person_id != person_id:
                record_access(uow, actor, person_id, "people.export")
            uow.commit()
        return rows

    def erase(self, actor: Actor, person_id: UUID) -> None:
        """Delete or blank every registered row about a person, as each register entry says. Not undoable."""
        with self.work.write() as uow:
            person = People(uow).get(person_id)
            if actor.person_id != person_id:
                actor.require_seen(ERASE_PERSON, People(uow).scopes_of(person_id))
            Keys(uow).revoke_all(person_id, self.clock.now())
            person.erase()
            uow.session.flush()
            for kept, table in self._tables():
                _erase(uow, table, kept, person_id)
            uow.record(PersonErased(person_id=person_id), by=actor)
            uow.commit()

    def _tables(self) -> Iterator[tuple[PersonalData, Table]]:
        # Children first: what points to another table goes before it.
        order = {table.name: place for place, table in enumerate(metadata.sorted_tables)}
        known = [(kept, metadata.tables[kept.table]) for _, kept in self.book.tables if kept.table in metadata.tables]
        yield from sorted(known, key=lambda one: -order[one[0].table])


def _rows(uow: UnitOfWork, table: Table, kept: PersonalData, person_id: UUID) -> Iterator[dict[str, Any]]:
    shown = [column for column in table.c if column.name not in SECRETS]
    for row in uow.session.execute(select(*shown).where(_theirs(table, kept, person_id))).mappings():
        yield dict(row)


def _theirs(table: Table, kept: PersonalData, person_id: UUID) -> ColumnElement[bool]:
    column = table.c[kept.person_column]
    if not kept.via:
        return column == person_id
    through = metadata.tables[kept.via]
    return column.in_(select(through.c.id).where(through.c.person_id == person_id))


def _erase(uow: UnitOfWork, table: Table, kept: PersonalData, person_id: UUID) -> None:
    theirs = _theirs(table, kept, person_id)
    if kept.on_erasure == "delete":
        uow.session.execute(delete(table).where(theirs))
    elif kept.on_erasure == "blank":
        blank = {name: _nothing(table.c[name]) for name in kept.columns}
        uow.session.execute(update(table).where(theirs).values(blank))


def _nothing(column: Column[Any]) -> Any:
    if column.nullable:
        return None
    return {} if isinstance(column.type, JSON) else ""
