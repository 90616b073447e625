"""Publishing: what would change and what stands against it, the revisions, going back to one."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.catalog.domain import PublishCourse, Revision
from lms_core.catalog.pages import pages
from lms_core.catalog.pages.parts import told
from lms_core.catalog.schemas import PublicationIn
from lms_core.catalog.service import DraftService, PublishingService
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.api import PageIn
from lms_core.foundation.web.forms import form_view
from lms_core.foundation.web.schemas import load, page_request
from lms_core.people.service import DirectoryService

AUTHOR = "catalog.author_course"
PUBLISH = "catalog.publish_course"


@pages.route("/authoring/<uuid:course_id>/publish", methods=["GET", "POST"])
@access(AUTHOR, scope="course:course_id")
def publish(course_id: UUID) -> ResponseReturnValue:
    """Look at what would change and at every reason against it; then publish."""
    actor, service = current_actor(), provide(PublishingService)
    course = provide(DraftService).get(actor, course_id)
    seen = service.preview(actor, course_id)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        made = service.publish(actor, PublishCourse(course_id, data["note"], data["digest"]))
        message = text("Revision %(number)s is published. Learners read it from now on.", number=made.number)
        return told(url_for("catalog.revisions", course_id=course_id), message)

    may = actor.may(PUBLISH, seen.on)
    values = {"digest": seen.digest}
    return form_view(PublicationIn(), "catalog/publish.html", act, values, course=course, seen=seen, may_publish=may)


@pages.get("/authoring/<uuid:course_id>/revisions")
@access(AUTHOR, scope="course:course_id")
def revisions(course_id: UUID) -> ResponseReturnValue:
    """Every publication of a course, the newest first."""
    actor = current_actor()
    course = provide(DraftService).get(actor, course_id)
    found = provide(PublishingService).revisions(actor, course_id, page_request(load(PageIn(), request.args)))
    return render_template("catalog/revisions.html", course=course, page=found, names=_names(*found.items))


@pages.get("/authoring/<uuid:course_id>/revisions/<int(min=1, max=1000000):number>")
@access(AUTHOR, scope="course:course_id")
def revision(course_id: UUID, number: int) -> ResponseReturnValue:
    """What a revision says, and what had changed with it."""
    actor = current_actor()
    course = provide(DraftService).get(actor, course_id)
    found, content = provide(PublishingService).revision(actor, course_id, number)
    may_publish = actor.may(PUBLISH, provide(DraftService).scopes(course_id))
    return render_template(
        "catalog/revision.html",
        course=course,
        revision=found,
        content=content,
        names=_names(found),
        may_restore=may_publish and course.published != number,
    )


@pages.post("/authoring/<uuid:course_id>/revisions/<int(min=1, max=1000000):number>/restore")
@access(PUBLISH, scope="course:course_id")
def restore(course_id: UUID, number: int) -> ResponseReturnValue:
    """Publish an old revision again, as a new one."""
    made = provide(PublishingService).restore(current_actor(), course_id, number)
    message = text(
        "Revision %(old)s is published again, as revision %(new)s. The draft stays.", old=number, new=made.number
    )
    return told(url_for("catalog.revisions", course_id=course_id), message)


def _names(*revisions: Revision) -> dict[UUID, str]:
    return provide(DirectoryService).names(one.author_id for one in revisions)
