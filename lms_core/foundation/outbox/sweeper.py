"""The sweeper: lets go of held rows when the epoch has moved, and drops those whose time has run out."""

import time

import structlog

from lms_core.foundation.outbox.delivery import Delivery
from lms_core.foundation.outbox.repository import Outbox

log = structlog.get_logger("lms.outbox")
INTERVAL = 10.0


class Sweeper:
    """Sweeps as soon as the epoch has moved, and otherwise every ``interval`` seconds."""

    def __init__(self, delivery: Delivery, interval: float = INTERVAL) -> None:
        self._delivery = delivery
        self._interval = interval
        self._epoch: int | None = None
        self._swept = float("-inf")

    def advance(self) -> bool:
        """Sweep if it is time to; whether rows were let go."""
        epoch = self._delivery.epoch()
        # Also without a new epoch: another process may have held a row just after it had moved.
        if epoch == self._epoch and time.monotonic() - self._swept < self._interval:
            return False
        released = self._release(epoch)
        self._expire()
        self._epoch, self._swept = epoch, time.monotonic()
        return released > 0

    def _release(self, epoch: int) -> int:
        with self._delivery.work.read() as uow:
            if not Outbox(uow).any_held_before(epoch):
                return 0
        with self._delivery.work.write() as uow:
            released = Outbox(uow).release(epoch)
            uow.commit()
        log.info("held work released", rows=released, epoch=epoch)
        return released

    def _expire(self) -> None:
        with self._delivery.work.read() as uow:
            expired = Outbox(uow).expired()
        for row in expired:
            self._delivery.expire(row)
