"""The SQL of university_outreach."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select

from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.uow import UnitOfWork
from university_outreach.domain import CANCELLED, PLANNED, Agreement, AgreementNotFound, Visit, VisitNotFound
from university_outreach.tables import agreements, visits


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody reaches: visits of these courses, and visits at these universities."""

    courses: frozenset[UUID]
    universities: frozenset[UUID]


@dataclass(frozen=True)
class Agreements:
    """Agreements inside one unit of work."""

    uow: UnitOfWork

    def add(self, agreement: Agreement) -> None:
        """Keep a new one."""
        self.uow.session.add(agreement)

    def get(self, agreement_id: UUID) -> Agreement:
        """The agreement. Raises AgreementNotFound."""
        found = self.uow.session.get(Agreement, agreement_id)
        if found is None:
            raise AgreementNotFound
        return found

    def of(self, ids: Iterable[UUID | None]) -> Mapping[UUID, Agreement]:
        """Agreements by id, in one query."""
        wanted = {each for each in ids if each is not None}
        if not wanted:
            return {}
        rows = self.uow.session.scalars(select(Agreement).where(agreements.c.id.in_(wanted)))
        return {each.id: each for each in rows}

    def listed(self, request: PageRequest, universities: frozenset[UUID] | None) -> Page[Agreement]:
        """One page of those with ``universities`` (None: all), the newest first."""
        statement = select(Agreement)
        if universities is not None:
            statement = statement.where(agreements.c.university_id.in_(universities))
        return page(self.uow, statement.order_by(agreements.c.signed_on.desc(), agreements.c.id), request)

    def choices(self) -> Sequence[Agreement]:
        """Every agreement, for a form to choose from."""
        return self.uow.session.scalars(select(Agreement).order_by(agreements.c.department, agreements.c.id)).all()


@dataclass(frozen=True)
class Visits:
    """Visits inside one unit of work."""

    uow: UnitOfWork

    def add(self, visit: Visit) -> None:
        """Keep a new one."""
        self.uow.session.add(visit)

    def find(self, visit_id: UUID) -> Visit | None:
        """The visit, or None."""
        return self.uow.session.get(Visit, visit_id)

    def get(self, visit_id: UUID) -> Visit:
        """The visit. Raises VisitNotFound."""
        found = self.find(visit_id)
        if found is None:
            raise VisitNotFound
        return found

    def planned(self, course_ids: Iterable[UUID]) -> Sequence[Visit]:
        """The visits of these courses that were not cancelled, the earliest first; those without a date last."""
        wanted = select(Visit).where(visits.c.course_id.in_(list(course_ids)), visits.c.state == PLANNED)
        return self.uow.session.scalars(
            wanted.order_by(visits.c.starts_at.is_(None), visits.c.starts_at, visits.c.id)
        ).all()

    def listed(self, request: PageRequest, reach: Reach | None) -> Page[Visit]:
        """One page within ``reach`` (None: everything). Filter: state. Sorts: starts (default), -starts."""
        statement = _searched(_within(select(Visit), reach), request.search)
        if (state := request.filtered("state")) in {PLANNED, CANCELLED}:
            statement = statement.where(visits.c.state == state)
        starts = visits.c.starts_at.desc() if request.sort == "-starts" else visits.c.starts_at
        return page(self.uow, statement.order_by(visits.c.starts_at.is_(None), starts, visits.c.id), request)


def _within(statement: Select[Any], reach: Reach | None) -> Select[Any]:
    if reach is None:
        return statement
    hosted = select(agreements.c.id).where(agreements.c.university_id.in_(reach.universities))
    return statement.where(or_(visits.c.course_id.in_(reach.courses), visits.c.agreement_id.in_(hosted)))


def _searched(statement: Select[Any], words: str) -> Select[Any]:
    if not words:
        return statement
    columns = (visits.c.building, visits.c.room, visits.c.address)
    return statement.where(or_(*(column.icontains(words, autoescape=True) for column in columns)))
