"""Records: who read whose personal data, and the log of what has happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, insert, or_, select

from lms_core.foundation.actors import Actor
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.scopes import Scopes, parse_scope
from lms_core.foundation.tables import access_records, events
from lms_core.foundation.uow import UnitOfWork, request_id


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as the log keeps it: its fields are ids and plain values, never personal ones."""

    id: UUID
    name: str
    payload: Mapping[str, Any]
    actor_id: UUID | None
    scopes: Scopes
    request_id: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class Access:
    """Somebody (None: the system) read personal data of ``person_id`` for ``purpose``."""

    id: UUID
    actor_id: UUID | None
    person_id: UUID
    purpose: str
    request_id: str
    read_at: datetime


def record_access(uow: UnitOfWork, actor: Actor, person_id: UUID, purpose: str) -> None:
    """Keep that ``actor`` reads personal data of ``person_id`` for ``purpose`` (one word or two: "profile").

    One's own data may be read without trace. Needs a unit of work that writes, committed by the caller.
    """
    record_accesses(uow, actor, [person_id], purpose)


def record_accesses(uow: UnitOfWork, actor: Actor, person_ids: Iterable[UUID], purpose: str) -> None:
    """The same for several persons whose data stand in one list: one statement."""
    common = {
        "actor_id": actor.person_id,
        "purpose": purpose,
        "request_id": request_id.get(),
        "read_at": uow.clock.now(),
    }
    others = {each for each in person_ids if each != actor.person_id}
    if others:
        rows = [{"id": new_id(), "person_id": each, **common} for each in sorted(others)]
        uow.session.execute(insert(access_records), rows)


def accesses_to(uow: UnitOfWork, request: PageRequest, person_id: UUID) -> Page[Access]:
    """Who read personal data of ``person_id``, latest first."""
    wanted = select(access_records).where(access_records.c.person_id == person_id)
    ordered = wanted.order_by(access_records.c.read_at.desc(), access_records.c.id.desc())
    return page(uow, ordered, request).map(lambda row: Access(**row._mapping))


def events_about(
    uow: UnitOfWork,
    request: PageRequest,
    *,
    person_id: UUID | None = None,
    name: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> Page[Happened]:
    """The log, latest first: what ``person_id`` did or what happened to them, events called ``name``
    (``catalog.`` for a whole room), from ``since`` on and before ``until``."""
    wanted = select(events).where(*_conditions(person_id, name, since, until))
    ordered = wanted.order_by(events.c.occurred_at.desc(), events.c.id.desc())
    return page(uow, ordered, request).map(lambda row: _happened(row._mapping))


def _conditions(
    person_id: UUID | None, name: str, since: datetime | None, until: datetime | None
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if person_id is not None:
        subject = events.c.payload["person_id"].as_string() == str(person_id)
        conditions.append(or_(events.c.actor_id == person_id, subject))
    if name:
        conditions.append(
            events.c.name.startswith(name, autoescape=True) if name.endswith(".") else events.c.name == name
        )
    if since is not None:
        conditions.append(events.c.occurred_at >= since)
    if until is not None:
        conditions.append(events.c.occurred_at < until)
    return conditions


def _happened(found: Mapping[Any, Any]) -> Happened:
    values = dict(found)
    return Happened(**values | {"scopes": frozenset(parse_scope(one) for one in values["scopes"])})
