"""What is published."""

from typing import Any
from uuid import UUID

from lms_core.catalog.api import api
from lms_core.catalog.domain import Revision
from lms_core.catalog.schemas import CourseListedOut, PublishedActivityOut, PublishedCourseOut, PublishedQuery
from lms_core.catalog.service import ActivityRead, CourseListed, ReadingService
from lms_core.foundation.paging import Page
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.api import page_of
from lms_core.foundation.web.schemas import page_request
from lms_core.hooks.site import Viewer

READ = "catalog.read_course"


@api.get("/courses")
@api.arguments(PublishedQuery, location="query")
@api.response(200, page_of(CourseListedOut))
@access(SIGNED_IN)
def courses(query: dict[str, Any]) -> Page[CourseListed]:
    """All published courses. Sorts: title, newest."""
    return provide(ReadingService).browse(current_actor(), page_request(query, "campus", given=query))


@api.get("/courses/<uuid:course_id>")
@api.response(200, PublishedCourseOut)
@access(READ, scope="course:course_id")
def course(course_id: UUID) -> Revision:
    """What is published of a course that is open to you."""
    return provide(ReadingService).course(current_actor(), course_id)[0]


@api.get("/courses/<uuid:course_id>/activities/<uuid:activity_id>")
@api.response(200, PublishedActivityOut)
@access(READ, scope="course:course_id")
def activity(course_id: UUID, activity_id: UUID) -> ActivityRead:
    """One activity of a course that is open to you."""
    actor = current_actor()
    viewer = Viewer(actor.require_person(), actor.language, actor.places)
    return provide(ReadingService).activity(actor, viewer, course_id, activity_id)
