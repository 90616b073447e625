"""Revealing: the solution of one question while practising. Its answer is final from then on."""

from dataclasses import dataclass
from secrets import token_urlsafe
from uuid import UUID

from lms_core.assessment.domain.attempts import AttemptClosed, SlotLocked
from lms_core.assessment.domain.practice import PRACTICE, RevealRefused
from lms_core.assessment.repository.attempts import Attempts
from lms_core.assessment.repository.forms import Forms
from lms_core.assessment.repository.responses import Responses
from lms_core.assessment.service.grading import Grader
from lms_core.assessment.service.results import Report
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import NotFound
from lms_core.foundation.uow import Work


@dataclass(frozen=True)
class RevealService:
    """Shows solutions to those who practise, one question at a time."""

    work: Work
    clock: Clock
    grader: Grader

    def reveal(self, actor: Actor, attempt_id: UUID, slot: int, language: str) -> Report:
        """Lock the answer of a slot, then tell its solution: the report is for that slot alone.

        Raises NotFound, RevealRefused in a simulation, AttemptClosed, SlotLocked.
        """
        self._lock(actor, attempt_id, slot)
        with self.work.read() as uow:
            attempt, exam = Attempts(uow).sat(attempt_id)
            keys, kept = self.grader.keys(uow, exam, attempt.form_id), Responses(uow).of(attempt_id)
            result = self.grader.grade(attempt, exam, keys, kept, self.clock.now())
            return Report(attempt, exam, result, Forms(uow).solution(attempt.form_id, language), kept)

    def _lock(self, actor: Actor, attempt_id: UUID, slot: int) -> None:
        with self.work.write() as uow:
            attempt = Attempts(uow).get(attempt_id)
            if attempt.person_id != actor.require_person() or not 1 <= slot <= attempt.slots:
                raise NotFound
            if attempt.mode != PRACTICE:
                raise RevealRefused
            if not attempt.is_open or attempt.is_due(self.clock.now()):
                raise AttemptClosed
            if not Responses(uow).finish(attempt_id, slot, token_urlsafe(12)):
                raise SlotLocked
            uow.commit()
