import signal
import sys
import threading
from types import ModuleType

import pytest

from lms_core import worker
from lms_core.foundation.mail import SEND
from lms_core.foundation.settings import Settings
from tests.support.outbox_process import begun, ended, process, queue
from tests.support.site import SECRET
from tests.support.waiting import until


@pytest.fixture
def settings(embedded, tmp_path):
    return Settings(instance_path=tmp_path, database_url=str(embedded.url), secret_key=SECRET, log_level="ERROR")


def test_a_worker_has_the_tasks_of_every_room(settings):
    background = worker.make(settings)
    assert SEND in background.delivery.tasks
    assert not background.scaled_out
    assert set(background.delivery.tasks) <= set(background.celery.tasks)
    background._work.database.dispose()


def test_celerys_own_command_finds_the_application(settings, monkeypatch):
    monkeypatch.setattr(worker.Settings, "load", lambda: settings)
    worker._celery.cache_clear()
    assert worker.celery is worker.celery
    assert SEND in worker.celery.tasks
    worker._celery.cache_clear()
    with pytest.raises(AttributeError):
        worker.salad  # noqa: B018 asking is the point


def test_a_roof_without_background_is_refused(settings, monkeypatch):
    roof = ModuleType("lms_core.app")
    roof.create_app = lambda _: type("App", (), {"extensions": {"lms_background": None}})
    monkeypatch.setitem(sys.modules, "lms_core.app", roof)
    with pytest.raises(TypeError, match="lms_background"):
        worker.make(settings)


def test_it_works_without_a_broker_until_told_to_stop(settings, monkeypatch):
    handlers = {}
    monkeypatch.setattr(worker.signal, "signal", handlers.__setitem__)
    thread = threading.Thread(target=worker.run_worker, args=(settings, 2))
    thread.start()
    until(lambda: len(handlers) == 2)
    handlers[signal.SIGTERM](signal.SIGTERM, None)
    thread.join(10)
    assert not thread.is_alive()


@pytest.mark.parametrize("broker", ["", pytest.param("redis", marks=pytest.mark.redis)])
def test_told_to_stop_it_finishes_what_it_has_begun(embedded, tmp_path, broker, request):
    diary = tmp_path / "diary"
    queue(embedded, range(9))
    address = request.getfixturevalue("redis_url") if broker else ""
    with process(embedded, address, f"lms-test-{tmp_path.name}", diary, takes=0.5) as started:
        until(lambda: begun(diary) >= 3, 30)
        started.send_signal(signal.SIGTERM)
        assert started.wait(20) == 0
    assert begun(diary) == ended(diary).total() < 9
