"""Publishing, revisions, and going back."""

from typing import Any
from uuid import UUID

from lms_core.catalog.api import api
from lms_core.catalog.domain import PublishCourse, Revision
from lms_core.catalog.schemas import PublicationIn, PublicationOut, PublishedCourseOut, RevisionOut
from lms_core.catalog.service import PublicationPreview, PublishingService
from lms_core.foundation.paging import Page
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.api import PageIn, page_of
from lms_core.foundation.web.schemas import page_request

AUTHOR = "catalog.author_course"
PUBLISH = "catalog.publish_course"


@api.get("/drafts/<uuid:course_id>/publication")
@api.response(200, PublicationOut)
@access(AUTHOR, scope="course:course_id")
def preview(course_id: UUID) -> PublicationPreview:
    """What publishing would change, and what stands against it."""
    return provide(PublishingService).preview(current_actor(), course_id)


@api.post("/drafts/<uuid:course_id>/publication")
@api.arguments(PublicationIn)
@api.response(201, RevisionOut)
@api.alt_response(409, description="Something stands against it, or the draft is no longer what you looked at")
@access(PUBLISH, scope="course:course_id")
def publish(data: dict[str, Any], course_id: UUID) -> Revision:
    """Publish the draft; all reasons against it are given together."""
    return provide(PublishingService).publish(current_actor(), PublishCourse(course_id, data["note"], data["digest"]))


@api.get("/drafts/<uuid:course_id>/revisions")
@api.arguments(PageIn, location="query")
@api.response(200, page_of(RevisionOut))
@access(AUTHOR, scope="course:course_id")
def revisions(query: dict[str, Any], course_id: UUID) -> Page[Revision]:
    """The revisions of a course, the newest first."""
    return provide(PublishingService).revisions(current_actor(), course_id, page_request(query))


@api.get("/drafts/<uuid:course_id>/revisions/<int(min=1, max=1000000):number>")
@api.response(200, PublishedCourseOut)
@access(AUTHOR, scope="course:course_id")
def revision(course_id: UUID, number: int) -> Revision:
    """What a revision says, as an outline."""
    return provide(PublishingService).revision(current_actor(), course_id, number)[0]


@api.post("/drafts/<uuid:course_id>/revisions/<int(min=1, max=1000000):number>/restoration")
@api.response(201, RevisionOut)
@access(PUBLISH, scope="course:course_id")
def restore(course_id: UUID, number: int) -> Revision:
    """Publish an old revision again, as a new one."""
    return provide(PublishingService).restore(current_actor(), course_id, number)
