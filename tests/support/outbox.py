"""The surroundings of an outbox, as a test arranges them."""

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms_core.foundation.events import Event
from lms_core.foundation.outbox.delivery import Context, Delivery
from lms_core.foundation.outbox.leases import Leases
from lms_core.foundation.outbox.repository import Outbox
from lms_core.foundation.outbox.rows import Row, read
from lms_core.foundation.outbox.tasks import Task, Tasks
from lms_core.foundation.scopes import EVERYWHERE, Scopes
from lms_core.foundation.tables import events, outbox
from lms_core.foundation.uow import Work


@dataclass
class Surroundings:
    """Plugins that can be switched off, an epoch that moves with them, and a diary of what ran."""

    work: Work
    off: set[str] = field(default_factory=set)
    epoch: int = 1
    ran: list[Any] = field(default_factory=list)
    heard: list[tuple[str, str, Event, UUID]] = field(default_factory=list)
    failure: Exception | None = None

    def gate(self, plugin: str, scopes: Scopes) -> bool:
        return plugin not in self.off

    def anywhere(self, plugin: str) -> bool:
        return plugin not in self.off

    def switch(self, plugin: str) -> None:
        self.off ^= {plugin}
        self.epoch += 1

    def deliver(self, plugin: str, hook: str, event: Event, event_id: UUID) -> None:
        self._fail()
        self.heard.append((plugin, hook, event, event_id))

    def note(self, *arguments: Any) -> None:
        self._fail()
        self.ran.append(arguments[0] if len(arguments) == 1 else arguments)

    def delivery(self, tasks: Iterable[Task] = (), retries: int = 2, context: Context = nullcontext) -> Delivery:
        named = Tasks([Task("people.note", self.note), *tasks])
        leases = Leases(self.work, timedelta(seconds=30))
        return Delivery(
            self.work, named, leases, self.deliver, self.gate, self.anywhere, lambda: self.epoch, retries, context
        )

    def queue(self, *arguments: Any, task: str = "people.note", scopes: Scopes = EVERYWHERE, **dates: Any) -> None:
        with self.work.write() as uow:
            uow.later(task, *arguments, scopes=scopes, **dates)
            uow.commit()

    def claim(self, delivery: Delivery, limit: int = 10) -> list[Row]:
        with self.work.write() as uow:
            rows = Outbox(uow).claim(limit, delivery.leases.lease())
            uow.commit()
        return rows

    def run(self, delivery: Delivery) -> None:
        for row in self.claim(delivery):
            delivery.run(row)

    def rows(self) -> list[Row]:
        with self.work.read() as uow:
            return [read(found) for found in uow.session.execute(select(outbox).order_by(outbox.c.created_at))]

    def states(self) -> list[str]:
        return [row.state for row in self.rows()]

    def logged(self) -> list[str]:
        with self.work.read() as uow:
            return list(uow.session.scalars(select(events.c.name).order_by(events.c.occurred_at, events.c.id)))

    def _fail(self) -> None:
        if self.failure:
            raise self.failure
