"""Regrades: what was asked, a proposal with its preview, its approval, and the record."""

from dataclasses import dataclass
from uuid import UUID

from lms_core.assessment.domain.banks import SEE_BANK
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.forms import question_of
from lms_core.assessment.domain.regrades import (
    DISCARDED,
    PREVIEWED,
    PREVIEWING,
    REGRADE,
    AskedQuestion,
    AsksOtherwise,
    Change,
    Effect,
    PreviewOutdated,
    ProposeRegrade,
    Regrade,
    RegradeApproved,
    RegradeProposed,
    RegradeRuns,
    Ruling,
    Tally,
    require_same_question,
)
from lms_core.assessment.repository.candidates import Candidates
from lms_core.assessment.repository.exams import Exams
from lms_core.assessment.repository.items import Items
from lms_core.assessment.repository.regrades import Regrades
from lms_core.assessment.repository.rulings import RuledKeys
from lms_core.assessment.service.items import seen_item
from lms_core.assessment.service.regrading import CARRY_ON, Regrader
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Invalid
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.records import record_accesses
from lms_core.foundation.text import text
from lms_core.foundation.uow import UnitOfWork, Work


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """A question of an exam that can be ruled on, and how.

    ``corrected_by`` is the approved newer version of its item, None where there is none.
    """

    exam: Exam
    asked: AskedQuestion
    effects: tuple[Effect, ...]
    corrected_by: UUID | None
    attempts: int


@dataclass(frozen=True, slots=True)
class RegradeShown:
    """A regrade with its exam and the question it is about."""

    regrade: Regrade
    exam: Exam
    asked: AskedQuestion


@dataclass(frozen=True, slots=True)
class ExamAsking:
    """An exam that asks an item in one of its versions."""

    exam: Exam
    version_id: UUID
    part: int
    number: int


@dataclass(frozen=True)
class RegradeService:
    """What those do who regrade."""

    work: Work
    clock: Clock
    regrader: Regrader

    def questions(self, actor: Actor, exam_id: UUID, request: PageRequest) -> tuple[Exam, Page[AskedQuestion]]:
        """The questions that an exam asks. Search: words of the identifier or the stem. Raises NotFound."""
        with self.work.read() as uow:
            exam = _seen(uow, actor, exam_id)
            return exam, RuledKeys(uow).asked(exam_id, request)

    def question(self, actor: Actor, exam_id: UUID, version_id: UUID, part: int) -> QuestionShown:
        """One question, and what can be ruled on it. Raises NotFound."""
        with self.work.read() as uow:
            return _question(uow, _seen(uow, actor, exam_id), version_id, part)

    def asking(self, actor: Actor, item_id: UUID, request: PageRequest) -> Page[ExamAsking]:
        """The exams that ask an item: those where one may not regrade are told as well. Raises NotFound."""
        with self.work.read() as uow:
            seen_item(uow, actor, item_id, SEE_BANK)
            found = RuledKeys(uow).exams_asking(item_id, request)
            named = RuledKeys(uow).named(row[0] for row in found.items)
            return found.map(lambda row: ExamAsking(named[row[0]], row[1], row[2], row[3]))

    def propose(self, actor: Actor, command: ProposeRegrade) -> Regrade:
        """Begin a preview; no result changes. The first attempts are looked at here, the others in the background.

        Raises NotFound, Invalid, AsksOtherwise, RegradeRuns.
        """
        with self.work.write() as uow:
            exam = _seen(uow, actor, command.exam_id)
            if Regrades(uow).applying(exam.id):
                raise RegradeRuns
            ruling = self._ruling(uow, exam, command.ruling)
            regrade = Regrade(
                id=new_id(),
                exam_id=exam.id,
                number=Regrades(uow).next_number(exam.id),
                ruling=ruling,
                reason=command.reason,
                state=PREVIEWING,
                total=Regrades(uow).count(exam.id, ruling),
                tally=Tally(),
                cursor=None,
                proposed_by=actor.person_id,
                proposed_at=self.clock.now(),
            )
            Regrades(uow).add(regrade)
            uow.record(RegradeProposed(regrade.id, exam.id), actor, exam.scopes)
            uow.later(CARRY_ON, regrade.id)
            uow.commit()
        return self._begun(regrade.id)

    def approve(self, actor: Actor, regrade_id: UUID) -> Regrade:
        """Let the ruling hold, and every result follow it. Raises NotFound, PreviewOutdated."""
        with self.work.write() as uow:
            regrade, exam = _found(uow, actor, regrade_id)
            if regrade.state != PREVIEWED or not Regrades(uow).approve(regrade, actor.person_id):
                raise PreviewOutdated
            uow.record(RegradeApproved(regrade.id, exam.id), actor, exam.scopes)
            uow.later(CARRY_ON, regrade.id)
            uow.commit()
        return self._begun(regrade_id)

    def discard(self, actor: Actor, regrade_id: UUID) -> None:
        """Leave everything as it is. Raises NotFound, PreviewOutdated once it is applied."""
        with self.work.write() as uow:
            regrade, _ = _found(uow, actor, regrade_id)
            if regrade.state not in {PREVIEWING, PREVIEWED} or not Regrades(uow).move(regrade, state=DISCARDED):
                raise PreviewOutdated
            uow.commit()

    def shown(self, actor: Actor, regrade_id: UUID) -> RegradeShown:
        """A regrade as it stands. Raises NotFound."""
        with self.work.read() as uow:
            regrade, exam = _found(uow, actor, regrade_id)
            return RegradeShown(regrade, exam, RuledKeys(uow).question(exam.id, regrade.ruling))

    def changes(self, actor: Actor, regrade_id: UUID, request: PageRequest) -> Page[Change]:
        """Whose score changes, by how much. Filter: kind (all, changed, passes, fails). Reading it is recorded."""
        with self.work.write() as uow:
            _found(uow, actor, regrade_id)
            found = Regrades(uow).changes(regrade_id, request)
            record_accesses(uow, actor, [one.person_id for one in found.items if one.person_id], "regrade")
            uow.commit()
            return found

    def of_exam(self, actor: Actor, exam_id: UUID, request: PageRequest) -> tuple[Exam, Page[Regrade]]:
        """What was proposed and applied at an exam, the newest first. Raises NotFound."""
        with self.work.read() as uow:
            exam = _seen(uow, actor, exam_id)
            return exam, Regrades(uow).of_exam(exam_id, request)

    def _begun(self, regrade_id: UUID) -> Regrade:
        """The first round at once, so that few attempts are done before anybody looks."""
        self.regrader.advance(regrade_id) and self.regrader.advance(regrade_id)
        with self.work.read() as uow:
            return Regrades(uow).get(regrade_id)

    def _ruling(self, uow: UnitOfWork, exam: Exam, wanted: Ruling) -> Ruling:
        shown = _question(uow, exam, wanted.version_id, wanted.part)
        if wanted.effect not in shown.effects:
            raise Invalid(fields={"effect": (text("This cannot be ruled on this question. Choose another way."),)})
        if wanted.effect != "correct":
            return Ruling(wanted.version_id, wanted.part, wanted.effect)
        self._require_another_key(uow, exam, shown)
        return Ruling(wanted.version_id, wanted.part, "correct", shown.corrected_by)

    def _require_another_key(self, uow: UnitOfWork, exam: Exam, shown: QuestionShown) -> None:
        corrected_by, part = shown.corrected_by, shown.asked.part
        if corrected_by is None:
            raise AsksOtherwise
        contents = Candidates(uow).contents({shown.asked.version_id, corrected_by})
        asked, corrected = (question_of(contents[one], part) for one in (shown.asked.version_id, corrected_by))
        kind = self.regrader.grader.types(exam).get(asked.type)
        if kind is None or corrected.type != asked.type:
            raise AsksOtherwise
        if kind.by_person:
            raise Invalid(
                fields={"effect": (text("Answers that people mark are marked anew on the page of marking."),)}
            )
        require_same_question(kind, asked, corrected)


def _seen(uow: UnitOfWork, actor: Actor, exam_id: UUID) -> Exam:
    exam = Exams(uow).get(exam_id)
    actor.require_seen(REGRADE, exam.scopes)
    return exam


def _found(uow: UnitOfWork, actor: Actor, regrade_id: UUID) -> tuple[Regrade, Exam]:
    regrade = Regrades(uow).get(regrade_id)
    return regrade, _seen(uow, actor, regrade.exam_id)


def _question(uow: UnitOfWork, exam: Exam, version_id: UUID, part: int) -> QuestionShown:
    ruling = Ruling(version_id, part, "drop")
    asked = RuledKeys(uow).question(exam.id, ruling)
    newer = Items(uow).get(asked.item_id).approved_version_id
    corrected_by = newer if newer != version_id else None
    # What was ruled on may be taken back: it counts again, as it was answered.
    was_ruled = any((one.version_id, one.part) == (version_id, part) for one in Regrades(uow).in_force(exam.id))
    more: tuple[Effect, ...] = ("correct",) if corrected_by else ()
    back: tuple[Effect, ...] = ("count",) if was_ruled or asked.item_id in exam.specification.pilots else ()
    effects: tuple[Effect, ...] = ("drop", "give", *more, *back)
    return QuestionShown(exam, asked, effects, corrected_by, Regrades(uow).count(exam.id, ruling))
