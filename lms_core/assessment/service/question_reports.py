"""Reports of questions: from the trainee after an attempt, to whoever writes the bank, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from lms_core.assessment.domain.attempts import Attempt
from lms_core.assessment.domain.banks import AUTHOR_ITEM, Bank, Item
from lms_core.assessment.domain.question_reports import (
    QuestionReport,
    QuestionReported,
    ReportChanged,
    ReportMessage,
    ReportQuestion,
)
from lms_core.assessment.domain.results import NotSubmitted
from lms_core.assessment.repository.attempts import Attempts
from lms_core.assessment.repository.banks import Banks
from lms_core.assessment.repository.items import Items
from lms_core.assessment.repository.question_reports import QuestionReports
from lms_core.assessment.service.banks import seen_bank
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Invalid, NotFound
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.text import text
from lms_core.foundation.uow import UnitOfWork, Work


@dataclass(frozen=True, slots=True)
class ReportShown:
    """A report with what was written about it, the oldest first."""

    report: QuestionReport
    messages: Sequence[ReportMessage]
    item: Item
    bank: Bank


@dataclass(frozen=True)
class QuestionReportService:
    """What trainees and authors do about a question that may be wrong."""

    work: Work
    clock: Clock

    def own(self, actor: Actor, attempt_id: UUID, slot: int) -> Sequence[ReportMessage]:
        """What was written about a question of one's own attempt. Raises NotFound, NotSubmitted."""
        with self.work.read() as uow:
            attempt = _own_attempt(uow, actor, attempt_id)
            QuestionReports(uow).asked(attempt.form_id, slot)
            found = QuestionReports(uow).at(attempt_id, slot)
            return QuestionReports(uow).messages(found.id) if found else ()

    def states(self, actor: Actor, attempt: Attempt) -> Mapping[int, str]:
        """The states of what one reported about one's own attempt, by slot; none for another's."""
        if attempt.person_id != actor.person_id:
            return {}
        with self.work.read() as uow:
            return QuestionReports(uow).states(attempt.id)

    def mine(self, actor: Actor, request: PageRequest) -> Page[QuestionReport]:
        """What one reported, the latest change first."""
        with self.work.read() as uow:
            return QuestionReports(uow).of_person(actor.require_person(), request)

    def report(self, actor: Actor, command: ReportQuestion) -> QuestionReport:
        """Report a question, or add to what one reported. Raises NotFound, NotSubmitted, Invalid, ReportClosed."""
        words = _written(command.words)
        with self.work.write() as uow:
            attempt = _own_attempt(uow, actor, command.attempt_id)
            report = QuestionReports(uow).at(command.attempt_id, command.slot)
            if report is None:
                report = self._new(uow, attempt, command)
            else:
                report.say(True, self.clock.now())
            self._message(uow, actor, report, words)
            bank = Banks(uow).get(report.bank_id)
            uow.record(QuestionReported(report.id, report.item_id), actor, bank.scopes)
            uow.commit()
        return report

    def find(self, actor: Actor, bank_id: UUID, request: PageRequest) -> Page[tuple[QuestionReport, Item]]:
        """One page of the reports of a bank, for those who write it. Raises NotFound, Forbidden."""
        with self.work.read() as uow:
            seen_bank(uow, actor, bank_id, AUTHOR_ITEM)
            return QuestionReports(uow).of_bank(bank_id, request)

    def get(self, actor: Actor, report_id: UUID) -> ReportShown:
        """A report with its messages, for those who write its bank. Raises NotFound, Forbidden."""
        with self.work.read() as uow:
            report, bank = _seen(uow, actor, report_id)
            messages = QuestionReports(uow).messages(report_id)
            return ReportShown(report, messages, Items(uow).get(report.item_id), bank)

    def answer(self, actor: Actor, report_id: UUID, words: str, *, close: bool = False) -> QuestionReport:
        """Write to whoever reported; nothing can be added once it is closed. As ``get``; Invalid, ReportClosed."""
        said = _written(words)
        with self.work.write() as uow:
            report, bank = _seen(uow, actor, report_id)
            report.say(False, self.clock.now())
            self._message(uow, actor, report, said)
            if close:
                report.close(self.clock.now())
            uow.record(ReportChanged(report.id, report.state), actor, bank.scopes)
            uow.commit()
        return report

    def reopen(self, actor: Actor, report_id: UUID) -> QuestionReport:
        """Open a report anew. Raises NotFound, Forbidden."""
        with self.work.write() as uow:
            report, bank = _seen(uow, actor, report_id)
            report.reopen(self.clock.now())
            uow.record(ReportChanged(report.id, report.state), actor, bank.scopes)
            uow.commit()
        return report

    def _new(self, uow: UnitOfWork, attempt: Attempt, command: ReportQuestion) -> QuestionReport:
        item_id, version_id = QuestionReports(uow).asked(attempt.form_id, command.slot)
        report = QuestionReport(
            id=new_id(),
            item_id=item_id,
            version_id=version_id,
            bank_id=Items(uow).get(item_id).bank_id,
            attempt_id=attempt.id,
            slot=command.slot,
            person_id=attempt.person_id,
            kind=command.kind,
            state="open",
            reported_at=self.clock.now(),
            changed_at=self.clock.now(),
        )
        QuestionReports(uow).add(report)
        return report

    def _message(self, uow: UnitOfWork, actor: Actor, report: QuestionReport, words: str) -> None:
        message = ReportMessage(new_id(), report.id, actor.require_person(), words, self.clock.now())
        QuestionReports(uow).add(message)


def _own_attempt(uow: UnitOfWork, actor: Actor, attempt_id: UUID) -> Attempt:
    attempt = Attempts(uow).get(attempt_id)
    if attempt.person_id != actor.require_person():
        raise NotFound
    if attempt.is_open:
        raise NotSubmitted
    return attempt


def _seen(uow: UnitOfWork, actor: Actor, report_id: UUID) -> tuple[QuestionReport, Bank]:
    report = QuestionReports(uow).get(report_id)
    return report, seen_bank(uow, actor, report.bank_id, AUTHOR_ITEM)


def _written(words: str) -> str:
    if not words.strip():
        raise Invalid(fields={"words": (text("Write what you have to say."),)})
    return words.strip()
