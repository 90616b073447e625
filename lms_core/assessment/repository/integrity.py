"""The conditions of exams: the SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, insert, select, update

from lms_core.assessment.domain.attempts import OPEN
from lms_core.assessment.domain.integrity import NO_CONDITIONS, Browser, Integrity, SeatLimit
from lms_core.assessment.tables.attempts import attempts
from lms_core.assessment.tables.exams import forms
from lms_core.assessment.tables.integrity import exam_integrity
from lms_core.foundation.uow import UnitOfWork


@dataclass(frozen=True)
class Integrities:
    """Conditions inside one unit of work."""

    uow: UnitOfWork

    def of(self, exam_id: UUID) -> Integrity:
        """The conditions of an exam."""
        row = self.uow.session.execute(select(exam_integrity).where(exam_integrity.c.exam_id == exam_id)).first()
        return NO_CONDITIONS if row is None else _integrity(row)

    def of_form(self, form_id: UUID) -> tuple[UUID, Integrity]:
        """The exam of a form, and its conditions, in one query."""
        joined = select(forms.c.exam_id.label("of_exam"), exam_integrity).select_from(
            forms.outerjoin(exam_integrity, exam_integrity.c.exam_id == forms.c.exam_id)
        )
        row = self.uow.session.execute(joined.where(forms.c.id == form_id)).one()
        return row.of_exam, NO_CONDITIONS if row.exam_id is None else _integrity(row)

    def keep(self, exam_id: UUID, integrity: Integrity, by: UUID | None) -> None:
        """Write the conditions of an exam."""
        browser = integrity.browser
        values = {
            "networks": [[one.network, one.seats] for one in integrity.networks],
            "password_hash": integrity.password_hash,
            "browser_required": browser.required,
            "quit_hash": browser.quit_hash,
            "filters": list(browser.filters),
            "exam_keys": list(browser.exam_keys),
            "changed_by": by,
            "changed_at": self.uow.clock.now(),
        }
        mine = exam_integrity.c.exam_id == exam_id
        changed = update(exam_integrity).where(mine).values(values).returning(exam_integrity.c.exam_id)
        if self.uow.session.scalar(changed) is None:
            self.uow.session.execute(insert(exam_integrity).values(exam_id=exam_id, **values))

    def seated(self, exam_id: UUID, without: UUID | None = None) -> Sequence[str]:
        """The addresses at which the exam is sat now, with the exam's conditions held until the unit of work ends.

        Whoever else takes a seat of this exam waits: two cannot take the last one.
        """
        held = select(exam_integrity.c.exam_id).where(exam_integrity.c.exam_id == exam_id).with_for_update()
        self.uow.session.execute(held)
        sitting = and_(attempts.c.exam_id == exam_id, attempts.c.state == OPEN)
        others = sitting if without is None else and_(sitting, attempts.c.id != without)
        return self.uow.session.scalars(select(attempts.c.address).where(others)).all()

    def is_sat(self, exam_id: UUID) -> bool:
        """Whether anybody sits the exam now."""
        sitting = and_(attempts.c.exam_id == exam_id, attempts.c.state == OPEN)
        return self.uow.session.scalar(select(attempts.c.id).where(sitting).limit(1)) is not None


def _integrity(row: Row[Any]) -> Integrity:
    networks = tuple(SeatLimit(network, seats) for network, seats in row.networks)
    browser = Browser(row.browser_required, row.quit_hash, tuple(row.filters), tuple(row.exam_keys))
    return Integrity(networks, row.password_hash, browser)
