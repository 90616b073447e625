"""Running rows, whichever engine brings them: admit each, run it, and write down how it ended."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog

from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.events import Event, event_class
from lms_core.foundation.outbox.leases import Leases
from lms_core.foundation.outbox.repository import Outbox
from lms_core.foundation.outbox.retries import delay, described
from lms_core.foundation.outbox.rows import Row, WorkEvent, WorkExpired, WorkParked
from lms_core.foundation.outbox.tasks import Absent, Tasks
from lms_core.foundation.scopes import Scopes
from lms_core.foundation.uow import UnitOfWork, Work, request_id

log = structlog.get_logger("lms.outbox")

# Calls one after hook of exactly one plugin with an event and the event's id.
Deliver = Callable[[str, str, Event, UUID], None]
# Whether a plugin (or room: always) is on for an object with these scopes.
Gate = Callable[[str, Scopes], bool]
# Whether a plugin is on in any place at all: asked for work that belongs to no place, which a schedule queues.
Anywhere = Callable[[str], bool]
# The number of the present epoch: it moves whenever a plugin is switched, installed or removed.
Epoch = Callable[[], int]
# Name and payload of events, by their ids.
Told = Mapping[UUID, tuple[str, dict[str, Any]]]
# What a piece of work runs in, told its name: an application context.
Context = Callable[[str], AbstractContextManager[object]]


@dataclass(frozen=True)
class Delivery:
    """Runs rows that were claimed. ``retries`` is how often a failed one is tried again before it is parked."""

    work: Work
    tasks: Tasks
    leases: Leases
    deliver: Deliver
    gate: Gate
    anywhere: Anywhere
    epoch: Epoch
    retries: int
    context: Context = nullcontext

    def admit(self, row: Row) -> bool:
        """Whether ``row`` is to be run now; otherwise it has been dropped, or is held until the epoch moves."""
        # The epoch is read before the gate: a switch in between then looks like one still to come.
        epoch = self.epoch()
        if row.expires_at is not None and row.expires_at <= self.work.clock.now():
            self.expire(row)
        elif not (self.gate(row.plugin, row.scopes) if row.scopes else self.anywhere(row.plugin)):
            self._hold(row, epoch, "the plugin is off or absent")
        elif row.kind == "task" and row.name not in self.tasks:
            self._hold(row, epoch, f"no task is called {row.name}")
        else:
            return True
        return False

    def run(self, *rows: Row) -> None:
        """Run rows whose leases are ours, one after another; close, put off, park or hold each. Never raises.

        Those that went well are closed together: a process that ends before has them run again.
        """
        try:
            with self.leases.kept(*(row.id for row in rows)):
                told = self._told(rows)
                self._close([row.id for row in rows if self._went_well(row, told)])
        except Exception:
            # The database is away. The leases run out, and the rows come back.
            log.exception("the end of a piece of work could not be written down", rows=len(rows), work=rows[0].name)

    def expire(self, row: Row) -> None:
        """Drop a row whose time has run out, and say so in the event log."""
        with self.work.write() as uow:
            if Outbox(uow).drop(row):
                _record(uow, WorkExpired, row)
                uow.commit()

    def _went_well(self, row: Row, told: Told) -> bool:
        named = request_id.set(str(row.id))
        try:
            return self._run(row, told)
        except Exception:
            log.exception("the end of a piece of work could not be written down", row=str(row.id), work=row.name)
            return False
        finally:
            request_id.reset(named)

    def _run(self, row: Row, told: Told) -> bool:
        if not self.admit(row):
            return False
        if row.attempts > self.retries + 1:
            self._park(row, row.last_error or "the process ended in the middle of it, every time")
            return False
        epoch = self.epoch()
        try:
            with self.context(row.name):
                self._call(row, told)
        except Absent as absent:
            self._hold(row, epoch, str(absent))
        except (Exception, SystemExit) as error:
            log.exception("work failed", row=str(row.id), work=row.name, plugin=row.plugin, attempt=row.attempts)
            self._failed(row, described(error))
        else:
            return True
        return False

    def _call(self, row: Row, told: Told) -> None:
        if row.kind == "task":
            self.tasks[row.name](*row.payload["arguments"])
            return
        event_id = UUID(row.payload["event"])
        if event_id not in told:
            raise LookupError(f"the event {event_id} is not in the log")
        self.deliver(row.plugin, row.name, _event(*told[event_id]), event_id)

    def _told(self, rows: Sequence[Row]) -> Told:
        """What the rows of hooks tell of."""
        wanted = [UUID(row.payload["event"]) for row in rows if row.kind == "hook"]
        if not wanted:
            return {}
        with self.work.read() as uow:
            return Outbox(uow).events(wanted)

    def _close(self, row_ids: Sequence[UUID]) -> None:
        if not row_ids:
            return
        with self.work.write() as uow:
            Outbox(uow).close(row_ids)
            uow.commit()

    def _failed(self, row: Row, error: str) -> None:
        if row.attempts > self.retries:
            self._park(row, error)
            return
        with self.work.write() as uow:
            Outbox(uow).put_off(row, delay(row.attempts, row.id), error)
            uow.commit()

    def _park(self, row: Row, error: str) -> None:
        with self.work.write() as uow:
            if Outbox(uow).park(row, error):
                _record(uow, WorkParked, row)
                uow.commit()

    def _hold(self, row: Row, epoch: int, why: str) -> None:
        with self.work.write() as uow:
            Outbox(uow).hold(row, epoch, why)
            uow.commit()


def _event(name: str, payload: dict[str, Any]) -> Event:
    try:
        kind = event_class(name)
    except KeyError:
        raise Absent(f"no event is called {name}") from None
    return kind.from_payload(payload)


def _record(uow: UnitOfWork, event: type[WorkEvent], row: Row) -> None:
    uow.record(event(row.id, row.name, row.plugin), SYSTEM, row.scopes)
