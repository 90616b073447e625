"""Where a cohort belongs, and where somebody may see cohorts."""

from dataclasses import dataclass
from uuid import UUID

from lms_core.catalog.service import CourseDirectory, course_scopes
from lms_core.enrolment.domain.cohorts import Cohort
from lms_core.enrolment.repository import Cohorts, Reach
from lms_core.foundation.actors import Actor
from lms_core.foundation.scopes import EVERYWHERE, Scopes, scopes
from lms_core.foundation.uow import UnitOfWork
from lms_core.organisation.service import CampusService, campus_scopes


@dataclass(frozen=True)
class Whereabouts:
    """Asks the rooms that know places and courses."""

    campuses: CampusService
    courses: CourseDirectory

    def reach(self, actor: Actor, permission: str) -> Reach | None:
        """What ``permission`` reaches for the actor; None for everything. A partner reaches its own campuses."""
        cohorts = actor.ids_where(permission, "cohort")
        if cohorts is None:
            return None
        campuses = frozenset(one.id for one in self.campuses.choices(actor, permission))
        return Reach(self.courses.within(actor, permission) or frozenset(), campuses, cohorts)


def scopes_of(uow: UnitOfWork, cohort: Cohort) -> Scopes:
    """The scope set of a cohort: its organisations, campus, course, and itself."""
    campus = campus_scopes(uow, cohort.campus_id) or EVERYWHERE
    return campus | (course_scopes(uow, cohort.course_id) or EVERYWHERE) | scopes(cohort=cohort.id)


def cohort_scopes(uow: UnitOfWork, cohort_id: UUID) -> Scopes | None:
    """The scope set of the cohort with this id, or None if there is none."""
    cohort = Cohorts(uow).find(cohort_id)
    return scopes_of(uow, cohort) if cohort else None
