from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import text

from lms_core.foundation.database import Database
from lms_core.foundation.identity import new_id
from lms_core.foundation.outbox.repository import Outbox
from lms_core.foundation.outbox.rows import BROKER, Lease
from lms_core.foundation.scopes import Scope, scopes
from lms_core.foundation.uow import Work


def lease(clock, by="me", seconds=30):
    return Lease(by, clock.now() + timedelta(seconds=seconds))


def claim(work, clock, by="me", limit=10):
    with work.write() as uow:
        rows = Outbox(uow).claim(limit, lease(clock, by))
        uow.commit()
    return rows


def publish(work, clock, limit=10):
    with work.write() as uow:
        rows = Outbox(uow).publish(limit, clock.now() + timedelta(seconds=120))
        uow.commit()
    return rows


def due(work):
    with work.read() as uow:
        return Outbox(uow).due()


def test_a_claimed_row_carries_what_was_queued(around, work, clock):
    campus, person = new_id(), new_id()
    around.queue(person, 7, "x", scopes=scopes(campus=campus))
    (row,) = claim(work, clock)
    assert (row.kind, row.name, row.plugin) == ("task", "people.note", "people")
    assert row.payload == {"arguments": [str(person), 7, "x"]}
    assert row.scopes == {Scope("site", ""), Scope("campus", str(campus))}
    assert (row.attempts, row.lease_by, row.created_at) == (1, "me", clock.now())


def test_a_row_is_claimed_once_while_its_lease_lasts(around, work, clock):
    around.queue("a")
    assert len(claim(work, clock)) == 1
    assert claim(work, clock, "other") == []
    assert not due(work)


def test_a_row_whose_lease_has_run_out_is_claimed_again_and_counts_another_attempt(around, work, clock):
    around.queue("a")
    claim(work, clock)
    clock.move(seconds=30)
    assert due(work)
    (row,) = claim(work, clock, "other")
    assert (row.lease_by, row.attempts) == ("other", 2)


def test_nothing_is_claimed_before_its_time(around, work, clock):
    around.queue("later", at=clock.now() + timedelta(minutes=5))
    assert not due(work)
    assert claim(work, clock) == []
    clock.move(minutes=5)
    assert due(work)
    assert len(claim(work, clock)) == 1


def test_the_oldest_rows_go_first_and_no_more_than_asked_for(around, work, clock):
    for number in range(5):
        around.queue(number)
        clock.move(seconds=1)
    assert [row.payload["arguments"] for row in claim(work, clock, limit=2)] == [[0], [1]]
    assert [row.payload["arguments"] for row in claim(work, clock, limit=9)] == [[2], [3], [4]]


def test_renewing_keeps_a_row_from_others_and_touches_no_stranger(around, work, clock):
    around.queue("mine")
    around.queue("theirs")
    mine, theirs = claim(work, clock, limit=1) + claim(work, clock, "them", limit=1)
    clock.move(seconds=20)
    with work.write() as uow:
        assert Outbox(uow).renew([mine.id, theirs.id], lease(clock)) == 1
        uow.commit()
    clock.move(seconds=20)
    assert [row.id for row in claim(work, clock, "third")] == [theirs.id]


def test_who_has_lost_its_lease_undoes_nothing(around, work, clock):
    around.queue("a")
    (before,) = claim(work, clock)
    clock.move(seconds=30)
    claim(work, clock, "other")
    with work.write() as uow:
        outbox = Outbox(uow)
        assert not outbox.park(before, "too late")
        assert not outbox.drop(before)
        outbox.put_off(before, timedelta(0), "too late")
        outbox.hold(before, 1, "too late")
        uow.commit()
    (row,) = around.rows()
    assert (row.state, row.lease_by, row.last_error) == ("ready", "other", None)


def test_work_that_was_done_is_closed_even_by_who_has_lost_its_lease(around, work, clock):
    around.queue("a")
    (before,) = claim(work, clock)
    clock.move(seconds=30)
    claim(work, clock, "other")
    with work.write() as uow:
        Outbox(uow).close([before.id])
        uow.commit()
    assert around.rows() == []


def test_a_published_row_belongs_to_the_first_worker_that_asks(around, work, clock):
    around.queue("a")
    (row,) = publish(work, clock)
    assert (row.state, row.lease_by, row.attempts) == ("published", BROKER, 0)
    with work.write() as uow:
        first = Outbox(uow).claim_published(row.id, lease(clock, "one"))
        second = Outbox(uow).claim_published(row.id, lease(clock, "two"))
        uow.commit()
    assert (first.lease_by, first.attempts) == ("one", 1)
    assert second is None


def test_a_published_row_that_nobody_took_is_published_again(around, work, clock):
    around.queue("a")
    publish(work, clock)
    assert publish(work, clock) == []
    clock.move(seconds=120)
    assert len(publish(work, clock)) == 1


def test_a_message_for_a_row_that_waits_for_its_next_try_finds_nothing(around, work, clock):
    around.queue("a")
    (row,) = publish(work, clock)
    with work.write() as uow:
        Outbox(uow).put_off(row, timedelta(minutes=1), "ValueError")
        uow.commit()
    with work.write() as uow:
        assert Outbox(uow).claim_published(row.id, lease(clock)) is None


def test_a_site_that_gives_up_its_broker_runs_what_lay_there(around, work, clock):
    around.queue("a")
    publish(work, clock)
    clock.move(seconds=120)
    (row,) = claim(work, clock)
    assert row.state == "ready"


def test_what_was_held_before_is_let_go_when_the_epoch_moves(around, work, clock):
    around.queue("a")
    (row,) = claim(work, clock)
    with work.write() as uow:
        Outbox(uow).hold(row, 4, "off")
        uow.commit()
    with work.write() as uow:
        outbox = Outbox(uow)
        assert not outbox.any_held_before(4)
        assert outbox.release(4) == 0
        assert outbox.any_held_before(5)
        assert outbox.release(5) == 1
        uow.commit()
    (row,) = around.rows()
    assert (row.state, row.attempts) == ("ready", 0)


def test_rows_are_counted_by_state(around, work, clock):
    for _ in range(3):
        around.queue("a")
    row = claim(work, clock)[0]
    with work.write() as uow:
        Outbox(uow).park(row, "why")
        uow.commit()
    with work.read() as uow:
        assert Outbox(uow).counts() == {"ready": 2, "parked": 1}


def test_processes_that_claim_at_once_claim_each_row_once(around, database, clock):
    for number in range(60):
        around.queue(number)
    taken: list[int] = []
    start = Barrier(6)

    def take(name: str) -> None:
        own = Database(database.url.render_as_string(hide_password=False), pool_size=1)
        start.wait()
        while rows := claim(Work(own, clock), clock, name, limit=3):
            taken.extend(row.payload["arguments"][0] for row in rows)
        own.dispose()

    threads = [Thread(target=take, args=(f"process-{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(60))


@pytest.mark.postgresql
def test_a_claim_does_not_wait_for_the_claim_of_another(on_server, clock):
    work = Work(on_server, clock)
    with work.write() as uow:
        for number in range(4):
            uow.later("people.note", number)
        uow.commit()
    with work.write() as one, work.write() as other:
        first = Outbox(one).claim(2, lease(clock, "one"))
        other.session.execute(text("SET LOCAL lock_timeout = '1s'"))
        second = Outbox(other).claim(9, lease(clock, "other"))
    assert len(first) == 2
    assert len(second) == 2
    assert not {row.id for row in first} & {row.id for row in second}
