"""Accommodations as those see them who grant them: the SQL."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, or_, select, update

from lms_core.assessment.domain.deadlines import Accommodation, Granted
from lms_core.assessment.tables.attempts import accommodations
from lms_core.foundation.errors import NotFound
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.uow import UnitOfWork


@dataclass(frozen=True)
class Accommodations:
    """Accommodations inside one unit of work."""

    uow: UnitOfWork

    def get(self, accommodation_id: UUID) -> Granted:
        """One that holds. Raises NotFound."""
        holds = and_(accommodations.c.id == accommodation_id, accommodations.c.revoked_at.is_(None))
        row = self.uow.session.execute(select(accommodations).where(holds)).first()
        if row is None:
            raise NotFound
        return _granted(row)

    def of_exam(self, exam_id: UUID, request: PageRequest, *, everywhere: bool) -> Page[Granted]:
        """One page of those that hold in an exam, the latest first; ``everywhere``: with those for all exams."""
        here = accommodations.c.exam_id == exam_id
        wanted = or_(here, accommodations.c.exam_id.is_(None)) if everywhere else here
        found = select(accommodations).where(wanted, accommodations.c.revoked_at.is_(None))
        ordered = found.order_by(accommodations.c.granted_at.desc(), accommodations.c.id)
        return page(self.uow, ordered, request).map(_granted)

    def revoke(self, accommodation_id: UUID) -> None:
        """Let it hold for no later attempt."""
        theirs = accommodations.c.id == accommodation_id
        self.uow.session.execute(update(accommodations).where(theirs).values(revoked_at=self.uow.clock.now()))


def _granted(row: Row[Any]) -> Granted:
    more = Accommodation(row.percent, row.minutes)
    return Granted(row.id, row.person_id, row.exam_id, more, row.granted_by, row.granted_at)
