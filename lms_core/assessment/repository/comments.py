"""Comments after a simulation: the SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import delete, insert, select

from lms_core.assessment.domain.comments import Comment
from lms_core.assessment.tables.comments import comments
from lms_core.assessment.tables.exams import form_slots
from lms_core.assessment.tables.items import items
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.uow import UnitOfWork

Asked = tuple[UUID, UUID, UUID]
"""The bank, the item and the version that a slot asks."""


@dataclass(frozen=True)
class Comments:
    """Comments inside one unit of work."""

    uow: UnitOfWork

    def of_attempt(self, attempt_id: UUID) -> Mapping[int, str]:
        """What was said, by slot."""
        told = select(comments.c.slot, comments.c.words).where(comments.c.attempt_id == attempt_id)
        return {row.slot: row.words for row in self.uow.session.execute(told)}

    def asked(self, form_id: UUID) -> Mapping[int, Asked]:
        """What each slot of a form asks."""
        told = select(form_slots.c.slot, items.c.bank_id, items.c.id, form_slots.c.version_id)
        rows = self.uow.session.execute(told.join(items).where(form_slots.c.form_id == form_id))
        return {row.slot: (row.bank_id, row.id, row.version_id) for row in rows}

    def replace(self, attempt_id: UUID, slots: Sequence[int], said: Sequence[Comment]) -> None:
        """Let ``said`` stand in place of what was said about ``slots``."""
        here = comments.c.attempt_id == attempt_id, comments.c.slot.in_(slots)
        self.uow.session.execute(delete(comments).where(*here))
        if said:
            self.uow.session.execute(insert(comments), [asdict(one) for one in said])

    def of_bank(self, bank_id: UUID, request: PageRequest) -> Page[tuple[Comment, str]]:
        """One page of what was said about the questions of a bank, each with its item's name, the latest first."""
        theirs = select(comments, items.c.identifier).join(items, items.c.id == comments.c.item_id)
        ordered = theirs.where(comments.c.bank_id == bank_id)
        ordered = ordered.order_by(comments.c.written_at.desc(), comments.c.attempt_id, comments.c.slot)
        return page(self.uow, ordered, request).map(lambda row: (Comment(*row[:-1]), row.identifier))

    def of_exam(self, exam_id: UUID, request: PageRequest) -> Page[tuple[Comment, str | None]]:
        """One page of what was said after simulations of an exam, with the item's name, the latest first."""
        theirs = select(comments, items.c.identifier).join(items, items.c.id == comments.c.item_id, isouter=True)
        ordered = theirs.where(comments.c.exam_id == exam_id)
        ordered = ordered.order_by(comments.c.written_at.desc(), comments.c.attempt_id, comments.c.slot)
        return page(self.uow, ordered, request).map(lambda row: (Comment(*row[:-1]), row.identifier))
