"""The SQL of places that people have or had."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from lms_core.enrolment.domain.applications import Enrolment, EnrolmentNotFound
from lms_core.enrolment.domain.eligibility import PastCourse
from lms_core.enrolment.domain.standing import Attending
from lms_core.enrolment.tables import applications, cohorts, enrolments
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import UnitOfWork

SORTS = {"number": applications.c.number, "enrolled": enrolments.c.enrolled_at}


@dataclass(frozen=True)
class Enrolments:
    """Enrolments inside one unit of work."""

    uow: UnitOfWork

    def add(self, enrolment: Enrolment) -> None:
        """Keep a new one."""
        self.uow.session.add(enrolment)
        self.uow.session.flush()

    def get(self, enrolment_id: UUID) -> Enrolment:
        """The enrolment as it is now. Raises EnrolmentNotFound."""
        found = self.uow.session.get(Enrolment, enrolment_id, populate_existing=True)
        if found is None:
            raise EnrolmentNotFound
        return found

    def of_application(self, application_id: UUID) -> Enrolment:
        """The place that an application led to. Raises EnrolmentNotFound."""
        found = self.uow.session.scalar(select(Enrolment).where(enrolments.c.application_id == application_id))
        if found is None:
            raise EnrolmentNotFound
        return found

    def listed(self, cohort_id: UUID, request: PageRequest) -> Page[tuple[Enrolment, int]]:
        """One page of a cohort's places with the number of each application. Filter: state (active if left out)."""
        statement = select(Enrolment, applications.c.number).join(
            applications, applications.c.id == enrolments.c.application_id
        )
        state = request.filtered("state") or "active"
        statement = statement.where(enrolments.c.cohort_id == cohort_id, enrolments.c.state == state)
        column = SORTS.get(request.sort.removeprefix("-"), applications.c.number)
        order = column.desc() if request.sort.startswith("-") else column
        return page(self.uow, statement.order_by(order, enrolments.c.id), request).map(lambda row: (row[0], row[1]))

    def past(self, person_ids: Iterable[UUID], zone: ZoneInfo) -> dict[UUID, tuple[PastCourse, ...]]:
        """Every course that each of these persons has or had a place in, in one query."""
        wanted = list(person_ids)
        columns = (enrolments.c.person_id, enrolments.c.ended_at, cohorts.c.id, cohorts.c.starts_on, cohorts.c.ends_on)
        statement = select(*columns).join(cohorts, cohorts.c.id == enrolments.c.cohort_id)
        gathered: dict[UUID, tuple[PastCourse, ...]] = dict.fromkeys(wanted, ())
        for row in self.uow.session.execute(statement.where(enrolments.c.person_id.in_(wanted))):
            gathered[row.person_id] = (*gathered[row.person_id], _past(row, zone))
        return gathered

    def attending(self, person_id: UUID) -> list[Attending]:
        """The places a person has now, the latest start first."""
        mine = _attending().where(enrolments.c.person_id == person_id)
        return [_place(row) for row in self.uow.session.execute(mine.order_by(cohorts.c.starts_on.desc()))]

    def attending_course(self, person_id: UUID, course_id: UUID) -> Attending | None:
        """The place a person has in a course now; the latest start, should there be several."""
        mine = _attending().where(enrolments.c.person_id == person_id, cohorts.c.course_id == course_id)
        row = self.uow.session.execute(mine.order_by(cohorts.c.starts_on.desc()).limit(1)).first()
        return _place(row) if row else None

    def persons(self, cohort_id: UUID) -> list[UUID]:
        """Everybody with a place in a cohort now, in the order of their applications."""
        mine = select(enrolments.c.person_id).join(applications, applications.c.id == enrolments.c.application_id)
        here = mine.where(enrolments.c.cohort_id == cohort_id, enrolments.c.state == "active")
        return list(self.uow.session.scalars(here.order_by(applications.c.number)))


def _attending() -> Select[Any]:
    columns = (cohorts.c.id, cohorts.c.course_id, cohorts.c.title_ko, cohorts.c.title_en)
    days = (cohorts.c.campus_id, cohorts.c.starts_on, cohorts.c.ends_on, enrolments.c.person_id)
    joined = select(*columns, *days).join_from(enrolments, cohorts, cohorts.c.id == enrolments.c.cohort_id)
    return joined.where(enrolments.c.state == "active", cohorts.c.state != "cancelled")


def _place(row: Any) -> Attending:
    titles = Titles(row.title_ko, row.title_en)
    where = (row.id, row.course_id, row.campus_id)
    return Attending(row.person_id, *where, titles, row.starts_on, row.ends_on)


def _past(row: Any, zone: ZoneInfo) -> PastCourse:
    return PastCourse(row.id, row.starts_on, row.ends_on, _day(row.ended_at, zone))


def _day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None
