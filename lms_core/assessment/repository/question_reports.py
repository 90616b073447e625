"""Reports of questions, their messages, and the takedown log: the SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, select

from lms_core.assessment.domain.banks import Item
from lms_core.assessment.domain.question_reports import QuestionReport, ReportMessage, Takedown
from lms_core.assessment.tables.exams import form_slots
from lms_core.assessment.tables.items import items
from lms_core.assessment.tables.question_reports import question_reports, report_messages, takedowns
from lms_core.foundation.errors import NotFound
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.uow import UnitOfWork


@dataclass(frozen=True)
class QuestionReports:
    """Reports and takedowns inside one unit of work."""

    uow: UnitOfWork

    def add(self, *kept: QuestionReport | ReportMessage | Takedown) -> None:
        """Keep what is new, in the order given."""
        for one in kept:
            self.uow.session.add(one)
            self.uow.session.flush()

    def get(self, report_id: UUID) -> QuestionReport:
        """The report. Raises NotFound."""
        found = self.uow.session.get(QuestionReport, report_id)
        if found is None:
            raise NotFound
        return found

    def at(self, attempt_id: UUID, slot: int) -> QuestionReport | None:
        """The report of one question of an attempt, if there is one."""
        here = and_(question_reports.c.attempt_id == attempt_id, question_reports.c.slot == slot)
        return self.uow.session.scalar(select(QuestionReport).where(here))

    def states(self, attempt_id: UUID) -> Mapping[int, str]:
        """The states of the reports of an attempt, by slot."""
        told = select(question_reports.c.slot, question_reports.c.state)
        rows = self.uow.session.execute(told.where(question_reports.c.attempt_id == attempt_id))
        return {row.slot: row.state for row in rows}

    def messages(self, report_id: UUID) -> Sequence[ReportMessage]:
        """What was written about a report, the oldest first."""
        theirs = select(ReportMessage).where(report_messages.c.report_id == report_id)
        return self.uow.session.scalars(theirs.order_by(report_messages.c.written_at, report_messages.c.id)).all()

    def asked(self, form_id: UUID, slot: int) -> tuple[UUID, UUID]:
        """The item and the version that stand in a slot of a form. Raises NotFound."""
        told = select(form_slots.c.item_id, form_slots.c.version_id)
        row = self.uow.session.execute(told.where(form_slots.c.form_id == form_id, form_slots.c.slot == slot)).first()
        if row is None:
            raise NotFound
        return row.item_id, row.version_id

    def of_bank(self, bank_id: UUID, request: PageRequest) -> Page[tuple[QuestionReport, Item]]:
        """One page of the reports of a bank with their items: the latest first. Filter: state."""
        theirs = select(QuestionReport).add_columns(Item).join(items, items.c.id == question_reports.c.item_id)
        theirs = theirs.where(question_reports.c.bank_id == bank_id)
        if state := request.filtered("state"):
            theirs = theirs.where(question_reports.c.state == state)
        ordered = theirs.order_by(question_reports.c.changed_at.desc(), question_reports.c.id)
        return page(self.uow, ordered, request).map(lambda row: (row[0], row[1]))

    def of_person(self, person_id: UUID, request: PageRequest) -> Page[QuestionReport]:
        """One page of what a person reported, the latest change first."""
        theirs = select(QuestionReport).where(question_reports.c.person_id == person_id)
        return page(self.uow, theirs.order_by(question_reports.c.changed_at.desc(), question_reports.c.id), request)

    def takedown(self, takedown_id: UUID) -> Takedown:
        """The request. Raises NotFound."""
        found = self.uow.session.get(Takedown, takedown_id)
        if found is None:
            raise NotFound
        return found

    def takedowns(self, bank_id: UUID, request: PageRequest) -> Page[tuple[Takedown, Item]]:
        """One page of the takedown log of a bank with its items, the latest first."""
        theirs = select(Takedown).add_columns(Item).join(items, items.c.id == takedowns.c.item_id)
        ordered = theirs.where(takedowns.c.bank_id == bank_id).order_by(takedowns.c.recorded_at.desc(), takedowns.c.id)
        return page(self.uow, ordered, request).map(lambda row: (row[0], row[1]))
