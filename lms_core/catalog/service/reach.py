"""Where a course lies, and who reaches it from there."""

from uuid import UUID

from lms_core.catalog.domain import Course, CourseNotFound
from lms_core.catalog.repository import Courses, Reach
from lms_core.foundation.actors import Actor
from lms_core.foundation.scopes import SITE, Scopes, scopes
from lms_core.foundation.uow import UnitOfWork
from lms_core.organisation.service import campus_scopes, campuses_hosted_by

READ = "catalog.read_course"
AUTHOR = "catalog.author_course"
PUBLISH = "catalog.publish_course"
CREATE = "catalog.create_course"


def course_scopes(uow: UnitOfWork, course_id: UUID) -> Scopes | None:
    """The scope set of a course, or None if there is none."""
    course = Courses(uow).find(course_id)
    return scopes_of(uow, course) if course else None


def scopes_of(uow: UnitOfWork, course: Course) -> Scopes:
    """The course itself, its organisation, its campus and the hosts of that campus."""
    own = scopes(course=course.id, organisation=course.organisation_id)
    return own | (campus_scopes(uow, course.campus_id) or own if course.campus_id else own)


def reach_of(uow: UnitOfWork, actor: Actor, permission: str) -> Reach | None:
    """Where ``actor`` holds ``permission``, as lists of courses narrow by it; None for everywhere."""
    places = actor.where(permission)
    if SITE in places:
        return None
    ids = {
        kind: frozenset(UUID(place.id) for place in places if place.kind == kind)
        for kind in ("course", "campus", "organisation")
    }
    hosted = campuses_hosted_by(uow, ids["organisation"])
    return Reach(ids["course"], ids["campus"] | hosted, ids["organisation"])


def authored(uow: UnitOfWork, actor: Actor, course: Course) -> Scopes:
    """The scopes of a course that ``actor`` may write. Raises NotFound: a draft is nobody else's to know."""
    on = scopes_of(uow, course)
    if not actor.may(AUTHOR, on):
        raise CourseNotFound
    return on
