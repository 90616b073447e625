"""The worker: runs what the broker brings, or, on a site without one, what lies in the outbox.

``lms worker`` runs it; ``celery -A lms_core.worker:celery worker`` does the same for those who prefer Celery's own
command, except that it dispatches nothing: serving processes do that as well.
"""

import importlib
import signal
import threading
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from lms_core.foundation.outbox.background import Background
from lms_core.foundation.settings import Settings

if TYPE_CHECKING:
    from celery import Celery

GRACE = 30.0


def make(settings: Settings) -> Background:
    """The background of an application of our own, not yet begun."""
    # By name, and only now: the application is this module's roof-mate, and importing it builds every room.
    app = importlib.import_module("lms_core.app").create_app(replace(settings, background=False))
    background = app.extensions["lms_background"]
    if not isinstance(background, Background):
        raise TypeError('create_app keeps its Background in app.extensions["lms_background"]')
    return background


def run_worker(settings: Settings, concurrency: int | None = None) -> None:
    """Work with ``concurrency`` threads (``outbox_threads`` if None) until a signal says stop."""
    threads = concurrency or settings.outbox_threads
    run(make(replace(settings, outbox_threads=threads)), threads)


def run(background: Background, threads: int) -> None:
    """Dispatch and work until SIGTERM or SIGINT; then finish what was begun, for at most GRACE seconds."""
    background.start()
    try:
        if background.scaled_out:
            _take_messages(background.celery, threads)
        else:
            _wait_for_signal()
    finally:
        background.stop(GRACE)


def _take_messages(celery: "Celery", threads: int) -> None:
    # Without gossip, mingle and heartbeats: workers need not know of each other, the rows' leases tell all.
    quiet = {"without_gossip": True, "without_mingle": True, "without_heartbeat": True}
    celery.Worker(pool="threads", concurrency=threads, loglevel="INFO", quiet=True, **quiet).start()


def _wait_for_signal() -> None:
    told = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: told.set())
    told.wait()


@cache
def _celery() -> "Celery":
    return make(Settings.load()).celery


def __getattr__(name: str) -> Any:
    # Celery's command asks for the attribute; nothing is built for those who merely import the module.
    if name == "celery":
        return _celery()
    raise AttributeError(name)
