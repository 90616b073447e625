"""Exams for those who sit them: which there are, what each is, and beginning one."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.attempts import AttemptOpen
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.standing import standing, standings
from lms_core.assessment.schemas.sitting import BeginIn
from lms_core.assessment.service import AttemptService, ExamService, Sitting, StartAttempt
from lms_core.foundation.actors import Actor
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.forms import form_view
from lms_core.foundation.web.house import house
from lms_core.foundation.web.languages import language
from lms_core.foundation.web.schemas import PageIn, load, page_request

KEPT = "sitting"
"""Where this browser's session keeps the token of the attempt that it began: [attempt, token, generation]."""


@pages.get("/exams")
@access(SIGNED_IN, scope="own")
def exams() -> ResponseReturnValue:
    """The exams that are meant for oneself, with what one has done at each."""
    actor = current_actor()
    wanted = page_request(load(PageIn(), request.args), "to", given={"to": "sit"})
    found = provide(ExamService).find(actor, wanted)
    shown = standings(actor, found.items, house().clock.now())
    return render_template("assessment/exams.html", page=found, wanted=wanted, shown=shown)


@pages.route("/exams/<uuid:exam_id>", methods=["GET", "POST"])
@access(SIGNED_IN, scope="object")
def exam(exam_id: UUID) -> ResponseReturnValue:
    """What an exam is; agree to its rules and begin. Every reason against it stands here together."""
    actor = current_actor()
    listed = provide(ExamService).get(actor, exam_id)
    if listed.exam.state == "draft":
        return redirect(url_for("assessment.written_exam", exam_id=exam_id))
    stands = standing(actor, listed, house().clock.now())

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        return _begin(actor, StartAttempt(exam_id, data["mode"], language()))

    return form_view(BeginIn(), "assessment/exam.html", act, stands=stands, exam=listed.exam)


def _begin(actor: Actor, command: StartAttempt) -> ResponseReturnValue:
    try:
        sitting = provide(AttemptService).start(actor, command)
    except AttemptOpen as opened:
        return redirect(url_for("assessment.room", attempt_id=opened.facts["id"]))
    _keep(sitting)
    return redirect(url_for("assessment.room", attempt_id=sitting.attempt.id))


def _keep(sitting: Sitting) -> None:
    session[KEPT] = [str(sitting.attempt.id), sitting.save_token, sitting.attempt.generation]
