"""Results: what an attempt earned, with keys and explanations, for its owner and for staff who may read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from lms_core.assessment.domain.attempts import Attempt
from lms_core.assessment.domain.exams import READ_RESULT, Exam
from lms_core.assessment.domain.results import NotSubmitted, Result
from lms_core.assessment.repository.attempts import Attempts
from lms_core.assessment.repository.forms import Forms
from lms_core.assessment.repository.responses import Responses, Saved
from lms_core.assessment.repository.results import Results
from lms_core.assessment.service.submissions import SubmissionService
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.records import record_access
from lms_core.foundation.uow import Work


@dataclass(frozen=True, slots=True)
class Report:
    """A result with everything a report shows: ``solution`` has a line of JSON a slot, with key and explanations."""

    attempt: Attempt
    exam: Exam
    result: Result
    solution: bytes
    saved: Mapping[int, Saved]


@dataclass(frozen=True)
class ResultService:
    """Reads results. Nothing is told before an attempt was handed in."""

    work: Work
    clock: Clock
    submissions: SubmissionService

    def report(self, actor: Actor, attempt_id: UUID, language: str) -> Report:
        """The report of an attempt in ``language``. Another's is read with a permission, and that is recorded.

        Raises NotFound, NotSubmitted.
        """
        attempt = self._readable(actor, attempt_id)
        if attempt.is_due(self.clock.now()):
            self.submissions.close_if_due(attempt_id)
        elif attempt.is_open:
            raise NotSubmitted
        return self._read(attempt_id, language) or self._graded(attempt_id, language)

    def of(self, actor: Actor, attempts: Sequence[Attempt]) -> Mapping[UUID, Result]:
        """The results of several attempts that were listed for the actor, by attempt; none for open ones."""
        seen = [one.id for one in attempts if _may_read(actor, one)]
        with self.work.read() as uow:
            return Results(uow).of(seen)

    def _readable(self, actor: Actor, attempt_id: UUID) -> Attempt:
        with self.work.read() as uow:
            attempt = Attempts(uow).get(attempt_id)
        if attempt.person_id == actor.require_person():
            return attempt
        actor.require_seen(READ_RESULT, attempt.scopes)
        with self.work.write() as uow:
            record_access(uow, actor, attempt.person_id, "result")
            uow.commit()
        return attempt

    def _graded(self, attempt_id: UUID, language: str) -> Report:
        self.submissions.grade(attempt_id)
        report = self._read(attempt_id, language)
        if report is None:
            raise NotSubmitted
        return report

    def _read(self, attempt_id: UUID, language: str) -> Report | None:
        with self.work.read() as uow:
            result = Results(uow).get(attempt_id)
            if result is None:
                return None
            attempt, exam = Attempts(uow).sat(attempt_id)
            solution = Forms(uow).solution(attempt.form_id, language)
            return Report(attempt, exam, result, solution, Responses(uow).of(attempt_id))


def _may_read(actor: Actor, attempt: Attempt) -> bool:
    return attempt.person_id == actor.person_id or actor.may(READ_RESULT, attempt.scopes)
