from datetime import timedelta
from threading import enumerate as threads

import pytest
from sqlalchemy import select

from lms_core.foundation.clock import SystemClock
from lms_core.foundation.identity import new_id
from lms_core.foundation.outbox.leases import Leases
from lms_core.foundation.outbox.repository import Outbox
from lms_core.foundation.tables import outbox
from lms_core.foundation.uow import Work
from tests.support.waiting import until


def renewers():
    return [thread for thread in threads() if thread.name == "outbox-leases"]


def claim(work, leases):
    with work.write() as uow:
        rows = Outbox(uow).claim(1, leases.lease())
        uow.commit()
    return rows


def lease_of(work):
    with work.read() as uow:
        return uow.session.scalar(select(outbox.c.lease_until))


@pytest.fixture
def ticking(database):
    work = Work(database, SystemClock())
    with work.write() as uow:
        uow.later("people.note")
        uow.commit()
    return work


def test_the_lease_of_work_in_progress_is_renewed(ticking):
    leases = Leases(ticking, timedelta(seconds=0.3))
    (row,) = claim(ticking, leases)
    before = lease_of(ticking)
    with leases.kept(row.id):
        until(lambda: lease_of(ticking) > before)


def test_a_lease_runs_out_when_the_work_has_ended_without_closing_its_row(ticking):
    leases = Leases(ticking, timedelta(seconds=0.1))
    (row,) = claim(ticking, leases)
    with leases.kept(row.id):
        pass
    until(lambda: claim(ticking, Leases(ticking)))


def test_a_renewer_lives_as_long_as_something_runs(embedded):
    leases = Leases(Work(embedded))
    for _ in range(2):
        with leases.kept(new_id()), leases.kept(new_id()):
            assert len(renewers()) == 1
        until(lambda: not renewers())


def test_a_renewal_that_fails_is_tried_again(ticking, monkeypatch):
    leases = Leases(ticking, timedelta(seconds=0.3))
    (row,) = claim(ticking, leases)
    before = lease_of(ticking)
    failures = []

    def away():
        failures.append(1)
        raise OSError

    with leases.kept(row.id):
        with monkeypatch.context() as patch:
            patch.setattr(ticking, "write", away)
            until(lambda: failures)
        until(lambda: lease_of(ticking) > before)


def test_each_process_names_its_leases_differently(embedded):
    work = Work(embedded)
    assert Leases(work).by != Leases(work).by
    assert len(Leases(work).by) <= 80
