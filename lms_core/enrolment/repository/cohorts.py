"""The SQL of cohorts: finding them, and the two counters that only guarded statements touch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from lms_core.enrolment.domain.cohorts import Cohort, CohortNotFound, NumberTaken
from lms_core.enrolment.tables import applications, cohorts
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.uow import UnitOfWork

SORTS = {
    "starts": cohorts.c.starts_on,
    "until": cohorts.c.applications_until,
    "number": cohorts.c.number,
    "places": cohorts.c.places_taken,
}


@dataclass(frozen=True, slots=True)
class Reach:
    """Where somebody may see cohorts that are not announced to all: in these courses, campuses and cohorts."""

    courses: frozenset[UUID] = frozenset()
    campuses: frozenset[UUID] = frozenset()
    cohorts: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Cohorts:
    """Cohorts inside one unit of work."""

    uow: UnitOfWork

    def add(self, cohort: Cohort) -> None:
        """Keep a new one. Raises NumberTaken."""
        self.uow.session.add(cohort)
        self.save()

    def save(self) -> None:
        """Write changes down now. Raises NumberTaken."""
        # The unique constraint is the only judge of numbers: a look beforehand could be overtaken.
        try:
            self.uow.session.flush()
        except IntegrityError as taken:
            raise NumberTaken from taken

    def find(self, cohort_id: UUID) -> Cohort | None:
        """The cohort, or None."""
        return self.uow.session.get(Cohort, cohort_id)

    def get(self, cohort_id: UUID) -> Cohort:
        """The cohort. Raises CohortNotFound."""
        found = self.find(cohort_id)
        if found is None:
            raise CohortNotFound
        return found

    def lock(self, cohort_id: UUID) -> Cohort:
        """The cohort as it is now, kept from every other writer until this unit of work ends.

        Whoever changes its line or its places locks it first: so there is one order of events, and nobody overtakes.
        """
        statement = select(Cohort).where(cohorts.c.id == cohort_id).with_for_update()
        found = self.uow.session.scalar(statement, execution_options={"populate_existing": True})
        if found is None:
            raise CohortNotFound
        return found

    def several(self, ids: Iterable[UUID]) -> dict[UUID, Cohort]:
        """Cohorts by id, in one query."""
        wanted = set(ids)
        if not wanted:
            return {}
        return {one.id: one for one in self.uow.session.scalars(select(Cohort).where(cohorts.c.id.in_(wanted)))}

    def take_place(self, cohort_id: UUID) -> bool:
        """Take one place if there is a free one: the condition and the change are one statement."""
        free = (cohorts.c.id == cohort_id, cohorts.c.places_taken < cohorts.c.capacity)
        return self._count(update(cohorts).where(*free).values(places_taken=cohorts.c.places_taken + 1)) is not None

    def free_place(self, cohort_id: UUID) -> None:
        """Give one place back."""
        taken = (cohorts.c.id == cohort_id, cohorts.c.places_taken > 0)
        self._count(update(cohorts).where(*taken).values(places_taken=cohorts.c.places_taken - 1))

    def next_number(self, cohort_id: UUID, now: datetime | None) -> int | None:
        """The number of the next application; None if the window is not open at ``now``.

        Staff, who add people outside of the window, give no ``now``. The window is judged in the same statement that
        counts, so no application slips in after its end.
        """
        window: tuple[ColumnElement[bool], ...] = (cohorts.c.state.in_(("open", "closed")),)
        if now is not None:
            window = (
                cohorts.c.state == "open",
                cohorts.c.applications_from <= now,
                cohorts.c.applications_until > now,
            )
        counted = update(cohorts).where(cohorts.c.id == cohort_id, *window)
        return self._count(counted.values(applications_taken=cohorts.c.applications_taken + 1))

    def announced(self, request: PageRequest, now: datetime, today: date, language: str) -> Page[Cohort]:
        """One page of those anybody can apply to, now or soon. Filters: campus, course, phase (taking, upcoming)."""
        announced = (cohorts.c.state == "open", cohorts.c.applications_until > now, cohorts.c.ends_on >= today)
        statement = _searched(select(Cohort), request).where(*announced)
        if (phase := request.filtered("phase")) in {"taking", "upcoming"}:
            statement = statement.where(*_in_phase(phase, now, today))
        return page(self.uow, _ordered(statement, request.sort or "until", language), request)

    def announced_campuses(self, now: datetime) -> frozenset[UUID]:
        """The campuses of those anybody can apply to."""
        announced = (cohorts.c.state == "open", cohorts.c.applications_until > now)
        return frozenset(self.uow.session.scalars(select(cohorts.c.campus_id).where(*announced).distinct()))

    def listed(
        self, request: PageRequest, reach: Reach | None, now: datetime, today: date, language: str
    ) -> Page[Cohort]:
        """One page of those within ``reach`` (None: all). Filters: campus, course, phase. Sorts: SORTS, title."""
        statement = _within(_searched(select(Cohort), request), reach)
        if phase := request.filtered("phase"):
            statement = statement.where(*_in_phase(phase, now, today))
        return page(self.uow, _ordered(statement, request.sort or "-starts", language), request)

    def counts(self, ids: Iterable[UUID]) -> Mapping[tuple[UUID, str], int]:
        """How many applications are in each state, by cohort and state, in one query."""
        grouped = select(applications.c.cohort_id, applications.c.state, func.count())
        grouped = grouped.where(applications.c.cohort_id.in_(list(ids)))
        rows = self.uow.session.execute(grouped.group_by(applications.c.cohort_id, applications.c.state))
        return {(cohort_id, state): count for cohort_id, state, count in rows}

    def submitted_within(self, reach: Reach | None) -> list[tuple[UUID, int]]:
        """Cohorts within ``reach`` whose applications wait for a decision, with how many; the earliest start first."""
        waits = select(cohorts.c.id, func.count()).join(applications, applications.c.cohort_id == cohorts.c.id)
        waits = _within(waits.where(applications.c.state == "submitted", cohorts.c.state != "cancelled"), reach)
        ordered = waits.group_by(cohorts.c.id, cohorts.c.starts_on).order_by(cohorts.c.starts_on, cohorts.c.id)
        return [(cohort_id, count) for cohort_id, count in self.uow.session.execute(ordered)]

    def _count(self, statement: Any) -> int | None:
        returned = statement.returning(cohorts.c.places_taken, cohorts.c.applications_taken)
        row = self.uow.session.execute(returned, execution_options={"synchronize_session": False}).first()
        return None if row is None else int(row.applications_taken)


def _searched(statement: Select[Any], request: PageRequest) -> Select[Any]:
    if request.search:
        columns = (cohorts.c.title_ko, cohorts.c.title_en)
        statement = statement.where(or_(*(one.icontains(request.search, autoescape=True) for one in columns)))
    for name, column in (("campus", cohorts.c.campus_id), ("course", cohorts.c.course_id)):
        if chosen := request.filtered(name):
            statement = statement.where(column == _uuid(chosen))
    return statement


def _ordered(statement: Select[Any], sort: str, language: str) -> Select[Any]:
    title = cohorts.c.title_ko if language == "ko" else cohorts.c.title_en
    column = SORTS.get(sort.removeprefix("-"), title)
    return statement.order_by(column.desc() if sort.startswith("-") else column, cohorts.c.id)


def _within(statement: Select[Any], reach: Reach | None) -> Select[Any]:
    if reach is None:
        return statement
    return statement.where(
        or_(
            cohorts.c.course_id.in_(reach.courses),
            cohorts.c.campus_id.in_(reach.campuses),
            cohorts.c.id.in_(reach.cohorts),
        )
    )


def _in_phase(phase: str, now: datetime, today: date) -> tuple[ColumnElement[bool], ...]:
    """The same division as Cohort.phase, for the database."""
    running = cohorts.c.state.in_(("open", "closed"))
    over = or_(cohorts.c.state == "closed", cohorts.c.applications_until <= now)
    last = cohorts.c.ends_on >= today
    awaited = (cohorts.c.state == "open", cohorts.c.applications_until > now, last)
    return {
        "upcoming": (*awaited, cohorts.c.applications_from > now),
        "taking": (*awaited, cohorts.c.applications_from <= now),
        "selecting": (running, over, cohorts.c.starts_on > today, last),
        "running": (running, over, cohorts.c.starts_on <= today, last),
        "finished": (running, cohorts.c.ends_on < today),
    }.get(phase, (cohorts.c.state == phase,))


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None
