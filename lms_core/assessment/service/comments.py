"""Comments after a simulation: from whoever sat it, before the report, to those who write its questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from lms_core.assessment.domain.attempts import Attempt
from lms_core.assessment.domain.banks import AUTHOR_ITEM
from lms_core.assessment.domain.comments import WHOLE, Comment, ExamCommented, cleaned
from lms_core.assessment.domain.exams import AUTHOR_EXAM, Exam
from lms_core.assessment.domain.practice import PRACTICE
from lms_core.assessment.domain.results import NotSubmitted
from lms_core.assessment.repository.attempts import Attempts
from lms_core.assessment.repository.comments import Comments
from lms_core.assessment.repository.exams import Exams
from lms_core.assessment.repository.forms import Forms
from lms_core.assessment.repository.responses import Responses
from lms_core.assessment.service import payloads
from lms_core.assessment.service.banks import seen_bank
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import NotFound
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.uow import UnitOfWork, Work


@dataclass(frozen=True, slots=True)
class Commenting:
    """What can be commented on: ``lines`` are the questions as JSON, one a slot; ``said`` and ``flagged`` by slot."""

    attempt: Attempt
    exam: Exam
    lines: Sequence[bytes]
    said: Mapping[int, str]
    flagged: frozenset[int]


@dataclass(frozen=True)
class CommentService:
    """What trainees say about questions at the end of a simulation, and who reads it."""

    work: Work
    clock: Clock

    def open(self, actor: Actor, attempt_id: UUID, language: str) -> Commenting:
        """The questions of one's own simulation that was handed in. Raises NotFound, NotSubmitted."""
        with self.work.read() as uow:
            attempt, exam = _commented(uow, actor, attempt_id)
            lines = payloads.asked_lines(Forms(uow).paper(attempt.form_id, language))
            flagged = {slot for slot, kept in Responses(uow).of(attempt_id).items() if kept.flagged}
            return Commenting(attempt, exam, lines, Comments(uow).of_attempt(attempt_id), frozenset(flagged))

    def write(self, actor: Actor, attempt_id: UUID, words: Mapping[int, str]) -> int:
        """Say something about questions, in place of what one said before; how many comments that makes.

        Slot 0 is the exam as a whole; empty words take a comment back. Raises NotFound, NotSubmitted, Invalid.
        """
        with self.work.write() as uow:
            attempt, exam = _commented(uow, actor, attempt_id)
            said = cleaned(words, attempt.slots)
            Comments(uow).replace(attempt_id, list(said), self._made(uow, attempt, said))
            uow.record(ExamCommented(attempt_id, exam.id), by=actor, scopes=exam.scopes)
            uow.commit()
        return sum(1 for written in said.values() if written)

    def of_bank(self, actor: Actor, bank_id: UUID, request: PageRequest) -> Page[tuple[Comment, str]]:
        """What was said about the questions of a bank, for those who write it. Raises NotFound, Forbidden."""
        with self.work.read() as uow:
            seen_bank(uow, actor, bank_id, AUTHOR_ITEM)
            return Comments(uow).of_bank(bank_id, request)

    def of_exam(self, actor: Actor, exam_id: UUID, request: PageRequest) -> Page[tuple[Comment, str | None]]:
        """What was said after simulations of an exam, for those who write exams there. Raises NotFound."""
        with self.work.read() as uow:
            actor.require_seen(AUTHOR_EXAM, Exams(uow).get(exam_id).scopes)
            return Comments(uow).of_exam(exam_id, request)

    def _made(self, uow: UnitOfWork, attempt: Attempt, said: Mapping[int, str]) -> list[Comment]:
        asked, now, made = Comments(uow).asked(attempt.form_id), self.clock.now(), []
        for slot, written in said.items():
            if written:
                bank_id, item_id, version_id = asked[slot] if slot != WHOLE else (None, None, None)
                comment = Comment(attempt.id, slot, attempt.exam_id, bank_id, item_id, version_id, written, now)
                made.append(comment)
        return made


def wants_comments(attempt: Attempt, exam: Exam) -> bool:
    """Whether comments are asked for once this attempt is handed in."""
    return exam.specification.comments and attempt.mode != PRACTICE


def _commented(uow: UnitOfWork, actor: Actor, attempt_id: UUID) -> tuple[Attempt, Exam]:
    attempt, exam = Attempts(uow).sat(attempt_id)
    if attempt.person_id != actor.require_person() or not wants_comments(attempt, exam):
        raise NotFound
    if attempt.is_open:
        raise NotSubmitted
    return attempt, exam
