"""Results: what an attempt earned, with keys and explanations, for its owner and for staff who may read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from lms_core.assessment.domain.attempt_progress import AttemptProgress, progress_up_to
from lms_core.assessment.domain.attempts import Attempt
from lms_core.assessment.domain.exams import READ_RESULT, Exam
from lms_core.assessment.domain.regrades import Told
from lms_core.assessment.domain.results import NotSubmitted, Result
from lms_core.assessment.repository.attempt_progress import AttemptSteps
from lms_core.assessment.repository.attempts import Attempts
from lms_core.assessment.repository.forms import Forms
from lms_core.assessment.repository.regrades import Regrades
from lms_core.assessment.repository.responses import Responses, Saved
from lms_core.assessment.repository.results import Results
from lms_core.assessment.service.corrections import corrected
from lms_core.assessment.service.submissions import SubmissionService
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.records import record_access
from lms_core.foundation.remembered import Remembered
from lms_core.foundation.uow import UnitOfWork, Work

SOLUTIONS: Final = 100
PASTS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Report:
    """A result with everything a report shows: ``solution`` has a line of JSON a slot, with key and explanations.

    ``told`` is what regrades changed, and ``history`` every revision of the result, the first one first.
    """

    attempt: Attempt
    exam: Exam
    result: Result
    solution: bytes
    saved: Mapping[int, Saved]
    told: tuple[Told, ...] = ()
    history: Sequence[Result] = ()


@dataclass(frozen=True, slots=True)
class _Past:
    """What stands as it is from one revision of a result to the next: nobody answers what was handed in."""

    saved: Mapping[int, Saved]
    told: tuple[Told, ...]


@dataclass(frozen=True)
class ResultService:
    """Reads results. Nothing is told before an attempt was handed in.

    Solutions of forms, which are frozen, are remembered; so is what belongs to a revision, under its number.
    """

    work: Work
    clock: Clock
    submissions: SubmissionService
    _solutions: Remembered[tuple[UUID, str], bytes] = field(
        default_factory=lambda: Remembered(SOLUTIONS), init=False, repr=False, compare=False
    )
    _pasts: Remembered[tuple[UUID, UUID, int], _Past] = field(
        default_factory=lambda: Remembered(PASTS), init=False, repr=False, compare=False
    )

    def report(self, actor: Actor, attempt_id: UUID, language: str) -> Report:
        """The report of an attempt in ``language``. Another's is read with a permission, and that is recorded.

        Raises NotFound, NotSubmitted.
        """
        attempt, exam, history = self._counted(actor, attempt_id)
        result, form_id = history[-1], attempt.form_id
        with self.work.read() as uow:
            solution = self._solutions.of((form_id, language), lambda: Forms(uow).solution(form_id, language))
            solution = corrected(uow, self.submissions.grader.types(exam), form_id, solution, result, language)
            past = self._pasts.of((attempt_id, attempt.person_id, result.revision), lambda: _past(uow, attempt_id))
        return Report(attempt, exam, result, solution, past.saved, past.told, history)

    def earned(self, actor: Actor, attempt_id: UUID) -> tuple[Exam, Result]:
        """What an attempt earned at which exam, without its questions: as ``report``."""
        _, exam, history = self._counted(actor, attempt_id)
        return exam, history[-1]

    def progress(self, found: Report) -> AttemptProgress:
        """How the person's attempts in this mode went until the one of a report that was read.

        It says what counts today: a regrade of an earlier attempt is told in that attempt's own report.
        """
        with self.work.read() as uow:
            return progress_up_to(AttemptSteps(uow).up_to(found.attempt, found.exam))

    def of(self, actor: Actor, attempts: Sequence[Attempt]) -> Mapping[UUID, Result]:
        """The results of several attempts that were listed for the actor, by attempt; none for open ones."""
        seen = [one.id for one in attempts if _may_read(actor, one)]
        with self.work.read() as uow:
            return Results(uow).of(seen)

    def _counted(self, actor: Actor, attempt_id: UUID) -> tuple[Attempt, Exam, Sequence[Result]]:
        """The attempt, exam and results, the one that counts last; closed and graded where that is due."""
        attempt, exam, history = self._standing(attempt_id)
        self._require_readable(actor, attempt)
        if history:
            return attempt, exam, history
        if attempt.is_due(self.clock.now()):
            self.submissions.close_if_due(attempt_id)
        elif attempt.is_open:
            raise NotSubmitted
        self.submissions.grade(attempt_id)
        attempt, exam, history = self._standing(attempt_id)
        if not history:
            raise NotSubmitted
        return attempt, exam, history

    def _standing(self, attempt_id: UUID) -> tuple[Attempt, Exam, Sequence[Result]]:
        with self.work.read() as uow:
            attempt, exam = Attempts(uow).sat(attempt_id)
            return attempt, exam, () if attempt.is_open else Results(uow).history(attempt_id)

    def _require_readable(self, actor: Actor, attempt: Attempt) -> None:
        if attempt.person_id == actor.require_person():
            return
        actor.require_seen(READ_RESULT, attempt.scopes)
        with self.work.write() as uow:
            record_access(uow, actor, attempt.person_id, "result")
            uow.commit()


def _may_read(actor: Actor, attempt: Attempt) -> bool:
    return attempt.person_id == actor.person_id or actor.may(READ_RESULT, attempt.scopes)


def _past(uow: UnitOfWork, attempt_id: UUID) -> _Past:
    return _Past(Responses(uow).of(attempt_id), Regrades(uow).told(attempt_id))
