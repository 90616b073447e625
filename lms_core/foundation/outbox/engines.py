"""Two engines: rows are run in threads of this process, or published for workers elsewhere."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Protocol
from uuid import UUID

import structlog

from lms_core.foundation.outbox.delivery import Delivery
from lms_core.foundation.outbox.repository import Outbox
from lms_core.foundation.outbox.rows import READY, Row
from lms_core.foundation.uow import Work

log = structlog.get_logger("lms.outbox")
# How many more rows a thread takes along: most of what a small one costs is to be claimed and closed.
ALONG = 15


class Engine(Protocol):
    """Takes what is due."""

    def advance(self) -> bool:
        """Take some of what is due; whether there may be more to take at once."""
        ...

    def stop(self, seconds: float, /) -> bool:
        """Wait that long for what was begun to end; whether it did."""
        ...


class Publisher(Protocol):
    """Hands rows to a broker."""

    def publish(self, row: Row) -> None:
        """Send the row. Raises when the broker cannot be reached."""
        ...

    def close(self) -> None:
        """Let go of the broker."""
        ...


class Embedded:
    """Runs rows in a few threads of this process."""

    def __init__(self, delivery: Delivery, threads: int, freed: Callable[[], None]) -> None:
        """``freed`` is called when a thread has become free."""
        self._delivery = delivery
        self._threads = threads
        self._freed = freed
        self._running = 0
        self._changed = threading.Condition()

    def advance(self) -> bool:
        """Claim as many rows as threads are free: a row that waits for a thread would use up its lease."""
        free = self._threads - self._running
        if free <= 0 or not _due(self._delivery.work):
            return False
        with self._delivery.work.write() as uow:
            lots = self._claim(Outbox(uow), free)
            uow.commit()
        for lot in lots:
            self._begin(lot)
        return bool(lots)

    def _claim(self, outbox: Outbox, free: int) -> list[list[Row]]:
        lease = self._delivery.leases.lease()
        rows = outbox.claim(free, lease)
        # No thread is left over, so more may wait. Each takes along what is for the same hook of the same plugin: one
        # that hangs keeps nobody else's waiting. What was tried before goes alone, lest it take others down again.
        crowded = len(rows) == free
        return [[row, *outbox.claim_alike(row, ALONG, lease)] if crowded and _along(row) else [row] for row in rows]

    def stop(self, seconds: float, /) -> bool:
        """Wait for the rows in progress. One that takes longer comes back when its lease has run out."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._running, seconds)

    def _begin(self, lot: list[Row]) -> None:
        with self._changed:
            self._running += 1
        # Daemons, so that a task that hangs does not keep the process from ending.
        threading.Thread(target=self._run, args=(lot,), name=f"outbox-{lot[0].name}", daemon=True).start()

    def _run(self, lot: list[Row]) -> None:
        try:
            self._delivery.run(*lot)
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()
            self._freed()


class Published:
    """Hands rows to the broker. They stay in the table until a worker has closed them."""

    # How many rows may lie with the broker at once. Short queues keep the lease of a row that waits in one meaningful.
    WINDOW = 500
    BATCH = 100
    LONGEST_PAUSE = 30.0

    def __init__(self, delivery: Delivery, publisher: Publisher, lease: timedelta) -> None:
        """A row that no worker has taken within ``lease`` is sent again."""
        self._delivery = delivery
        self._publisher = publisher
        self._lease = lease
        self._failures = 0
        self._resume = 0.0

    def advance(self) -> bool:
        """Publish what is due, unless the broker has just been found away."""
        if time.monotonic() < self._resume or not _due(self._delivery.work):
            return False
        rows = self._claim()
        return self._send([row for row in rows if self._delivery.admit(row)]) and bool(rows)

    def stop(self, _: float, /) -> bool:
        """Nothing runs here; what lies with the broker stays there."""
        self._publisher.close()
        return True

    def _claim(self) -> list[Row]:
        with self._delivery.work.write() as uow:
            outbox = Outbox(uow)
            # While the broker is away, one row is enough to find out whether it is back.
            limit = 1 if self._failures else min(self.BATCH, self.WINDOW - outbox.unread())
            rows = outbox.publish(limit, uow.clock.now() + self._lease) if limit > 0 else []
            uow.commit()
        return rows

    def _send(self, rows: list[Row]) -> bool:
        for sent, row in enumerate(rows):
            try:
                self._publisher.publish(row)
            except Exception as error:
                log.warning("broker away", error=type(error).__name__, failures=self._failures + 1, exc_info=True)
                self._withdraw(rows[sent:])
                return False
            self._failures = 0
        return True

    def _withdraw(self, rows: list[Row]) -> None:
        pause = min(2.0**self._failures, self.LONGEST_PAUSE)
        self._failures += 1
        self._resume = time.monotonic() + pause
        with self._delivery.work.write() as uow:
            for row in rows:
                Outbox(uow).put_off(row, timedelta(0), None)
            uow.commit()


def run_published(delivery: Delivery, row_id: UUID) -> None:
    """What a worker does with a message: claim the row by its id, then run it. A second delivery finds no row."""
    with delivery.work.write() as uow:
        row = Outbox(uow).claim_published(row_id, delivery.leases.lease())
        uow.commit()
    if row is None:
        log.info("message without work", row=str(row_id))
        return
    delivery.run(row)


def _along(row: Row) -> bool:
    return row.kind == "hook" and row.state == READY and row.attempts == 1


def _due(work: Work) -> bool:
    with work.read() as uow:
        return Outbox(uow).due()
