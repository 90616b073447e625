"""What others get to see of visits: the course page, the home page, an activity, the gate before publishing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from lms_core.catalog.service import CourseDirectory
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Refusal
from lms_core.foundation.scopes import Scopes
from lms_core.foundation.settings import Settings
from lms_core.foundation.text import Text, Titles
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.organisation.service import OrganisationService
from university_outreach.domain import ACTIVITY, Agreement, Visit, missing, next_visit, reason_against
from university_outreach.repository import Agreements, Visits

# From when on a visit is what its course is about.
EVE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class VisitFound:
    """A visit with what people call its course and its host, what it still lacks, and how many days are left."""

    visit: Visit
    course: Titles
    university: Titles | None
    agreement: Agreement | None
    missing: tuple[Text, ...]
    days: int | None = None


@dataclass(frozen=True)
class VisitReader:
    """Reads visits. The caller has checked who may see them."""

    work: Work
    clock: Clock
    settings: Settings
    courses: CourseDirectory
    organisations: OrganisationService

    def reason_against(self, course_id: UUID, kinds: Sequence[str]) -> Refusal | None:
        """Why this course cannot be published as far as its visits are concerned."""
        with self.work.read() as uow:
            planned = Visits(uow).planned([course_id])
            hosts = Agreements(uow).of(visit.agreement_id for visit in planned)
        return reason_against(kinds, [missing(visit, _host(visit, hosts), self._zone) for visit in planned])

    def of_course(self, course_id: UUID) -> list[VisitFound]:
        """The planned visits of a course, the earliest first."""
        with self.work.read() as uow:
            return self.described(uow, Visits(uow).planned([course_id]))

    def landing(self, course_id: UUID) -> UUID | None:
        """The course's activity that tells of its visits, from a day before one begins until it ends."""
        now, visits = self.clock.now(), [found.visit for found in self.of_course(course_id) if not found.missing]
        coming = next_visit(visits, now)
        revision = self.courses.published([course_id]).get(course_id)
        if revision is None or not coming or not coming.starts_at or coming.starts_at - now > EVE:
            return None
        told = (one.id for module in revision.content.modules for one in module.activities if one.kind == ACTIVITY)
        return next(told, None)

    def next_of(self, viewer_scopes: Scopes) -> VisitFound | None:
        """The next visit of any course that somebody with these scopes belongs to."""
        ids = [UUID(scope.id) for scope in viewer_scopes if scope.kind == "course"]
        if not ids:
            return None
        with self.work.read() as uow:
            coming = next_visit(Visits(uow).planned(ids), self.clock.now())
            return self.described(uow, [coming])[0] if coming else None

    def described(self, uow: UnitOfWork, found: Iterable[Visit]) -> list[VisitFound]:
        """These visits with the titles around them, in four queries however many there are."""
        visits = list(found)
        hosts = Agreements(uow).of(visit.agreement_id for visit in visits)
        courses = self.courses.titles(visit.course_id for visit in visits)
        universities = self.organisations.titles(host.university_id for host in hosts.values())
        made = []
        for visit in visits:
            host = _host(visit, hosts)
            university = universities.get(host.university_id) if host else None
            lacks = missing(visit, host, self._zone)
            days = (visit.starts_at - self.clock.now()).days if visit.starts_at else None
            course = courses.get(visit.course_id, Titles("", ""))
            made.append(VisitFound(visit, course, university, host, lacks, days))
        return made

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.time_zone)


def _host(visit: Visit, hosts: Mapping[UUID, Agreement]) -> Agreement | None:
    return hosts.get(visit.agreement_id) if visit.agreement_id else None
