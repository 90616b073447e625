"""Cohorts: announcing, describing and finding them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from lms_core.catalog.service import CourseDirectory
from lms_core.enrolment.domain.cohorts import (
    Cohort,
    CohortChanged,
    CohortChangedMeanwhile,
    CohortDetails,
    CohortNotFound,
    check_details,
)
from lms_core.enrolment.domain.names import DECIDE_APPLICATION, MANAGE_COHORT, SEE_COHORT
from lms_core.enrolment.domain.standing import CohortListed
from lms_core.enrolment.repository import Applications, Cohorts
from lms_core.enrolment.service.eligibility import Eligibility
from lms_core.enrolment.service.places import PlaceService
from lms_core.enrolment.service.reach import Whereabouts, scopes_of
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Invalid
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.scopes import Scopes
from lms_core.foundation.text import Titles, text
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.organisation.service import CampusService


@dataclass(frozen=True)
class CohortService:
    """What can be done with cohorts."""

    work: Work
    eligibility: Eligibility
    where: Whereabouts
    campuses: CampusService
    courses: CourseDirectory
    places: PlaceService

    def announced(self, actor: Actor, request: PageRequest) -> Page[CohortListed]:
        """Those anybody can apply to, now or soon. Filters: campus, course, phase. Sorts: until, starts, title."""
        actor.require_person()
        now, today = self.eligibility.moment(), self.eligibility.today()
        with self.work.read() as uow:
            found = Cohorts(uow).announced(request, now, today, actor.language)
        return self._titled(found)

    def announced_campuses(self) -> frozenset[UUID]:
        """The campuses that have an announced cohort, to filter by."""
        with self.work.read() as uow:
            return Cohorts(uow).announced_campuses(self.eligibility.moment())

    def find(self, actor: Actor, request: PageRequest) -> Page[CohortListed]:
        """Those the actor may see as staff, with counts. Filters: campus, course, phase."""
        reach = self.where.reach(actor, SEE_COHORT)
        now, today = self.eligibility.moment(), self.eligibility.today()
        with self.work.read() as uow:
            found = Cohorts(uow).listed(request, reach, now, today, actor.language)
            counts = Cohorts(uow).counts(one.id for one in found.items)
        return self._titled(found, counts)

    def get(self, actor: Actor, cohort_id: UUID) -> CohortListed:
        """One cohort as staff see it. Raises CohortNotFound, also where the actor may not see it."""
        with self.work.read() as uow:
            cohort = Cohorts(uow).get(cohort_id)
            if not actor.may(SEE_COHORT, scopes_of(uow, cohort)):
                raise CohortNotFound
            counts = Cohorts(uow).counts([cohort_id])
        return self._titled(Page([cohort], 1, 1, 1), counts).items[0]

    def shown(self, actor: Actor, cohort_id: UUID) -> CohortListed:
        """One cohort as anybody who is signed in sees it: announced ones, and what staff may see besides."""
        actor.require_person()
        with self.work.read() as uow:
            cohort = Cohorts(uow).get(cohort_id)
            if cohort.state != "open" and not actor.may(SEE_COHORT, scopes_of(uow, cohort)):
                raise CohortNotFound
        return self._titled(Page([cohort], 1, 1, 1)).items[0]

    def several(self, ids: Sequence[UUID]) -> dict[UUID, CohortListed]:
        """Cohorts by id with their titles, whoever asks: they stand beside what people may see."""
        with self.work.read() as uow:
            found = list(Cohorts(uow).several(ids).values())
        return {one.cohort.id: one for one in self._titled(Page(found, len(found), 1, 1)).items}

    def titles(self, ids: Sequence[UUID]) -> Mapping[UUID, Titles]:
        """What cohorts are called, whoever asks."""
        return {one: listed.name for one, listed in self.several(ids).items()}

    def scopes(self, cohort_id: UUID) -> Scopes:
        """The scope set of a cohort. Raises CohortNotFound."""
        with self.work.read() as uow:
            return scopes_of(uow, Cohorts(uow).get(cohort_id))

    def add(self, actor: Actor, course_id: UUID, campus_id: UUID, details: CohortDetails) -> Cohort:
        """Plan a cohort, as a draft. Raises Forbidden, Invalid, NumberTaken."""
        self._require_known(actor, course_id, campus_id)
        check_details(details)
        cohort = _new(course_id, campus_id, details)
        with self.work.write() as uow:
            on = scopes_of(uow, cohort)
            actor.require(MANAGE_COHORT, on)
            Cohorts(uow).add(cohort)
            uow.record(CohortChanged(cohort.id, cohort.state), actor, on)
            uow.commit()
        return cohort

    def change(self, actor: Actor, cohort_id: UUID, details: CohortDetails, version: int) -> Cohort:
        """Describe it anew; places that this adds go to the line at once. Raises Conflict, Invalid, FewerThanTaken."""
        check_details(details)
        with self.work.write() as uow:
            cohort, on = managed(uow, actor, cohort_id)
            if cohort.version != version:
                raise CohortChangedMeanwhile(facts={"version": str(cohort.version)})
            cohort.describe(details)
            Cohorts(uow).save()
            uow.record(CohortChanged(cohort.id, cohort.state), actor, on)
            uow.commit()
        self.places.fill(cohort_id, "capacity")
        return cohort

    def move(self, actor: Actor, cohort_id: UUID, state: str) -> Cohort:
        """Announce, close or cancel it. Whoever still hopes when it is cancelled is declined. Raises CohortMoved."""
        with self.work.write() as uow:
            cohort, on = managed(uow, actor, cohort_id)
            cohort.move(state)
            if state == "cancelled":
                Applications(uow).decline_all(cohort_id)
            uow.record(CohortChanged(cohort.id, cohort.state), actor, on)
            uow.commit()
        return cohort

    def undecided(self, actor: Actor) -> list[tuple[CohortListed, int]]:
        """Cohorts with applications that the actor could decide on, with how many; the earliest start first."""
        if not actor.almighty and not actor.where(DECIDE_APPLICATION):
            return []
        reach = self.where.reach(actor, DECIDE_APPLICATION)
        with self.work.read() as uow:
            waiting = Cohorts(uow).submitted_within(reach)
        known = self.several([cohort_id for cohort_id, _ in waiting])
        return [(known[cohort_id], count) for cohort_id, count in waiting]

    def _titled(self, found: Page[Cohort], counts: object = None) -> Page[CohortListed]:
        known = counts if isinstance(counts, dict) else {}
        now, today = self.eligibility.moment(), self.eligibility.today()
        courses = self.courses.titles(one.course_id for one in found.items)
        campuses = self.campuses.titles(one.campus_id for one in found.items)

        def listed(one: Cohort) -> CohortListed:
            waits = (known.get((one.id, "submitted"), 0), known.get((one.id, "waiting"), 0))
            return CohortListed(one, courses[one.course_id], campuses[one.campus_id], one.phase(now, today), *waits)

        return found.map(listed)

    def _require_known(self, actor: Actor, course_id: UUID, campus_id: UUID) -> None:
        wrong = {}
        if campus_id not in {one.id for one in self.campuses.choices(actor, MANAGE_COHORT)}:
            wrong["campus_id"] = (text("Choose a campus where you run cohorts."),)
        # Whoever gives a place in a course opens it to people: so it has to be open to them, too.
        if course_id not in self.courses.offered(actor):
            wrong["course_id"] = (text("Choose a published course that you may read."),)
        if wrong:
            raise Invalid(fields=wrong)


def managed(uow: UnitOfWork, actor: Actor, cohort_id: UUID) -> tuple[Cohort, Scopes]:
    """The locked cohort for somebody who may run it, with its scopes. Raises CohortNotFound, Forbidden."""
    cohort = Cohorts(uow).lock(cohort_id)
    on = scopes_of(uow, cohort)
    if not actor.may(SEE_COHORT, on):
        raise CohortNotFound
    actor.require(MANAGE_COHORT, on)
    return cohort, on


def _new(course_id: UUID, campus_id: UUID, told: CohortDetails) -> Cohort:
    window = (told.applications_from, told.applications_until)
    days = (told.starts_on, told.ends_on)
    named = (told.number, told.titles, told.capacity)
    return Cohort(new_id(), course_id, campus_id, *named, *window, *days)
