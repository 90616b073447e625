"""The unit of work: one reading or writing transaction, one commit, and what leaves the house after it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from lms_core.foundation import tables
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock, SystemClock
from lms_core.foundation.database import Database
from lms_core.foundation.errors import Conflict
from lms_core.foundation.events import Event
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import EVERYWHERE, NOWHERE, Scopes

request_id: ContextVar[str] = ContextVar("lms_request_id", default="")
# The name of the hook implementation that is running where writing is forbidden, if one is.
reading_hook: ContextVar[str] = ContextVar("lms_reading_hook", default="")

Listeners = Callable[[str], Sequence[str]]


class WriteRefused(RuntimeError):
    """A unit of work was asked to write where it may not: in a read, or inside a hook that may only read."""


@dataclass(eq=False)
class UnitOfWork:
    """A transaction in progress. Leaving it without ``commit`` rolls everything back."""

    session: Session
    writes: bool
    clock: Clock
    listeners: Listeners
    committed: Callable[[], None]
    _rows: list[dict[str, Any]] = field(default_factory=list)
    _log: list[dict[str, Any]] = field(default_factory=list)

    def record(self, event: Event, by: Actor, scopes: Scopes = EVERYWHERE) -> None:
        """Append ``event`` to the log, and a row of the outbox for every plugin that listens to it."""
        happened = {
            "id": new_id(),
            "name": event.name,
            "payload": event.payload(),
            "actor_id": by.person_id,
            "scopes": written(scopes),
            "request_id": request_id.get(),
            "occurred_at": self.clock.now(),
        }
        self._log.append(happened)
        if event.hook:
            for plugin in self.listeners(event.hook):
                self._queue("hook", event.hook, plugin, {"event": str(happened["id"])}, scopes)

    def later(
        self,
        task: str,
        *arguments: UUID | str | int,
        at: datetime | None = None,
        expires: datetime | None = None,
        scopes: Scopes = NOWHERE,
    ) -> None:
        """Run ``<room>.<verb>`` with ``arguments`` once this is committed (at least once, never before ``at``).

        A plugin's task is held while the plugin is off for ``scopes``; one that belongs to no place runs as long as
        the plugin is on anywhere.
        """
        payload = {"arguments": [each if isinstance(each, int) else str(each) for each in arguments]}
        self._queue("task", task, task.partition(".")[0], payload, scopes, at=at, expires=expires)

    def commit(self) -> None:
        """Make it all true at once: state, events, outbox rows. Raises Conflict if a row was changed meanwhile."""
        if not self.writes or reading_hook.get():
            raise WriteRefused(reading_hook.get() or "this unit of work reads only")
        try:
            self.session.flush()
        except StaleDataError as stale:
            raise Conflict from stale
        if self._log:
            self.session.execute(insert(tables.events), self._log)
        if self._rows:
            self.session.execute(insert(tables.outbox), self._rows)
        self.session.commit()
        queued, self._log, self._rows = bool(self._rows), [], []
        if queued:
            self.committed()

    def _queue(
        self,
        kind: str,
        name: str,
        plugin: str,
        payload: dict[str, Any],
        scopes: Scopes,
        at: datetime | None = None,
        expires: datetime | None = None,
    ) -> None:
        now = self.clock.now()
        row = {
            "id": new_id(),
            "kind": kind,
            "name": name,
            "plugin": plugin,
            "payload": payload,
            "state": "ready",
        }
        dates = {"available_at": at or now, "expires_at": expires, "created_at": now}
        self._rows.append(row | dates | {"scopes": written(scopes), "attempts": 0})


@dataclass(eq=False)
class Work:
    """Opens units of work. Made once by the factory and handed to services."""

    database: Database
    clock: Clock = field(default_factory=SystemClock)
    listeners: Listeners = field(default=lambda _: ())
    committed: Callable[[], None] = field(default=lambda: None)

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """A unit of work in which the database refuses every write."""
        with self.database.reading() as session:
            yield self._unit(session, writes=False)

    @contextmanager
    def write(self) -> Iterator[UnitOfWork]:
        """A unit of work that may commit. Raises WriteRefused inside a hook that may only read."""
        if reading_hook.get():
            raise WriteRefused(reading_hook.get())
        with self.database.writing() as session:
            yield self._unit(session, writes=True)

    def _unit(self, session: Session, *, writes: bool) -> UnitOfWork:
        return UnitOfWork(session, writes, self.clock, self.listeners, self.committed)


def written(scopes: Scopes) -> list[str]:
    """A scope set as JSON, in a stable order."""
    return sorted(str(scope) for scope in scopes)
