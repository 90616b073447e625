import os
import secrets
import signal
import time
from collections import Counter
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path

import pytest

from lms_core.foundation.clock import SystemClock
from lms_core.foundation.mail import SEND, post
from lms_core.foundation.outbox.background import Background
from lms_core.foundation.outbox.broker import make_celery
from lms_core.foundation.outbox.tasks import Task
from lms_core.foundation.schedules import Schedule
from lms_core.foundation.settings import Settings
from lms_core.foundation.uow import Work
from tests.support.celery_workers import named_queue, working
from tests.support.outbox import Surroundings
from tests.support.outbox_process import background, begun, ended, process, queue, url
from tests.support.waiting import until


@pytest.fixture
def ticking(database):
    return Surroundings(Work(database, SystemClock()))


@contextmanager
def running(around, **given):
    tasks = [Task("people.note", around.note)]
    settings = Settings(instance_path=given.pop("home", Path()), broker_url=given.pop("broker", ""))
    made = Background(
        settings, around.work, tasks, deliver=around.deliver, gate=around.gate, epoch=lambda: around.epoch, **given
    )
    with named_queue(made.celery) if settings.broker_url else nullcontext():
        made.start()
        yield made
        assert made.stop(5)


def test_work_runs_as_soon_as_it_is_committed(ticking):
    with running(ticking):
        time.sleep(0.1)
        began = time.monotonic()
        ticking.queue("a")
        until(lambda: ticking.ran == ["a"])
        assert time.monotonic() - began < 0.9, "it waited for a poll"
        until(lambda: ticking.rows() == [])


def test_much_work_is_worked_off_once_each(ticking):
    with running(ticking):
        with ticking.work.write() as uow:
            for number in range(50):
                uow.later("people.note", number)
            uow.commit()
        until(lambda: len(ticking.ran) == 50)
    assert sorted(ticking.ran) == list(range(50))


def test_stopping_waits_for_what_was_begun_and_begins_nothing_more(ticking):
    with running(ticking) as made:
        ticking.queue("a")
        until(lambda: ticking.ran)
    assert made.stop(0)
    ticking.queue("b")
    time.sleep(0.1)
    assert ticking.ran == ["a"]
    assert ticking.states() == ["ready"]


def test_a_schedule_is_queued_and_run(around, clock):
    made = Background(
        Settings(),
        around.work,
        [Task("people.note", around.note)],
        deliver=around.deliver,
        gate=around.gate,
        epoch=lambda: 1,
        schedules=[Schedule("people.note", timedelta(hours=1))],
    )
    made._schedules.advance()
    clock.move(hours=1)
    made._schedules.advance()
    assert [row.name for row in around.rows()] == ["people.note"]


def test_mail_is_sent_without_anybody_registering_its_task(ticking, tmp_path):
    with running(ticking, home=tmp_path) as made:
        assert SEND in made.delivery.tasks
        with ticking.work.write() as uow:
            mail_id = post(uow, "kim@example.kr", "안녕", "본문")
            uow.commit()
        until((tmp_path / "mail" / f"{mail_id}.eml").exists)
        until(lambda: ticking.rows() == [])


def test_work_travels_by_the_broker_to_a_worker(ticking, broker_url):
    with running(ticking, broker=broker_url) as made, working(made):
        for number in range(5):
            ticking.queue(number)
        until(lambda: len(ticking.ran) == 5)
        until(lambda: ticking.rows() == [])
    assert sorted(ticking.ran) == list(range(5))


def test_hooks_travel_by_the_broker_too(embedded, broker_url):
    around = Surroundings(Work(embedded, SystemClock(), lambda _: ("labs",)))
    with running(around, broker=broker_url) as made, working(made):
        with around.work.write() as uow:
            uow._queue("hook", "lms_after_nothing", "labs", {"event": secrets.token_hex(16)}, frozenset())
            uow.commit()
        until(lambda: around.rows()[0].attempts == 1 and around.rows()[0].state == "ready")
    assert around.rows()[0].last_error.startswith("LookupError")


def test_a_broker_that_is_not_there_delays_and_loses_nothing(ticking, redis_url):
    settings = {"home": Path()}
    away = Background(
        Settings(broker_url="redis://127.0.0.1:1/0"),
        ticking.work,
        [Task("people.note", ticking.note)],
        deliver=ticking.deliver,
        gate=ticking.gate,
        epoch=lambda: 1,
    )
    away.start()
    ticking.queue("a")
    until(lambda: away._engine._failures)
    assert away.stop(5)
    assert ticking.states() == ["ready"]
    with running(ticking, broker=redis_url, **settings) as made, working(made):
        until(lambda: ticking.ran == ["a"])


# What a kill must not do. The quick drills kill one process; the long one kills many.


def kill_in_the_middle(database, broker, name, diary, after, lease=1.5):
    with process(database, broker, name, diary, lease=lease) as started:
        until(lambda: begun(diary) >= after, 30)
        os.kill(started.pid, signal.SIGKILL)
        started.wait()


def work_off(database, broker, name, diary, seconds=30.0, lease=1.5):
    made = background(url(database), broker, name, diary, takes=0.01, lease=lease)
    around = Surroundings(made._work)
    made.start()
    with working(made) if broker else nullcontext():
        until(lambda: around.rows() == [], seconds)
    assert made.stop(5)
    made._work.database.dispose()


def test_a_kill_in_the_middle_loses_nothing_embedded(embedded, tmp_path):
    diary = tmp_path / "diary"
    queue(embedded, range(8))
    kill_in_the_middle(embedded, "", "none", diary, after=4, lease=0.6)
    assert len(ended(diary)) < 8
    work_off(embedded, "", "none", diary, lease=0.6)
    assert set(ended(diary)) == set(range(8))


@pytest.mark.redis
def test_a_kill_of_a_worker_in_the_middle_loses_nothing(embedded, tmp_path, redis_url):
    diary, name = tmp_path / "diary", f"lms-test-{secrets.token_hex(4)}"
    queue(embedded, range(8))
    kill_in_the_middle(embedded, redis_url, name, diary, after=4, lease=0.6)
    assert len(ended(diary)) < 8
    work_off(embedded, redis_url, name, diary, lease=0.6)
    assert set(ended(diary)) == set(range(8))


@pytest.fixture(params=["", "redis", "rabbitmq"])
def any_broker(request):
    return request.getfixturevalue(f"{request.param}_url") if request.param else ""


@pytest.fixture
def name(any_broker):
    made = make_celery(Settings(broker_url=any_broker)) if any_broker else None
    with named_queue(made) if made else nullcontext("none") as name:
        yield name


@pytest.mark.slow
def test_kills_without_end_lose_nothing(database, any_broker, name, tmp_path):
    diary = tmp_path / "diary"
    queue(database, range(60))
    for kill in range(1, 5):
        with process(database, any_broker, name, diary):
            kill_in_the_middle(database, any_broker, name, diary, after=8 * kill)
            until(lambda kill=kill: begun(diary) >= 8 * kill + 3, 30)
    work_off(database, any_broker, name, diary, seconds=60)
    assert set(ended(diary)) == set(range(60))


@pytest.mark.slow
@pytest.mark.postgresql
def test_many_processes_run_each_row_once(on_server, any_broker, name, tmp_path):
    diary = tmp_path / "diary"
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(process(on_server, any_broker, name, diary, 0.01))
        queue(on_server, range(300))
        around = Surroundings(Work(on_server, SystemClock()))
        until(lambda: around.rows() == [], 60)
    assert ended(diary) == Counter(range(300))
    assert begun(diary) == 300
