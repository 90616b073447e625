"""Everything that works in the background, put together for one process."""

from collections.abc import Iterable
from contextlib import nullcontext
from datetime import timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lms_core.foundation.mail import Postman
from lms_core.foundation.outbox.broker import Publisher, answer, make_celery
from lms_core.foundation.outbox.delivery import Anywhere, Context, Deliver, Delivery, Epoch, Gate
from lms_core.foundation.outbox.dispatcher import Dispatcher
from lms_core.foundation.outbox.engines import Embedded, Engine, Published, run_published
from lms_core.foundation.outbox.leases import LENGTH, Leases
from lms_core.foundation.outbox.sweeper import Sweeper
from lms_core.foundation.outbox.tasks import Task, Tasks
from lms_core.foundation.schedules import Schedule, Schedules
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.foundation.settings import Settings
from lms_core.foundation.uow import Work

if TYPE_CHECKING:
    from celery import Celery

# A row that lies with the broker has this many times as long as one that is being run.
PATIENCE = 4


class Background:
    """The outbox of one process: made by the factory, started by whoever serves or works."""

    def __init__(
        self,
        settings: Settings,
        work: Work,
        tasks: Iterable[Task],
        *,
        deliver: Deliver,
        gate: Gate,
        epoch: Epoch,
        anywhere: Anywhere | None = None,
        schedules: Iterable[Schedule] = (),
        context: Context = nullcontext,
        lease: timedelta = LENGTH,
    ) -> None:
        """Gather the tools. Raises ValueError when two tasks, or two schedules, have one name.

        Without ``anywhere``, a plugin counts as on somewhere where it is on for the site.
        """
        named = Tasks((*tasks, Postman(work, settings).task()))
        self._settings = settings
        self._work = work
        self.scaled_out = bool(settings.broker_url)
        on_somewhere = anywhere or (lambda plugin: gate(plugin, EVERYWHERE))
        self.delivery = Delivery(
            work, named, Leases(work, lease), deliver, gate, on_somewhere, epoch, settings.outbox_retries, context
        )
        self._schedules = Schedules(work, schedules, on_somewhere, ZoneInfo(settings.time_zone))
        self._sweeper = Sweeper(self.delivery)
        self._engine = self._choose(settings.outbox_threads, lease)
        self._dispatcher = Dispatcher((self._engine.advance,), (self._schedules.advance, self._sweeper.advance))

    @cached_property
    def celery(self) -> "Celery":
        """The application that workers run, with every task of the site; made when it is needed."""
        celery = make_celery(self._settings)
        answer(celery, self.delivery.tasks, partial(run_published, self.delivery))
        return celery

    def start(self) -> None:
        """Begin to dispatch; from now on a commit that queues work is noticed at once."""
        self._work.committed = self._dispatcher.wake
        self._dispatcher.start()

    def stop(self, seconds: float = 10.0) -> bool:
        """Take no more work and wait for what was begun; whether all of it ended in time."""
        self._work.committed = _nothing
        return self._dispatcher.stop(seconds) and self._engine.stop(seconds)

    def run_due(self) -> bool:
        """One round of the dispatcher in the caller's thread: for tests, and for commands that want it done now."""
        return self._dispatcher.round(poll=True)

    def _choose(self, threads: int, lease: timedelta) -> Engine:
        if self.scaled_out:
            return Published(self.delivery, Publisher(self.celery), lease * PATIENCE)
        return Embedded(self.delivery, threads, self._wake)

    def _wake(self) -> None:
        self._dispatcher.wake()


def _nothing() -> None:
    return
