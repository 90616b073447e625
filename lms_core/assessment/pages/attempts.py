"""Attempts: the exam room, and the list of one's own."""

from uuid import UUID

from flask import Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.attempts import Attempt
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.integrity import SafeBrowserRequired
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.exams import KEPT
from lms_core.assessment.pages.integrity import refused_by_browser
from lms_core.assessment.pages.standing import Tried
from lms_core.assessment.pages.words import room_words
from lms_core.assessment.schemas.integrity import shown_by
from lms_core.assessment.service import AttemptService, ExamService, IntegrityGate, ResultService, wants_comments
from lms_core.foundation.web import PUBLIC, SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.assets import bundled
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
    attempt, exam = provide(AttemptService).opened(current_actor(), attempt_id)
    if not attempt.is_open:
        session.pop(KEPT, None)
        return redirect(url_for("assessment.report", attempt_id=attempt_id))
    try:
        provide(IntegrityGate).require_inside(current_actor(), attempt, shown_by(request), "room")
    except SafeBrowserRequired as refused:
        return refused_by_browser(exam, refused)
    spoken = exam.specification.languages
    token, generation = _key(attempt)
    return render_template(
        "assessment/room.html",
        attempt=attempt,
        exam=exam,
        spoken=language() if language() in spoken else spoken[0],
        token=token,
        generation=generation,
        words=room_words(),
        zone=house().settings.time_zone,
        after=url_for(_after(attempt, exam), attempt_id=attempt_id),
    )


@pages.get("/exam-worker.js")
@access(PUBLIC)
def exam_worker() -> ResponseReturnValue:
    """The exam room's service worker. It stands here, and not with the files, since its place bounds what it serves.

    A browser asks for it anew by itself, and takes it up when its bytes have changed.
    """
    file = bundled("assessment/exam_worker.js")
    answer = Response(file.read_bytes(), mimetype="text/javascript", headers={"Cache-Control": "no-cache"})
    answer.set_etag(file.stem)
    return answer.make_conditional(request)


def _after(attempt: Attempt, exam: Exam) -> str:
    """Where the room leads once it is handed in."""
    return "assessment.comments" if wants_comments(attempt, exam) else "assessment.report"


def _key(attempt: Attempt) -> tuple[str, int]:
    """The save token that this browser was given, if it was the one that began the attempt."""
    kept = session.get(KEPT)
    if not isinstance(kept, list) or kept[0] != str(attempt.id):
        return "", 0
    return str(kept[1]), int(kept[2])
