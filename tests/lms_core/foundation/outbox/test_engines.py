from datetime import timedelta
from itertools import pairwise
from threading import Event

import pytest

from lms_core.foundation.outbox import engines
from lms_core.foundation.outbox.engines import Embedded, Published, run_published
from lms_core.foundation.outbox.tasks import Task
from tests.support.waiting import until


class Broker:
    """Takes rows, as many as it is given before it goes away."""

    def __init__(self):
        self.taken = []
        self.away = self.closed = False

    def close(self):
        self.closed = True

    def publish(self, row):
        if self.away:
            raise ConnectionError
        self.taken.append(row.id)


@pytest.fixture
def broker():
    return Broker()


@pytest.fixture
def published(around, broker):
    return Published(around.delivery(), broker, timedelta(seconds=120))


@pytest.fixture
def passing(monkeypatch):
    """Seconds of the machine's own clock, moved by hand."""
    seconds = [0.0]
    monkeypatch.setattr(engines.time, "monotonic", lambda: seconds[0])
    return seconds


def test_embedded_runs_what_is_due_and_says_when_a_thread_is_free(around):
    freed = Event()
    engine = Embedded(around.delivery(), 2, freed.set)
    assert not engine.advance()
    around.queue("a")
    assert engine.advance()
    assert freed.wait(5)
    assert engine.stop(5)
    assert (around.ran, around.rows()) == (["a"], [])


def test_embedded_claims_no_more_rows_than_it_has_threads(around):
    go_on = Event()
    slow = Task("people.wait", lambda: go_on.wait(5) and None)
    engine = Embedded(around.delivery([slow]), 2, lambda: None)
    for _ in range(3):
        around.queue(task="people.wait")
    assert engine.advance()
    assert not engine.advance()
    assert [row.lease_by is None for row in around.rows()].count(True) == 1
    assert not engine.stop(0.05)
    go_on.set()
    assert engine.stop(5)
    assert engine.advance()
    assert engine.stop(5)
    assert around.rows() == []


def test_published_rows_stay_until_a_worker_has_closed_them(around, published, broker):
    around.queue("a")
    assert published.advance()
    (row,) = around.rows()
    assert (row.state, broker.taken) == ("published", [row.id])
    assert not published.advance()
    run_published(published._delivery, row.id)
    assert (around.ran, around.rows()) == (["a"], [])
    assert published.stop(0)
    assert broker.closed


def test_a_message_that_comes_twice_runs_once(around, published, broker):
    around.queue("a")
    published.advance()
    for _ in range(2):
        run_published(published._delivery, broker.taken[0])
    assert around.ran == ["a"]


def test_a_message_that_comes_while_its_work_is_in_progress_is_dropped(around, broker):
    again = Task("people.again", lambda: run_published(delivery, broker.taken[0]) or around.note("a"))
    delivery = around.delivery([again])
    around.queue(task="people.again")
    Published(delivery, broker, timedelta(seconds=120)).advance()
    run_published(delivery, broker.taken[0])
    assert (around.ran, around.rows()) == (["a"], [])


def test_a_message_that_the_broker_lost_is_sent_again(around, published, broker, clock):
    around.queue("a")
    published.advance()
    clock.move(seconds=120)
    assert published.advance()
    assert len(broker.taken) == 2
    run_published(published._delivery, broker.taken[1])
    assert around.ran == ["a"]


def test_work_whose_worker_died_is_sent_again(around, published, broker, clock):
    around.queue("a")
    published.advance()
    died = around.delivery()
    with died.work.write() as uow:
        engines.Outbox(uow).claim_published(broker.taken[0], died.leases.lease())
        uow.commit()
    clock.move(seconds=29)
    assert not published.advance()
    clock.move(seconds=1)
    assert published.advance()
    run_published(published._delivery, broker.taken[1])
    assert (around.ran, around.rows()) == (["a"], [])


def test_a_broker_that_is_away_delays_and_loses_nothing(around, published, broker, passing):
    for number in range(3):
        around.queue(number)
    broker.away = True
    assert not published.advance()
    assert around.states() == ["ready"] * 3
    assert [row.attempts for row in around.rows()] == [0] * 3
    broker.away = False
    assert not published.advance(), "it waits a little before it asks again"
    passing[0] += 1
    while published.advance():
        pass
    assert len(broker.taken) == 3
    for row_id in broker.taken:
        run_published(published._delivery, row_id)
    assert sorted(around.ran) == [0, 1, 2]


def test_a_broker_that_stays_away_is_asked_ever_less_often(around, published, broker, passing):
    around.queue("a")
    broker.away = True
    asked = []
    for second in range(200):
        passing[0] = float(second)
        failures = published._failures
        published.advance()
        asked += [second] * (published._failures - failures)
    assert asked[:6] == [0, 1, 3, 7, 15, 31]
    assert {later - sooner for sooner, later in pairwise(asked[6:])} == {30}


def test_no_more_than_a_window_lies_with_the_broker(around, published, broker, monkeypatch):
    monkeypatch.setattr(Published, "WINDOW", 3)
    for number in range(5):
        around.queue(number)
    while published.advance():
        pass
    assert len(broker.taken) == 3
    run_published(published._delivery, broker.taken[0])
    assert published.advance()
    assert len(broker.taken) == 4


def test_nothing_is_published_that_no_worker_may_run(around, published, broker, clock):
    around.queue("a")
    around.queue(task="labs.shake")
    around.queue("b", expires=clock.now() + timedelta(seconds=1))
    clock.move(seconds=2)
    around.switch("people")
    published.advance()
    assert broker.taken == []
    assert sorted(row.last_error for row in around.rows()) == [
        "no task is called labs.shake",
        "the plugin is off or absent",
    ]
    assert [row.attempts for row in around.rows()] == [0, 0]


def test_work_that_failed_is_published_again_after_its_pause(around, published, broker, clock):
    around.queue("a")
    published.advance()
    around.failure = ValueError()
    run_published(published._delivery, broker.taken[0])
    assert not published.advance()
    around.failure = None
    clock.move(minutes=1)
    assert published.advance()
    run_published(published._delivery, broker.taken[1])
    assert (around.ran, around.rows()) == (["a"], [])


def test_embedded_threads_are_counted_even_when_their_work_blows_up(around, monkeypatch):
    engine = Embedded(around.delivery(), 1, lambda: None)
    around.queue("a")
    around.failure = SystemError()
    assert engine.advance()
    until(lambda: engine.stop(0))
