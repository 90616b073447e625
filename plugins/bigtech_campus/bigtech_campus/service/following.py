"""How cohorts and activities stand to the programme that their course follows, and what a new publication changes."""

from dataclasses import dataclass
from uuid import UUID

from bigtech_campus.domain import SEE, Agreement, Programme, covering
from bigtech_campus.repository import Agreements
from bigtech_campus.service.terms import TermsService
from lms_core.catalog.domain import ActivityNotFound
from lms_core.catalog.service import CourseDirectory
from lms_core.enrolment.domain.cohorts import CohortNotFound
from lms_core.enrolment.service import CohortService
from lms_core.foundation.actors import Actor
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import Work


@dataclass(frozen=True, slots=True)
class CohortTerms:
    """A cohort of a programme, with the agreement that lets it begin; None where the partner has not agreed."""

    programme: Programme
    campus_id: UUID
    agreement: Agreement | None


@dataclass(frozen=True, slots=True)
class ProgrammePart:
    """A module of a course that came from a programme: its title there, and whether no course may lack it."""

    programme: Programme
    module: Titles
    required: bool


@dataclass(frozen=True)
class FollowingService:
    """Reads what other pages show of a programme, and hears of courses that were published."""

    work: Work
    courses: CourseDirectory
    cohorts: CohortService
    terms: TermsService

    def cohort(self, actor: Actor, cohort_id: UUID) -> CohortTerms | None:
        """A cohort's terms, for those who may see agreements there; None for a cohort of any other course."""
        try:
            cohort = self.cohorts.get(actor, cohort_id).cohort
        except CohortNotFound:
            return None
        known = self.terms.of_course(cohort.course_id)
        if known is None or not actor.may(SEE, self.cohorts.scopes(cohort_id)):
            return None
        with self.work.read() as uow:
            given = Agreements(uow).standing(cohort.campus_id, cohort.course_id)
        return CohortTerms(known[0], cohort.campus_id, covering(given, cohort.starts_on))

    def activity(self, course_id: UUID, activity_id: UUID) -> ProgrammePart | None:
        """The part of the programme in which an activity stands; None for what the course's authors added."""
        known, revision = self.terms.of_course(course_id), self.courses.published([course_id]).get(course_id)
        if known is None or revision is None:
            return None
        try:
            key = revision.step(activity_id).module.curriculum_key
        except ActivityNotFound:
            return None
        modules = known[0].curriculum.modules
        return next((ProgrammePart(known[0], one.title, one.required) for one in modules if one.key == key), None)

    def published(self, course_id: UUID) -> None:
        """A course was published: agreements to it are on an earlier form, unless it is the first one."""
        revision = self.courses.published([course_id]).get(course_id)
        if revision is None or revision.number == 1 or self.terms.of_course(course_id) is None:
            return
        with self.work.write() as uow:
            for agreement in Agreements(uow).of_course(course_id):
                agreement.course_changed(revision.published_at)
            uow.commit()
