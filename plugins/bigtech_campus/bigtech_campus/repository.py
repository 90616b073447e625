"""The SQL of bigtech_campus."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from bigtech_campus.domain import Agreement, AgreementNotFound
from bigtech_campus.tables import agreements
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.uow import UnitOfWork


@dataclass(frozen=True)
class Agreements:
    """Agreements inside one unit of work. They are added and withdrawn, never deleted."""

    uow: UnitOfWork

    def add(self, agreement: Agreement) -> None:
        """Keep a new one."""
        self.uow.session.add(agreement)

    def get(self, agreement_id: UUID) -> Agreement:
        """The agreement, locked where it may be written. Raises AgreementNotFound."""
        found = self.uow.session.get(Agreement, agreement_id, with_for_update=self.uow.writes or None)
        if found is None:
            raise AgreementNotFound
        return found

    def at_campus(self, campus_id: UUID, request: PageRequest) -> Page[Agreement]:
        """One page of those at a campus, the newest first."""
        here = select(Agreement).where(agreements.c.campus_id == campus_id)
        return page(self.uow, here.order_by(agreements.c.given_at.desc(), agreements.c.id.desc()), request)

    def standing(self, campus_id: UUID, course_id: UUID | None = None) -> Sequence[Agreement]:
        """Those at a campus that were not withdrawn, of one course if it is named; the earliest first."""
        here = select(Agreement).where(agreements.c.campus_id == campus_id, agreements.c.withdrawn_at.is_(None))
        if course_id is not None:
            here = here.where(agreements.c.course_id == course_id)
        return self.uow.session.scalars(here.order_by(agreements.c.begins_from)).all()
