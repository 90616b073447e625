"""The SQL of applications and of the line they stand in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from lms_core.enrolment.domain.applications import LIVE, Application, ApplicationNotFound, AppliedAlready
from lms_core.enrolment.tables import applications
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.uow import UnitOfWork

SORTS = {"number": applications.c.number, "applied": applications.c.applied_at, "state": applications.c.state}


@dataclass(frozen=True)
class Applications:
    """Applications inside one unit of work."""

    uow: UnitOfWork

    def add(self, application: Application) -> None:
        """Keep a new one. Raises AppliedAlready if the person has a live one for the cohort."""
        self.uow.session.add(application)
        try:
            self.uow.session.flush()
        except IntegrityError as taken:
            raise AppliedAlready from taken

    def get(self, application_id: UUID) -> Application:
        """The application. Raises ApplicationNotFound."""
        found = self.uow.session.get(Application, application_id, populate_existing=True)
        if found is None:
            raise ApplicationNotFound
        return found

    def several(self, cohort_id: UUID, ids: Iterable[UUID]) -> list[Application]:
        """Applications of one cohort in the order of their numbers. Raises ApplicationNotFound if one is missing."""
        wanted = set(ids)
        found = list(
            self.uow.session.scalars(
                select(Application)
                .where(applications.c.cohort_id == cohort_id, applications.c.id.in_(wanted))
                .order_by(applications.c.number),
                execution_options={"populate_existing": True},
            )
        )
        if len(found) != len(wanted):
            raise ApplicationNotFound
        return found

    def line(self, cohort_id: UUID, limit: int) -> list[Application]:
        """The first ``limit`` of those who wait for a place: who applied first stands first."""
        waiting = select(Application).where(applications.c.cohort_id == cohort_id, applications.c.state == "waiting")
        fresh = {"populate_existing": True}
        return list(
            self.uow.session.scalars(waiting.order_by(applications.c.number).limit(limit), execution_options=fresh)
        )

    def positions(self, ids: Iterable[UUID]) -> Mapping[UUID, int]:
        """Places in the line (from 1) of those among ``ids`` who wait, in one query."""
        mine = applications.alias("mine")
        ahead = select(mine.c.id, func.count()).join(
            applications,
            (applications.c.cohort_id == mine.c.cohort_id)
            & (applications.c.state == "waiting")
            & (applications.c.number <= mine.c.number),
        )
        counted = ahead.where(mine.c.id.in_(list(ids)), mine.c.state == "waiting").group_by(mine.c.id)
        return {identifier: count for identifier, count in self.uow.session.execute(counted)}  # noqa: C416 rows are no pairs to mypy

    def of_cohort(self, cohort_id: UUID, request: PageRequest) -> Page[Application]:
        """One page of a cohort's applications. Filter: state. Sorts: number, applied, state."""
        statement = select(Application).where(applications.c.cohort_id == cohort_id)
        if state := request.filtered("state"):
            statement = statement.where(applications.c.state == state)
        column = SORTS.get(request.sort.removeprefix("-"), applications.c.number)
        order = column.desc() if request.sort.startswith("-") else column
        return page(self.uow, statement.order_by(order, applications.c.number), request)

    def of_person(self, person_id: UUID, request: PageRequest) -> Page[Application]:
        """One page of a person's applications, the newest first."""
        mine = select(Application).where(applications.c.person_id == person_id)
        return page(self.uow, mine.order_by(applications.c.applied_at.desc(), applications.c.id.desc()), request)

    def live_of(self, person_id: UUID) -> list[Application]:
        """What a person waits for or has got, the newest first."""
        mine = select(Application).where(applications.c.person_id == person_id, applications.c.state.in_(LIVE))
        return list(self.uow.session.scalars(mine.order_by(applications.c.applied_at.desc())))

    def applied(self, cohort_ids: Iterable[UUID], person_ids: Iterable[UUID]) -> frozenset[tuple[UUID, UUID]]:
        """Which of these persons have a live application for which of these cohorts, in one query."""
        wanted = select(applications.c.cohort_id, applications.c.person_id).where(
            applications.c.cohort_id.in_(list(cohort_ids)),
            applications.c.person_id.in_(list(person_ids)),
            applications.c.state.in_(LIVE),
        )
        return frozenset((cohort_id, person_id) for cohort_id, person_id in self.uow.session.execute(wanted))

    def lock_persons(self, person_ids: Iterable[UUID]) -> None:
        """Keep other cohorts from giving these persons a place until this unit of work ends.

        Comes right after the cohort's own lock, for all persons at once and in one order: so two of them never wait
        for each other.
        """
        theirs = select(applications.c.id).where(applications.c.person_id.in_(set(person_ids)))
        self.uow.session.execute(theirs.order_by(applications.c.id).with_for_update()).all()

    def decline_all(self, cohort_id: UUID) -> None:
        """Decline whoever still hopes: their cohort was cancelled."""
        hoping = (applications.c.cohort_id == cohort_id, applications.c.state.in_(("submitted", "waiting")))
        values = {"state": "declined", "held": None, "decided_at": self.uow.clock.now()}
        self.uow.session.execute(update(applications).where(*hoping).values(**values))
