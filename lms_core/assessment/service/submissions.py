"""Handing in: by the person, or by the server when time is up; and the score that comes with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

import structlog

from lms_core.assessment.domain.attempts import SUBMITTED, Attempt, By
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.results import Result
from lms_core.assessment.repository.attempts import Attempts
from lms_core.assessment.repository.markings import Markings
from lms_core.assessment.repository.responses import Responses, Saved, fingerprint_of
from lms_core.assessment.repository.results import Results
from lms_core.assessment.service.grading import Grader
from lms_core.foundation.actors import SYSTEM, Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import NotFound, refuse_if
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.hooks.assessment import AttemptGraded, AttemptSubmitted, SubmissionFacts
from lms_core.hooks.caller import Hooks

log = structlog.get_logger("lms.assessment")


class _Provisional(NamedTuple):
    """An attempt as it was read, with what it would be worth if no save came in between."""

    attempt: Attempt
    exam: Exam
    result: Result
    kept: Mapping[int, Saved]


@dataclass(frozen=True)
class SubmissionService:
    """Closes attempts and grades them.

    An attempt is graded before the write, on what was read, since a plugin may choose the scale; the write closes it
    to saves first, and keeps the result only if no save came in between. Otherwise what is now frozen is graded anew.
    """

    work: Work
    clock: Clock
    grader: Grader
    hooks: Hooks

    def submit(self, actor: Actor, attempt_id: UUID) -> str:
        """Hand in one's own attempt; its state after that ("submitted"). Doing it again changes nothing.

        Raises NotFound for anybody else's, Refused (with all reasons) while there is time left to do otherwise.
        """
        read = self._provisional(attempt_id, actor.require_person())
        if read.attempt.is_open:
            by: By = "server" if read.attempt.is_due(self.clock.now()) else "person"
            # Whoever hands in with the last second, or after it, asked in time: no plugin may hold them any longer.
            if self.clock.now() < read.attempt.deadline.deadline_at:
                refuse_if(self.hooks.review_submission(_facts(read), read.attempt.scopes))
            self._close(read, by, actor)
        return SUBMITTED

    def close_if_due(self, attempt_id: UUID) -> None:
        """Hand an attempt in for its person if its time is over."""
        read = self._provisional(attempt_id)
        if read.attempt.is_due(self.clock.now()):
            self._close(read, "server", SYSTEM)

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
        read = self._provisional(attempt_id)
        if read.attempt.is_open:
            return
        with self.work.write() as uow:
            if Attempts(uow).grade(attempt_id, self.clock.now()):
                self._keep(uow, read.attempt, read.result)
                uow.commit()

    def _provisional(self, attempt_id: UUID, owner: UUID | None = None) -> _Provisional:
        with self.work.read() as uow:
            attempt, exam = Attempts(uow).sat(attempt_id)
            if owner is not None and attempt.person_id != owner:
                raise NotFound
            keys, kept = self.grader.keys(uow, exam, attempt.form_id), Responses(uow).of(attempt_id)
            result = self.grader.grade(attempt, exam, keys, kept, self.clock.now())
        return _Provisional(attempt, exam, result, kept)

    def _close(self, read: _Provisional, by: By, actor: Actor) -> None:
        attempt, now = read.attempt, self.clock.now()
        at = min(now, attempt.deadline.closes_at)
        with self.work.write() as uow:
            if not Attempts(uow).submit(attempt.id, by, at, now if by == "server" else None):
                return
            submitted = AttemptSubmitted(attempt.id, attempt.exam_id, attempt.person_id)
            uow.record(submitted, by=actor, scopes=attempt.scopes)
            if unchanged := Responses(uow).fingerprint(attempt.id) == fingerprint_of(read.kept):
                self._keep(uow, attempt, read.result)
            else:
                Attempts(uow).ungrade(attempt.id)
            uow.commit()
        if not unchanged:
            self.grade(attempt.id)

    def _keep(self, uow: UnitOfWork, attempt: Attempt, result: Result) -> None:
        Results(uow).add(replace(result, graded_at=self.clock.now()))
        if result.waits:
            # It is graded once the last of them is marked, or ruled on.
            Markings(uow).wait(attempt, [one.slot for one in result.slots if one.waits])
            return
        uow.record(AttemptGraded(attempt.id, attempt.exam_id, attempt.person_id), by=SYSTEM, scopes=attempt.scopes)

    def _guarded(self, attempt_id: UUID, act: Callable[[UUID], None]) -> bool:
        try:
            act(attempt_id)
        except Exception:
            log.exception("attempt not closed", attempt_id=str(attempt_id))
            return False
        return True


def _facts(read: _Provisional) -> SubmissionFacts:
    attempt, exam = read.attempt, read.exam
    # What was taken back is kept as an empty response: it answers nothing.
    answered = sum(any(saved.response.values()) for saved in read.kept.values())
    person, mode = attempt.person_id, attempt.mode
    return SubmissionFacts(attempt.id, exam.id, person, mode, exam.certification, attempt.slots, answered)
