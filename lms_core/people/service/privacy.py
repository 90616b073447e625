"""A person's data as a whole: given out on request, and erased, over every table that was registered."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, ColumnElement, Table, delete, or_, select, update

from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.records import record_access
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.people.domain import ERASE_PERSON, EXPORT_PERSON, PersonalDataBook, PersonErased, PersonExported
from lms_core.people.repository import Keys, People
from lms_core.people.service.registered import Held, held

# What proves who somebody is never leaves the house, not even to its owner.
SECRETS = frozenset({"password_hash", "token_hash"})


@dataclass(frozen=True)
class PrivacyService:
    """Export and erasure, plugins' tables included, and what plugins left that are gone."""

    work: Work
    clock: Clock
    book: PersonalDataBook

    def export(self, actor: Actor, person_id: UUID) -> dict[str, list[dict[str, Any]]]:
        """Every registered row about a person, by table. One's own, or with the permission; recorded."""
        with self.work.read() as uow:
            People(uow).get(person_id)
            if actor.person_id != person_id:
                actor.require_seen(EXPORT_PERSON, People(uow).scopes_of(person_id))
            rows = {table.name: list(_rows(uow, table, theirs)) for table, theirs in self._theirs(uow, person_id)}
        with self.work.write() as uow:
            uow.record(PersonExported(person_id=person_id), by=actor)
            if actor.person_id != person_id:
                record_access(uow, actor, person_id, "people.export")
            uow.commit()
        return rows

    def _theirs(self, uow: UnitOfWork, person_id: UUID) -> Iterator[tuple[Table, ColumnElement[bool]]]:
        """Each table once, with the rows in which any of its registered columns names the person."""
        named: dict[Table, list[ColumnElement[bool]]] = {}
        for one in held(uow, self.book):
            named.setdefault(one.table, []).append(one.theirs(person_id))
        return ((table, or_(*ways)) for table, ways in named.items())

    def erase(self, actor: Actor, person_id: UUID) -> None:
        """Delete or blank every registered row about a person, as each register entry says. Not undoable."""
        with self.work.write() as uow:
            person = People(uow).get(person_id)
            if actor.person_id != person_id:
                actor.require_seen(ERASE_PERSON, People(uow).scopes_of(person_id))
            Keys(uow).revoke_all(person_id, self.clock.now())
            person.erase()
            uow.session.flush()
            for one in held(uow, self.book):
                _erase(uow, one, person_id)
            uow.record(PersonErased(person_id=person_id), by=actor)
            uow.commit()


def _rows(uow: UnitOfWork, table: Table, theirs: ColumnElement[bool]) -> Iterator[dict[str, Any]]:
    shown = [column for column in table.c if column.name not in SECRETS]
    for row in uow.session.execute(select(*shown).where(theirs)).mappings():
        yield dict(row)


def _erase(uow: UnitOfWork, one: Held, person_id: UUID) -> None:
    theirs = one.theirs(person_id)
    if one.entry.on_erasure == "delete":
        uow.session.execute(delete(one.table).where(theirs))
    elif one.entry.on_erasure == "blank":
        blank = {name: _nothing(one.table.c[name]) for name in one.entry.columns}
        uow.session.execute(update(one.table).where(theirs).values(blank))


def _nothing(column: Column[Any]) -> Any:
    if column.nullable:
        return None
    return {} if isinstance(column.type, JSON) else ""
