"""The conditions of exams as they were read a moment ago: a whole room begins within the same minute."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lms_core.assessment.domain.integrity import Integrity
from lms_core.assessment.repository.integrity import Integrities
from lms_core.foundation.clock import Clock
from lms_core.foundation.uow import UnitOfWork

# As long as it may take until another process knows that a plugin was switched.
KNOWN_FOR: Final = timedelta(seconds=2)
REMEMBERED: Final = 2_000


@dataclass(frozen=True)
class Conditions:
    """What exams ask for, at most two seconds old; what is changed in this process is known at once."""

    clock: Clock
    _read: dict[UUID, tuple[datetime, Integrity]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, uow: UnitOfWork, exam_id: UUID) -> Integrity:
        """The conditions of an exam."""
        if (known := self.known(exam_id)) is not None:
            return known
        if len(self._read) >= REMEMBERED:
            self._read.clear()
        found = Integrities(uow).of(exam_id)
        self._read[exam_id] = (self.clock.now(), found)
        return found

    def known(self, exam_id: UUID) -> Integrity | None:
        """What was read a moment ago, if it was."""
        read_at, found = self._read.get(exam_id, (None, None))
        return found if read_at is not None and self.clock.now() - read_at < KNOWN_FOR else None

    def forget(self, exam_id: UUID) -> None:
        """They were changed."""
        self._read.pop(exam_id, None)
