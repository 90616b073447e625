"""Rows of one hook of one plugin go together where many wait."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

import pytest
from sqlalchemy import update

from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.events import Event
from lms_core.foundation.identity import new_id
from lms_core.foundation.outbox.engines import ALONG, Embedded
from lms_core.foundation.outbox.repository import Outbox
from lms_core.foundation.tables import outbox
from tests.support.counting import statements


@dataclass(frozen=True, slots=True)
class BellRung(Event):
    bell_id: UUID
    name: ClassVar[str] = "testing.bell_rung"
    hook: ClassVar[str | None] = "lms_after_bell_rung"


@pytest.fixture
def ring(around):
    """Ring so many bells; each of ``plugins`` hears all of them."""

    def rung(times, *plugins):
        around.work.listeners = lambda _: plugins
        bells = [new_id() for _ in range(times)]
        for bell in bells:
            with around.work.write() as uow:
                uow.record(BellRung(bell), SYSTEM)
                uow.commit()
        return bells

    return rung


@pytest.fixture
def one_thread(around):
    return Embedded(around.delivery(), 1, lambda: None)


def turn(engine):
    taken = engine.advance()
    assert engine.stop(5)
    return taken


def heard(around):
    return [(plugin, event.bell_id) for plugin, _, event, _ in around.heard]


def test_a_thread_takes_along_what_is_for_the_same_hook_of_the_same_plugin(around, ring, one_thread):
    bells = ring(3, "labs", "lamps")
    assert turn(one_thread)
    plugins = {plugin for plugin, _ in heard(around)}
    assert len(plugins) == 1, "another plugin's rows do not wait behind this one's"
    assert [bell for _, bell in heard(around)] == bells
    assert turn(one_thread)
    assert {plugin for plugin, _ in heard(around)} == {"labs", "lamps"}
    assert around.rows() == []


def test_a_thread_takes_no_more_along_than_its_lease_allows_for(around, ring, one_thread):
    ring(ALONG + 3, "labs")
    assert turn(one_thread)
    assert len(around.heard) == ALONG + 1
    assert len(around.rows()) == 2


def test_what_failed_is_put_off_and_the_others_of_its_lot_are_done(around, ring):
    bells = ring(3, "labs")
    delivery = around.delivery()

    def deliver(plugin, hook, event, event_id):
        if event.bell_id == bells[1]:
            raise ValueError
        around.deliver(plugin, hook, event, event_id)

    object.__setattr__(delivery, "deliver", deliver)
    turn(Embedded(delivery, 1, lambda: None))
    assert [bell for _, bell in heard(around)] == [bells[0], bells[2]]
    (left,) = around.rows()
    assert (left.state, left.attempts, left.lease_by) == ("ready", 1, None)
    assert left.last_error.startswith("ValueError")


def test_what_was_tried_before_goes_alone_lest_it_take_others_down_again(around, ring, one_thread):
    ring(3, "labs")
    first = around.rows()[0]
    with around.work.write() as uow:
        uow.session.execute(update(outbox).where(outbox.c.id == first.id).values(attempts=1))
        uow.commit()
    turn(one_thread)
    assert len(around.heard) == 1
    turn(one_thread)
    assert len(around.heard) == 3


def test_tasks_go_alone_for_they_may_take_long(around, one_thread):
    for name in "ab":
        around.queue(name)
    turn(one_thread)
    assert around.ran == ["a"]


def test_a_thread_to_spare_takes_each_row_by_itself(around, ring):
    ring(2, "labs")
    turn(Embedded(around.delivery(), 4, lambda: None))
    assert len(around.heard) == 2
    assert around.rows() == []


def test_a_lot_costs_as_many_statements_as_one_row(around, ring, one_thread):
    counted = []
    for rows in (1, 10):
        ring(rows, "labs")
        with statements(around.work.database) as seen:
            turn(one_thread)
        counted.append(len(seen))
    assert around.rows() == []
    assert counted[0] == counted[1]


def test_a_lot_whose_process_died_comes_back_row_by_row(around, ring, one_thread, clock):
    ring(2, "labs")
    leases = around.delivery().leases
    with around.work.write() as uow:
        (row,) = Outbox(uow).claim(1, leases.lease())
        assert len(Outbox(uow).claim_alike(row, ALONG, leases.lease())) == 1
        uow.commit()
    assert not turn(one_thread)
    clock.move(seconds=30)
    turn(one_thread)
    assert len(around.heard) == 1
    turn(one_thread)
    assert len(around.heard) == 2
    assert around.rows() == []
