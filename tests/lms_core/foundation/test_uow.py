from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

import pytest
from sqlalchemy import Column, String, Table, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import registry

from lms_core.foundation import tables
from lms_core.foundation.actors import SYSTEM, Actor
from lms_core.foundation.database import id_column, mapper_registry, metadata, version_column
from lms_core.foundation.errors import Conflict
from lms_core.foundation.events import Event
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import EVERYWHERE, SITE, Scope, scopes
from lms_core.foundation.uow import Work, WriteRefused, reading_hook, request_id, written

BY = Actor(new_id())


@dataclass(frozen=True, slots=True)
class BellRung(Event):
    bell_id: UUID
    name: ClassVar[str] = "ringing.bell_rung"
    hook: ClassVar[str | None] = "lms_after_bell_rung"


@dataclass(frozen=True, slots=True)
class BellHeard(Event):
    bell_id: UUID
    name: ClassVar[str] = "ringing.bell_heard"


def rows(work, table):
    with work.read() as uow:
        return [row._mapping for row in uow.session.execute(select(table))]


def test_state_event_and_outbox_row_become_true_together(work, clock):
    bell = new_id()
    work.listeners = lambda hook: ("labs", "chimes") if hook == BellRung.hook else ()
    token = request_id.set("r-7")
    with work.write() as uow:
        uow.record(BellRung(bell), BY, scopes(course=bell))
        uow.later("ringing.polish", bell, at=clock.now() + timedelta(days=1))
        assert rows(work, tables.events) == rows(work, tables.outbox) == []
        uow.commit()
    request_id.reset(token)
    (event,) = rows(work, tables.events)
    assert (event["name"], event["payload"]) == ("ringing.bell_rung", {"bell_id": str(bell)})
    assert (event["actor_id"], event["request_id"]) == (BY.person_id, "r-7")
    assert event["scopes"] == [f"course:{bell}", "site"]
    queued = {row["plugin"]: row for row in rows(work, tables.outbox)}
    assert set(queued) == {"labs", "chimes", "ringing"}
    assert queued["labs"]["payload"] == {"event": str(event["id"])}
    assert (queued["labs"]["kind"], queued["ringing"]["kind"]) == ("hook", "task")
    assert queued["ringing"]["available_at"] == clock.now() + timedelta(days=1)


def test_leaving_without_a_commit_makes_nothing_true(work):
    with work.write() as uow:
        uow.record(BellRung(new_id()), BY)
        uow.later("ringing.polish")
    with pytest.raises(ZeroDivisionError), work.write() as uow:
        uow.later("ringing.polish", 1 // 0)
    assert rows(work, tables.events) == rows(work, tables.outbox) == []


def test_the_dispatcher_is_told_after_a_commit_that_queued_something(work):
    told = []
    work.committed = lambda: told.append(len(rows(work, tables.outbox)))
    with work.write() as uow:
        uow.record(BellHeard(new_id()), BY)
        uow.commit()
    assert told == []
    with work.write() as uow:
        uow.later("ringing.polish")
        uow.commit()
        uow.commit()
    assert told == [1]


def test_an_event_that_no_spec_hears_queues_nothing(work):
    work.listeners = lambda _: ("labs",)
    with work.write() as uow:
        uow.record(BellHeard(new_id()), SYSTEM)
        uow.commit()
    assert rows(work, tables.outbox) == []


def test_reading_refuses_to_write_and_to_commit(work):
    with work.read() as uow, pytest.raises(WriteRefused):
        uow.commit()
    with work.read() as uow, pytest.raises(DBAPIError):
        uow.session.execute(insert(tables.schedules), {"name": "a.b", "next_at": uow.clock.now()})


def test_a_hook_that_only_reads_can_neither_begin_to_write_nor_commit(work):
    with work.write() as outer:
        token = reading_hook.set("lms_review_bell")
        with pytest.raises(WriteRefused, match="lms_review_bell"), work.write():
            pass
        with pytest.raises(WriteRefused, match="lms_review_bell"):
            outer.commit()
        reading_hook.reset(token)


def test_a_write_on_a_stale_copy_is_a_conflict(embedded, clock):
    bells = Table("testing_bell", metadata, id_column(), version_column(), Column("tone", String(9)))

    @dataclass(eq=False)
    class Bell:
        tone: str

    own = registry(metadata=metadata)
    own.map_imperatively(Bell, bells, version_id_col=bells.c.version)
    work = Work(embedded, clock)
    bells.create(embedded.engine)
    try:
        with work.write() as uow:
            uow.session.add(Bell("c"))
            uow.commit()
        with work.read() as uow:
            stale = uow.session.scalars(select(Bell)).one()
        with work.write() as uow:
            uow.session.scalars(select(Bell)).one().tone = "d"
            uow.commit()
        with work.write() as uow:
            uow.session.add(stale)
            stale.tone = "e"
            with pytest.raises(Conflict):
                uow.commit()
    finally:
        own.dispose()
        metadata.remove(bells)


def test_scopes_are_written_in_a_stable_order():
    one, other = Scope("campus", "b"), Scope("campus", "a")
    assert written(frozenset({one, SITE, other})) == ["campus:a", "campus:b", "site"]
    assert written(EVERYWHERE) == ["site"]


def test_the_house_has_one_registry_of_entities():
    assert mapper_registry.metadata is metadata
