"""Marking an activity as done, and going on."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from lms_core.foundation.text import text
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.languages import say
from lms_core.progress.pages import pages
from lms_core.progress.service import ProgressService, StandingService


@pages.post("/activities/<uuid:activity_id>/done")
@access(SIGNED_IN, scope="own")
def mark(activity_id: UUID) -> ResponseReturnValue:
    """Mark an activity as done and go on with the next one, or back to the course after the last."""
    actor = current_actor()
    course_id, following = provide(ProgressService).mark(actor, activity_id)
    standing = provide(StandingService).in_course(actor, course_id)
    if standing.completed_at is not None:
        flash(say(text("You have completed the course %(title)s.", title=standing.syllabus.titles)), "success")
    else:
        flash(say(text("Done. You have completed %(percent)s%% of the course.", percent=standing.percent)), "success")
    if following is None:
        return redirect(url_for("catalog.course", course_id=course_id))
    return redirect(url_for("catalog.activity", course_id=course_id, activity_id=following))
