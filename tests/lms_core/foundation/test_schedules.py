from datetime import UTC, datetime, time, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from lms_core.foundation.database import Database
from lms_core.foundation.schedules import Daily, Schedule, Schedules
from lms_core.foundation.tables import schedules as rows
from lms_core.foundation.uow import Work
from tests.support.outbox import Surroundings

SEOUL = ZoneInfo("Asia/Seoul")
HOURLY = Schedule("people.sweep", timedelta(hours=1))
NIGHTLY = Schedule("people.report", Daily(time(3, 0)))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 the zone is given beside


@pytest.fixture
def around(work):
    return Surroundings(work)


def keeper(around, *known):
    return Schedules(around.work, known, around.anywhere, SEOUL)


def stored(work):
    with work.read() as uow:
        return {name: (due, last) for name, due, last in uow.session.execute(select(rows))}


def test_a_schedule_comes_due_after_its_period_and_then_again(around, clock):
    schedules = keeper(around, HOURLY)
    assert not schedules.advance()
    clock.move(minutes=59)
    assert not schedules.advance()
    clock.move(minutes=1)
    assert schedules.advance()
    assert not schedules.advance()
    clock.move(hours=1)
    assert schedules.advance()
    assert [row.name for row in around.rows()] == ["people.sweep"] * 2


def test_a_daily_schedule_goes_by_the_clocks_on_the_wall(around, work, clock):
    schedules = keeper(around, NIGHTLY)
    schedules.advance()
    due, _ = stored(work)["people.report"]
    assert due == datetime(2026, 3, 2, 18, 0, tzinfo=UTC), "three in the morning in Seoul"
    clock.set(due)
    assert schedules.advance()
    assert stored(work)["people.report"] == (due + timedelta(days=1), due)


def test_periods_that_were_slept_through_are_made_up_for_once(around, clock):
    schedules = keeper(around, HOURLY, NIGHTLY)
    schedules.advance()
    clock.move(days=3, minutes=10)
    assert schedules.advance()
    assert not schedules.advance()
    assert sorted(row.name for row in around.rows()) == ["people.report", "people.sweep"]


def test_a_row_expires_when_its_successor_comes_due(around, work, clock):
    schedules = keeper(around, HOURLY)
    schedules.advance()
    clock.move(minutes=75)
    schedules.advance()
    (row,) = around.rows()
    assert row.expires_at == stored(work)["people.sweep"][0] == clock.now() + timedelta(minutes=45)


def test_a_plugin_that_is_off_queues_nothing_and_comes_back_in_step(around, clock):
    schedules = keeper(around, HOURLY)
    schedules.advance()
    around.switch("people")
    clock.move(hours=1)
    assert not schedules.advance()
    assert around.rows() == []
    around.switch("people")
    clock.move(hours=1)
    assert schedules.advance()


def test_a_restart_changes_nothing_in_the_rhythm(around, clock):
    keeper(around, HOURLY).advance()
    clock.move(minutes=30)
    keeper(around, HOURLY).advance()
    clock.move(minutes=30)
    assert keeper(around, HOURLY).advance()


def test_a_period_that_was_made_shorter_counts_from_now(around, work, clock):
    keeper(around, Schedule("people.sweep", timedelta(days=30))).advance()
    keeper(around, HOURLY).advance()
    assert stored(work)["people.sweep"][0] == clock.now() + timedelta(hours=1)


def test_what_nobody_registers_any_more_is_left_alone(around, clock):
    keeper(around, HOURLY).advance()
    clock.move(days=1)
    assert not keeper(around, NIGHTLY).advance()


def test_processes_that_look_at_once_queue_it_once(around, database, clock):
    keeper(around, HOURLY).advance()
    clock.move(hours=1)
    start = Barrier(5)

    def look() -> None:
        own = Database(database.url.render_as_string(hide_password=False), pool_size=1)
        schedules = Schedules(Work(own, clock), [HOURLY, NIGHTLY], around.anywhere, SEOUL)
        start.wait()
        schedules.advance()
        own.dispose()

    threads = [Thread(target=look) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [row.name for row in around.rows()] == ["people.sweep"]
    assert set(stored(around.work)) == {"people.sweep", "people.report"}


@given(MOMENTS, MOMENTS, st.timedeltas(timedelta(seconds=1), timedelta(days=40)))
def test_the_next_time_is_ahead_by_a_period_at_most_and_in_step(due, now, every):
    following = Schedule("people.sweep", every).following(due, now, SEOUL)
    assert now < following <= now + every
    assert (following - due) % every == timedelta(0)


@given(MOMENTS, st.times(), st.sampled_from(["Asia/Seoul", "America/New_York", "Australia/Lord_Howe"]))
def test_the_next_day_is_ahead_by_a_day_at_most_summer_time_or_not(now, wall, zone):
    following = Schedule("people.report", Daily(wall)).following(now, now, ZoneInfo(zone))
    assert now < following <= now + timedelta(hours=25)


def test_two_schedules_of_one_task_are_refused(work):
    with pytest.raises(ValueError, match="two schedules"):
        Schedules(work, [HOURLY, HOURLY], lambda _: True, SEOUL)


@pytest.mark.parametrize(("name", "every"), [("sweep", timedelta(hours=1)), ("people.sweep", timedelta(0))])
def test_a_schedule_needs_a_tasks_name_and_a_period(name, every):
    with pytest.raises(ValueError, match=name):
        Schedule(name, every)
