"""A Celery worker in a thread of the test."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from celery import Celery
from celery._state import _tls, set_default_app
from celery.worker import state
from kombu.asynchronous import set_event_loop

from lms_core.foundation.outbox.background import Background


@contextmanager
def working(background: Background) -> Iterator[Background]:
    """Let a worker take the messages of ``background`` while the block runs."""
    celery = background.celery
    # What Celery's own command does for its process; undone afterwards, for these are globals of Celery's.
    before = getattr(_tls, "current_app", None)
    celery.set_current()
    celery.set_default()
    set_event_loop(None)
    quiet = {"without_gossip": True, "without_mingle": True, "without_heartbeat": True}
    worker = celery.WorkController(pool="threads", concurrency=2, **quiet)
    # So that it looks up now and then, and sees that it is to stop.
    worker.hub.call_repeatedly(0.1, int)
    thread = threading.Thread(target=worker.start, name="celery-worker", daemon=True)
    thread.start()
    try:
        yield background
    finally:
        # From its own thread, for two threads that read from one connection wait for each other.
        state.should_stop = 0
        thread.join(10)
        state.should_stop = None
        _tls.current_app = before
        set_default_app(None)


@contextmanager
def named_queue(celery: Celery) -> Iterator[str]:
    """Let ``celery`` use a queue that no other test uses, and that is gone afterwards; its name."""
    name = celery.conf.task_default_queue = f"lms-test-{secrets.token_hex(4)}"
    try:
        yield name
    finally:
        with celery.connection_for_write() as connection:
            connection.default_channel.queue_delete(name)
