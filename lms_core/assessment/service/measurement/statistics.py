"""Statistics of an exam or a bank: computed once for each number of results, in the background where these are many."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from lms_core.assessment.domain.banks import SEE_BANK, Bank
from lms_core.assessment.domain.exams import READ_RESULT, Exam
from lms_core.assessment.domain.measurement.item_statistics import ItemStatistics, item_statistics, reliabilities
from lms_core.assessment.domain.measurement.sittings import Subject, first_simulations
from lms_core.assessment.repository.exams import Exams
from lms_core.assessment.repository.measurement.answers import GradedAnswers
from lms_core.assessment.repository.measurement.statistics import Measured, Statistics, Summary
from lms_core.assessment.service.banks import seen_bank
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.uow import UnitOfWork, Work

MANY: Final = 300
"""More results than these are computed by a task: a page does not wait for them."""


__all__ = ["Measured", "Shown", "StatisticsService"]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows. ``summary`` None: nothing was computed yet. ``stale``: newer figures are on their way."""

    summary: Summary | None
    page: Page[Measured]
    stale: bool


@dataclass(frozen=True)
class StatisticsService:
    """Reads statistics, and sees to it that they are of today."""

    work: Work
    clock: Clock

    def of_exam(self, actor: Actor, exam_id: UUID, request: PageRequest) -> tuple[Exam, Shown]:
        """The figures of an exam, for those who may read its results. Raises NotFound, Forbidden."""
        exam = self._exam(actor, exam_id)
        return exam, self._shown(Subject("exam", exam_id), request)

    def of_bank(self, actor: Actor, bank_id: UUID, request: PageRequest) -> tuple[Bank, Shown]:
        """The figures of a bank's items at whichever exams asked them. Raises NotFound."""
        bank = self._bank(actor, bank_id)
        return bank, self._shown(Subject("bank", bank_id), request)

    def items_of_exam(self, actor: Actor, exam_id: UUID) -> Sequence[Measured]:
        """Every item of an exam, as last computed."""
        self._exam(actor, exam_id)
        with self.work.read() as uow:
            return Statistics(uow).every(exam_id)

    def items_of_bank(self, actor: Actor, bank_id: UUID) -> Sequence[Measured]:
        """Every item of a bank, as last computed."""
        self._bank(actor, bank_id)
        with self.work.read() as uow:
            return Statistics(uow).every(bank_id)

    def item_at_exam(self, actor: Actor, exam_id: UUID, item_id: UUID) -> tuple[Exam, Sequence[Measured]]:
        """One item of an exam, the questions of a case one by one."""
        exam = self._exam(actor, exam_id)
        with self.work.read() as uow:
            return exam, Statistics(uow).of_item(exam_id, item_id)

    def item_in_bank(self, actor: Actor, bank_id: UUID, item_id: UUID) -> tuple[Bank, Sequence[Measured]]:
        """One item of a bank, the questions of a case one by one."""
        bank = self._bank(actor, bank_id)
        with self.work.read() as uow:
            return bank, Statistics(uow).of_item(bank_id, item_id)

    def compute(self, subject: Subject) -> None:
        """Compute and keep the figures of an exam or a bank, unless they are of today. It may be done twice."""
        with self.work.read() as uow:
            if not _is_stale(uow, subject):
                return
            summary, found = self._computed(uow, subject)
        with self.work.write() as uow:
            Statistics(uow).replace(subject.id, summary, found)
            uow.commit()

    def _computed(self, uow: UnitOfWork, subject: Subject) -> tuple[Summary, Sequence[ItemStatistics]]:
        answers = GradedAnswers(uow, subject)
        counted, sittings = answers.count(), first_simulations(answers.sittings())
        found = sorted(item_statistics(sittings, answers.choices()), key=lambda one: not one.doubtful)
        forms = tuple(reliabilities(sittings)) if subject.kind == "exam" else ()
        remarked = sum(one.doubtful for one in found)
        return Summary(counted, len(sittings), len(found), remarked, forms, self.clock.now()), found

    def _shown(self, subject: Subject, request: PageRequest) -> Shown:
        with self.work.read() as uow:
            stale, counted = _is_stale(uow, subject), GradedAnswers(uow, subject).count()
        if stale and counted <= MANY:
            self.compute(subject)
            stale = False
        elif stale:
            self._ask(subject)
        with self.work.read() as uow:
            kept = Statistics(uow)
            return Shown(kept.summary(subject.id), kept.listed(subject.id, request), stale)

    def _ask(self, subject: Subject) -> None:
        with self.work.write() as uow:
            uow.later("assessment.compute_statistics", subject.kind, subject.id)
            uow.commit()

    def _exam(self, actor: Actor, exam_id: UUID) -> Exam:
        with self.work.read() as uow:
            exam = Exams(uow).get(exam_id)
        actor.require_seen(READ_RESULT, exam.scopes)
        return exam

    def _bank(self, actor: Actor, bank_id: UUID) -> Bank:
        with self.work.read() as uow:
            return seen_bank(uow, actor, bank_id, SEE_BANK)


def _is_stale(uow: UnitOfWork, subject: Subject) -> bool:
    known = Statistics(uow).summary(subject.id)
    return known is None or known.results != GradedAnswers(uow, subject).count()
