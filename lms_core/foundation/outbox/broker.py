"""The Celery application: how rows travel to workers on other machines, and what answers there."""

import importlib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lms_core.foundation.outbox.rows import Row
from lms_core.foundation.settings import Settings

if TYPE_CHECKING:
    from celery import Celery

# After hooks all travel under one name: which hook of which plugin stands in the row.
HOOK = "foundation.deliver_hook"


def make_celery(settings: Settings) -> "Celery":
    """A Celery application for the site's broker. It connects when it has something to send or to take."""
    # Imported here: it takes half a second, which a site without a broker can do without.
    made = importlib.import_module("celery").Celery
    celery: Celery = made("lms", broker=settings.broker_url or None, set_as_current=False, fixups=[])
    celery.conf.update(
        task_default_queue="lms",
        task_serializer="json",
        accept_content=["json"],
        # Answers, events and remote control would need queues of their own, and the row already tells the state.
        task_ignore_result=True,
        worker_send_task_events=False,
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
        # Threads share one application and its connections; a site with heavy tasks runs more workers.
        worker_pool="threads",
        # The row, not the message, is what must not be lost: a message is taken for good at once, and no worker
        # hoards messages whose rows another could run.
        worker_prefetch_multiplier=1,
        broker_connection_timeout=3,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options=_transport(settings.broker_url),
        enable_utc=True,
    )
    return celery


def publish(celery: "Celery", row: Row) -> None:
    """Hand ``row`` to the broker. The message holds its id alone, for the worker reads the row itself.

    Raises kombu's OperationalError where the broker cannot be reached.
    """
    name = row.name if row.kind == "task" else HOOK
    # One more try, for a connection that died unnoticed in the pool is replaced by it.
    again = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}
    celery.send_task(name, task_id=str(row.id), ignore_result=True, retry=True, retry_policy=again)


def answer(celery: "Celery", names: Iterable[str], run: Callable[[UUID], None]) -> None:
    """Let workers of ``celery`` answer to the ``names`` of tasks by giving ``run`` the row's id."""

    def body(message: Any) -> None:
        run(UUID(message.request.id))

    for name in (*names, HOOK):
        celery.task(body, name=name, bind=True, shared=False)


def _transport(url: str) -> dict[str, object]:
    if url.startswith("redis"):
        return {"socket_connect_timeout": 3, "socket_keepalive": True, "health_check_interval": 25}
    # Without a confirmation, a message that is lost on the way counts as sent until its row's lease runs out.
    return {"confirm_publish": True} if url.startswith(("amqp", "pyamqp")) else {}
