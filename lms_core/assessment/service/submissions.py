"""Handing in: by the person, or by the server when time is up; and the score that comes with it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

import structlog

from lms_core.assessment.domain.attempts import SUBMITTED, Attempt, By
from lms_core.assessment.domain.results import Result
from lms_core.assessment.repository.attempts import Attempts
from lms_core.assessment.repository.forms import Forms
from lms_core.assessment.repository.responses import Responses, fingerprint_of
from lms_core.assessment.repository.results import Results
from lms_core.assessment.service.grading import Grader
from lms_core.foundation.actors import SYSTEM, Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import NotFound
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.hooks.assessment import AttemptGraded, AttemptSubmitted

log = structlog.get_logger("lms.assessment")
Fingerprint = tuple[int, int]


@dataclass(frozen=True)
class SubmissionService:
    """Closes attempts and grades them.

    An attempt is graded before the write, on what was read, since a plugin may choose the scale; the write closes it
    to saves first, and keeps the result only if no save came in between. Otherwise what is now frozen is graded anew.
    """

    work: Work
    clock: Clock
    grader: Grader

    def submit(self, actor: Actor, attempt_id: UUID) -> str:
        """Hand in one's own attempt; its state after that ("submitted"). Doing it again changes nothing.

        Raises NotFound for anybody else's.
        """
        attempt, result, seen = self._provisional(attempt_id, actor.require_person())
        if attempt.is_open:
            by: By = "server" if attempt.is_due(self.clock.now()) else "person"
            self._close(attempt, result, seen, by, actor)
        return SUBMITTED

    def close_if_due(self, attempt_id: UUID) -> None:
        """Hand an attempt in for its person if its time is over."""
        attempt, result, seen = self._provisional(attempt_id)
        if attempt.is_due(self.clock.now()):
            self._close(attempt, result, seen, "server", SYSTEM)

    def close_due(self, most: int = 200) -> int:
        """Hand in attempts whose time is over, and grade those that wait for it; how many were seen to.

        One that fails is logged and left for the next round: it must not keep the others waiting.
        """
        with self.work.read() as uow:
            due, waiting = Attempts(uow).due(self.clock.now(), most), Attempts(uow).ungraded(most)
        closed = [self._guarded(attempt_id, self.close_if_due) for attempt_id in due]
        graded = [self._guarded(attempt_id, self.grade) for attempt_id in waiting]
        return sum(closed) + sum(graded)

    def grade(self, attempt_id: UUID) -> None:
        """Grade an attempt that was handed in without a score. Doing it again changes nothing."""
        attempt, result, _ = self._provisional(attempt_id)
        if attempt.is_open:
            return
        with self.work.write() as uow:
            if Attempts(uow).grade(attempt_id, self.clock.now()):
                self._keep(uow, attempt, result)
                uow.commit()

    def _provisional(self, attempt_id: UUID, owner: UUID | None = None) -> tuple[Attempt, Result, Fingerprint]:
        with self.work.read() as uow:
            attempt, exam = Attempts(uow).sat(attempt_id)
            if owner is not None and attempt.person_id != owner:
                raise NotFound
            keys, kept = Forms(uow).keys(attempt.form_id), Responses(uow).of(attempt_id)
            result = self.grader.grade(attempt, exam, keys, kept, self.clock.now())
        return attempt, result, fingerprint_of(kept)

    def _close(self, attempt: Attempt, result: Result, seen: Fingerprint, by: By, actor: Actor) -> None:
        now = self.clock.now()
        at = min(now, attempt.deadline.closes_at)
        with self.work.write() as uow:
            if not Attempts(uow).submit(attempt.id, by, at, now if by == "server" else None):
                return
            submitted = AttemptSubmitted(attempt.id, attempt.exam_id, attempt.person_id)
            uow.record(submitted, by=actor, scopes=attempt.scopes)
            if unchanged := Responses(uow).fingerprint(attempt.id) == seen:
                self._keep(uow, attempt, result)
            else:
                Attempts(uow).ungrade(attempt.id)
            uow.commit()
        if not unchanged:
            self.grade(attempt.id)

    def _keep(self, uow: UnitOfWork, attempt: Attempt, result: Result) -> None:
        Results(uow).add(replace(result, graded_at=self.clock.now()))
        uow.record(AttemptGraded(attempt.id, attempt.exam_id, attempt.person_id), by=SYSTEM, scopes=attempt.scopes)

    def _guarded(self, attempt_id: UUID, act: Callable[[UUID], None]) -> bool:
        try:
            act(attempt_id)
        except Exception:
            log.exception("attempt not closed", attempt_id=str(attempt_id))
            return False
        return True
