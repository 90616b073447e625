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


class Publisher:
    """Hands rows to the broker over one connection, of which a failure makes an end: the next row makes a new one.

    Celery's pools stay out of it: they block where they should fail, and outlive the application.
    """

    def __init__(self, celery: "Celery") -> None:
        self._celery = celery
        self._connection: Any = None
        self._producer: Any = None

    def publish(self, row: Row) -> None:
        """Send a message that holds the row's id alone, for the worker reads the row itself.

        Raises whatever kombu or its transport raises when the broker cannot be reached.
        """
        name = row.name if row.kind == "task" else HOOK
        try:
            producer = self._producer or self._connect()
            self._celery.send_task(name, task_id=str(row.id), ignore_result=True, producer=producer, retry=False)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the connection, if there is one."""
        connection, self._connection, self._producer = self._connection, None, None
        if connection is not None:
            connection.release()

    def _connect(self) -> Any:
        self._connection = self._celery.connection_for_write()
        self._connection.connect()
        self._producer = self._celery.amqp.Producer(self._connection, auto_declare=False)
        return self._producer


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
