"""Attempts: the exam room, and the list of one's own."""

from uuid import UUID

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.attempts import Attempt
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.exams import KEPT
from lms_core.assessment.pages.standing import Tried
from lms_core.assessment.pages.words import room_words
from lms_core.assessment.service import AttemptService, ExamService, ResultService
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.house import house
from lms_core.foundation.web.languages import language
from lms_core.foundation.web.schemas import PageIn, load, page_request


@pages.get("/attempts")
@access(SIGNED_IN, scope="own")
def attempts() -> ResponseReturnValue:
    """One's own attempts, the latest first."""
    actor = current_actor()
    wanted = page_request(load(PageIn(), request.args))
    found = provide(AttemptService).mine(actor, wanted)
    results = provide(ResultService).of(actor, found.items)
    titles = provide(ExamService).titles(one.exam_id for one in found.items)
    shown = found.map(lambda one: Tried(one, results.get(one.id)))
    return render_template("assessment/attempts.html", page=shown, titles=titles)


@pages.get("/attempts/<uuid:attempt_id>")
@access(SIGNED_IN, scope="own")
def room(attempt_id: UUID) -> ResponseReturnValue:
    """The exam room. What it shows comes from the API; an attempt that was handed in has its report instead."""
    sitting = provide(AttemptService).sitting(current_actor(), attempt_id, language())
    if not sitting.attempt.is_open:
        session.pop(KEPT, None)
        return redirect(url_for("assessment.report", attempt_id=attempt_id))
    spoken = sitting.exam.specification.languages
    token, generation = _key(sitting.attempt)
    return render_template(
        "assessment/room.html",
        attempt=sitting.attempt,
        exam=sitting.exam,
        spoken=language() if language() in spoken else spoken[0],
        token=token,
        generation=generation,
        words=room_words(),
        zone=house().settings.time_zone,
    )


def _key(attempt: Attempt) -> tuple[str, int]:
    """The save token that this browser was given, if it was the one that began the attempt."""
    kept = session.get(KEPT)
    if not isinstance(kept, list) or kept[0] != str(attempt.id):
        return "", 0
    return str(kept[1]), int(kept[2])
