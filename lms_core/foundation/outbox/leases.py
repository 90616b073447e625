"""Leases: the right to work on a row for a while, renewed while the work goes on."""

import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import structlog

from lms_core.foundation.outbox.repository import Outbox
from lms_core.foundation.outbox.rows import Lease
from lms_core.foundation.uow import Work

log = structlog.get_logger("lms.outbox")
# Long enough to wait out SQLite's write lock twice between two renewals; short enough for a crash to be made up for.
LENGTH = timedelta(seconds=30)


class Leases:
    """Gives out this process's leases, and renews those of the rows that are being worked on.

    The hosts of a site keep the same time (NTP): a clock that is ahead by a lease's length sees others' leases end.
    """

    def __init__(self, work: Work, length: timedelta = LENGTH) -> None:
        self.by = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._work = work
        self._length = length
        self._held: set[UUID] = set()
        self._guard = threading.Lock()
        self._idle: threading.Event | None = None

    def lease(self) -> Lease:
        """A lease that begins now."""
        return Lease(self.by, self._work.clock.now() + self._length)

    @contextmanager
    def kept(self, *row_ids: UUID) -> Iterator[None]:
        """Renew the leases of these rows for as long as the block runs."""
        with self._guard:
            self._held.update(row_ids)
            if self._idle is None:
                self._idle = threading.Event()
                threading.Thread(target=self._renew, args=(self._idle,), name="outbox-leases", daemon=True).start()
        try:
            yield
        finally:
            with self._guard:
                self._held.difference_update(row_ids)
                if not self._held and self._idle is not None:
                    self._idle.set()
                    self._idle = None

    def _renew(self, idle: threading.Event) -> None:
        while not idle.wait(self._length.total_seconds() / 3):
            with self._guard:
                held = tuple(self._held)
            self._renew_once(held)

    def _renew_once(self, held: tuple[UUID, ...]) -> None:
        try:
            with self._work.write() as uow:
                ours = Outbox(uow).renew(held, self.lease())
                uow.commit()
        except Exception:
            log.exception("leases could not be renewed", rows=len(held))
        else:
            log.debug("leases renewed", rows=ours)
