"""Signs of life of attempts. A room asks for its clock all the time; a request seldom writes, and then for many."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Final
from uuid import UUID

from lms_core.assessment.domain.proctoring import SIGNS_EVERY
from lms_core.assessment.repository.proctoring import Noting
from lms_core.foundation.clock import Clock
from lms_core.foundation.uow import Work

FLUSHED_EVERY: Final = timedelta(seconds=3)
REMEMBERED: Final = 20_000


@dataclass
class _Signs:
    """What was heard in this process: what is written already, and what waits."""

    waiting: dict[UUID, datetime] = field(default_factory=dict)
    written: dict[UUID, datetime] = field(default_factory=dict)
    flushed_at: datetime | None = None


@dataclass(frozen=True)
class PresenceService:
    """Notes that devices are there: whoever finds that it is time writes down what all have told, in one statement."""

    work: Work
    clock: Clock
    _signs: _Signs = field(default_factory=_Signs, init=False, repr=False, compare=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False, compare=False)

    def sign(self, attempt_id: UUID) -> None:
        """Something was heard of ``attempt_id`` now."""
        waiting = self._taken(attempt_id, self.clock.now())
        if waiting:
            with self.work.write() as uow:
                Noting(uow).seen(waiting)
                uow.commit()

    def _taken(self, attempt_id: UUID, now: datetime) -> dict[UUID, datetime]:
        """What is to be written now; nothing where others just wrote, or this attempt's sign is fresh."""
        with self._lock:
            signs = self._signs
            if now - signs.written.get(attempt_id, now - SIGNS_EVERY) >= SIGNS_EVERY:
                signs.waiting[attempt_id] = now
            if not signs.waiting or (signs.flushed_at is not None and now - signs.flushed_at < FLUSHED_EVERY):
                return {}
            if len(signs.written) >= REMEMBERED:
                signs.written.clear()
            taken, signs.waiting, signs.flushed_at = signs.waiting, {}, now
            signs.written |= taken
            return taken
