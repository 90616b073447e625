from datetime import timedelta

import pytest
from sqlalchemy import select

from lms_core.foundation.actors import SYSTEM, Actor, grants
from lms_core.foundation.errors import Forbidden, Invalid, NotFound, Unauthenticated
from lms_core.foundation.identity import new_id
from lms_core.foundation.outbox.service import PERMISSION, OutboxService
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.tables import events

OPERATOR = Actor(new_id(), grants([PERMISSION]))


@pytest.fixture
def service(work):
    return OutboxService(work)


@pytest.fixture
def parked(around, clock):
    around.queue("a")
    around.failure = ValueError()
    around.run(around.delivery(retries=0))
    around.failure = None
    (row,) = around.rows()
    assert row.state == "parked"
    return row


def test_parked_rows_are_listed_oldest_first(service, around, clock):
    around.failure = ValueError()
    for number in range(3):
        around.queue(number)
        clock.move(seconds=1)
    around.run(around.delivery(retries=0))
    page = service.rows(OPERATOR, PageRequest(size=2))
    assert [row.payload["arguments"] for row in page.items] == [[0], [1]]
    assert (page.total, page.next) == (3, 2)
    assert service.rows(OPERATOR, PageRequest(), "held").total == 0


def test_a_state_that_does_not_exist_is_invalid(service):
    with pytest.raises(Invalid) as raised:
        service.rows(OPERATOR, PageRequest(), "lost")
    assert set(raised.value.fields) == {"state"}


def test_a_parked_row_that_is_sent_on_its_way_runs_as_if_new(service, around, parked, work):
    woken = []
    work.committed = lambda: woken.append(1)
    service.retry(OPERATOR, parked.id)
    assert woken == [1]
    (row,) = around.rows()
    assert (row.state, row.attempts) == ("ready", 0)
    around.run(around.delivery())
    assert (around.ran, around.rows()) == (["a"], [])


def test_the_log_says_who_retried_and_who_dropped(service, around, parked, work):
    service.retry(OPERATOR, parked.id)
    around.failure = ValueError()
    around.run(around.delivery(retries=0))
    service.drop(OPERATOR, parked.id)
    assert around.rows() == []
    with work.read() as uow:
        log = uow.session.execute(select(events.c.name, events.c.actor_id, events.c.payload)).all()
    by_operator = {name: payload for name, actor, payload in log if actor == OPERATOR.person_id}
    told = {"row_id": str(parked.id), "work": "people.note", "plugin": "people"}
    assert by_operator == {"foundation.work_retried": told, "foundation.work_dropped": told}


def test_held_rows_may_be_dropped_too(service, around):
    around.queue("a")
    around.switch("people")
    around.run(around.delivery())
    (row,) = around.rows()
    service.drop(OPERATOR, row.id)
    assert around.rows() == []


@pytest.mark.parametrize("act", ["retry", "drop"])
def test_rows_on_their_way_are_left_alone(service, around, act):
    around.queue("a")
    (row,) = around.rows()
    with pytest.raises(NotFound):
        getattr(service, act)(OPERATOR, row.id)
    with pytest.raises(NotFound):
        getattr(service, act)(OPERATOR, new_id())


@pytest.mark.parametrize(("actor", "error"), [(Actor(), Unauthenticated), (Actor(new_id()), Forbidden)])
def test_only_who_may_manage_the_outbox_may(service, parked, actor, error):
    for act in (
        lambda: service.rows(actor, PageRequest()),
        lambda: service.retry(actor, parked.id),
        lambda: service.drop(actor, parked.id),
    ):
        with pytest.raises(error):
            act()


def test_the_backlog_tells_how_much_waits_and_for_how_long(service, around, clock):
    assert (service.backlog().counts, service.backlog().lag) == ({}, 0.0)
    around.queue("a")
    around.queue("b", at=clock.now() + timedelta(hours=1))
    clock.move(seconds=90)
    assert (service.backlog().counts, service.backlog().lag) == ({"ready": 2}, 90.0)
    assert service.rows(SYSTEM, PageRequest(), "ready").total == 2
