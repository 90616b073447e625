from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

import pytest
from sqlalchemy import select

from lms_core.foundation.actors import Actor
from lms_core.foundation.events import Event
from lms_core.foundation.identity import new_id
from lms_core.foundation.outbox.tasks import Task
from lms_core.foundation.scopes import scopes
from lms_core.foundation.tables import events, outbox
from lms_core.foundation.uow import request_id


@dataclass(frozen=True, slots=True)
class LampLit(Event):
    lamp_id: UUID
    name: ClassVar[str] = "testing.lamp_lit"
    hook: ClassVar[str | None] = "lms_after_lamp_lit"


def test_a_task_runs_with_its_arguments_and_its_row_is_gone(around):
    around.queue("a", 2)
    around.run(around.delivery())
    assert around.ran == [("a", 2)]
    assert around.rows() == []


def test_a_task_runs_in_a_context_and_under_the_id_of_its_row(around):
    seen = []

    @contextmanager
    def context(name):
        seen.append(name)
        yield
        seen.append("out")

    look = Task("people.look", lambda: seen.append(request_id.get()))
    around.queue(task="people.look")
    (row,) = around.rows()
    before = request_id.get()
    around.run(around.delivery([look], context=context))
    assert seen == ["people.look", str(row.id), "out"]
    assert request_id.get() == before


def test_a_hook_hears_of_the_event_it_is_for_once_for_each_plugin(around, work):
    lamp = new_id()
    work.listeners = lambda hook: ("labs", "lamps") if hook == "lms_after_lamp_lit" else ()
    with work.write() as uow:
        uow.record(LampLit(lamp), Actor(new_id()), scopes(campus=lamp))
        uow.commit()
    with work.read() as uow:
        (event_id,) = uow.session.scalars(select(events.c.id))
    around.run(around.delivery())
    expected = ("lms_after_lamp_lit", LampLit(lamp), event_id)
    assert sorted(around.heard) == [("labs", *expected), ("lamps", *expected)]
    assert around.rows() == []


def test_one_plugins_failure_repeats_no_others_work(around, work, clock):
    work.listeners = lambda _: ("good", "bad")
    with work.write() as uow:
        uow.record(LampLit(new_id()), Actor(new_id()))
        uow.commit()
    delivery = around.delivery()

    def deliver(plugin, hook, event, event_id):
        if plugin == "bad" and not around.heard:
            around.heard.append(plugin)
            raise ValueError
        around.heard.append(plugin)

    object.__setattr__(delivery, "deliver", deliver)
    for row in sorted(around.claim(delivery), key=lambda row: row.plugin):
        delivery.run(row)
    clock.move(minutes=5)
    around.run(delivery)
    assert around.heard == ["bad", "good", "bad"]


def test_a_failed_task_is_tried_again_after_a_while(around, clock):
    around.queue("a")
    around.failure = ValueError("kim@example.kr")
    delivery = around.delivery()
    around.run(delivery)
    (row,) = around.rows()
    assert (row.state, row.attempts) == ("ready", 1)
    assert timedelta(seconds=3) < row.available_at - clock.now() < timedelta(seconds=7)
    assert row.last_error.startswith("ValueError (")
    assert "kim" not in row.last_error

    around.run(delivery)
    assert around.ran == []

    around.failure = None
    clock.move(minutes=1)
    around.run(delivery)
    assert around.ran == ["a"]
    assert around.rows() == []


def test_a_task_that_fails_to_the_last_is_parked_with_its_reason_and_the_log_says_so(around, clock):
    around.queue("a")
    around.failure = ValueError()
    delivery = around.delivery(retries=2)
    for _ in range(5):
        around.run(delivery)
        clock.move(hours=1)
    (row,) = around.rows()
    assert (row.state, row.attempts) == ("parked", 3)
    assert row.last_error.startswith("ValueError")
    assert around.logged() == ["foundation.work_parked"]


def test_work_that_kills_its_process_every_time_is_parked(around, clock):
    around.queue("a")
    delivery = around.delivery(retries=2)
    for _ in range(3):
        assert len(around.claim(delivery)) == 1
        clock.move(seconds=30)
    around.run(delivery)
    (row,) = around.rows()
    assert (row.state, around.ran) == ("parked", [])
    assert "ended in the middle" in row.last_error


def test_what_expired_while_it_waited_is_dropped_with_a_record(around, clock):
    around.queue("a", expires=clock.now() + timedelta(minutes=1))
    clock.move(minutes=1)
    around.run(around.delivery())
    assert (around.ran, around.rows()) == ([], [])
    assert around.logged() == ["foundation.work_expired"]


def test_work_of_a_plugin_that_is_off_is_held_and_burns_no_attempt(around):
    around.queue("a")
    around.switch("people")
    around.run(around.delivery())
    (row,) = around.rows()
    assert (row.state, row.attempts, row.last_error) == ("held", 0, "the plugin is off or absent")
    assert around.ran == []


def test_work_that_nobody_here_can_do_is_held(around):
    around.queue(task="labs.shake")
    around.run(around.delivery())
    (row,) = around.rows()
    assert (row.state, row.attempts, row.last_error) == ("held", 0, "no task is called labs.shake")


def test_an_event_that_nobody_here_knows_is_held(around, work):
    work.listeners = lambda _: ("labs",)

    @dataclass(frozen=True, slots=True)
    class Gone(Event):
        name: ClassVar[str] = "testing.gone"
        hook: ClassVar[str | None] = "lms_after_lamp_lit"

    gone = Gone()
    Gone.name = "testing.never_registered"
    with work.write() as uow:
        uow.record(gone, Actor(new_id()))
        uow.commit()
    around.run(around.delivery())
    (row,) = around.rows()
    assert (row.state, row.last_error) == ("held", "no event is called testing.never_registered")


def test_a_plugin_is_asked_for_in_the_scopes_of_the_row(around):
    asked = []
    around.gate = lambda plugin, on: asked.append((plugin, on)) or True
    campus = new_id()
    around.queue("a", scopes=scopes(campus=campus))
    around.run(around.delivery())
    assert asked == [("people", scopes(campus=campus))]


def test_a_database_that_is_away_at_the_end_leaves_the_row_to_its_lease(around, clock, monkeypatch):
    around.queue("a")
    delivery = around.delivery()
    (row,) = around.claim(delivery)
    with monkeypatch.context() as patch:
        patch.setattr(delivery.work.database, "writing", lambda: (_ for _ in ()).throw(OSError))
        delivery.run(row)
    assert around.ran == ["a"]
    clock.move(seconds=30)
    around.run(delivery)
    assert around.ran == ["a", "a"]
    assert around.rows() == []


@pytest.mark.parametrize("error", [KeyError("x"), SystemError(), Exception()])
def test_whatever_a_task_raises_stays_within_the_delivery(around, error):
    around.queue("a")
    around.failure = error
    around.run(around.delivery())
    assert around.states() == ["ready"]


def test_a_row_is_what_its_table_says(around):
    around.queue("a")
    (row,) = around.rows()
    assert set(type(row).__dataclass_fields__) <= set(outbox.c.keys())


def test_work_that_belongs_to_no_place_runs_where_its_plugin_is_on_anywhere(around):
    around.gate = lambda *_: False
    around.queue("a", scopes=frozenset())
    around.queue("b")
    around.run(around.delivery())
    assert around.ran == ["a"]
    assert around.states() == ["held"]
