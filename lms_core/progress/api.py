"""The JSON API of progress."""

from typing import Any
from uuid import UUID

from lms_core.foundation.paging import Page, whole
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.api import ApiBlueprint, PageIn, page_of
from lms_core.foundation.web.schemas import page_request
from lms_core.progress.domain import SEE_PROGRESS, CourseProgress, Learner
from lms_core.progress.schemas import CourseProgressOut, LearnerOut, MarkedOut
from lms_core.progress.service import CohortProgressService, ProgressService, StandingService

api = ApiBlueprint("progress", __name__, "What has been done of a course")


@api.get("/courses")
@api.response(200, page_of(CourseProgressOut))
@access(SIGNED_IN, scope="own")
def courses() -> Page[CourseProgress]:
    """How far one has come in each course in which one has a place."""
    return whole(provide(StandingService).mine(current_actor()))


@api.get("/courses/<uuid:course_id>")
@api.response(200, CourseProgressOut)
@access(SIGNED_IN, scope="own")
def course(course_id: UUID) -> CourseProgress:
    """How far one has come in one course."""
    return provide(StandingService).in_course(current_actor(), course_id)


@api.post("/activities/<uuid:activity_id>/done")
@api.response(200, MarkedOut)
@api.alt_response(409, description="The activity is done by its result, not by saying so")
@access(SIGNED_IN, scope="own")
def mark(activity_id: UUID) -> dict[str, Any]:
    """Mark an activity of one's own courses as done. Marking it again changes nothing."""
    course_id, following = provide(ProgressService).mark(current_actor(), activity_id)
    return {"course_id": course_id, "next_activity_id": following}


@api.get("/cohorts/<uuid:cohort_id>")
@api.arguments(PageIn, location="query")
@api.response(200, page_of(LearnerOut))
@access(SEE_PROGRESS, scope="cohort:cohort_id")
def cohort(query: dict[str, Any], cohort_id: UUID) -> Page[Learner]:
    """How far the people of a cohort have come. Sorts: name, progress, last, completed, each with - for down."""
    found, _ = provide(CohortProgressService).table(current_actor(), cohort_id, page_request(query))
    return found
