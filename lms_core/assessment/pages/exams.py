"""Exams for those who sit them: which there are, what each is, and beginning one."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.attempts import AttemptOpen
from lms_core.assessment.domain.practice import SUITED, Practice
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.integrity import conditions_of
from lms_core.assessment.pages.standing import standing, standings
from lms_core.assessment.schemas.integrity import shown_by
from lms_core.assessment.schemas.sitting import WHICH, BeginIn
from lms_core.assessment.service import AttemptService, ExamService, Sitting, StartAttempt, SuitingService
from lms_core.foundation.actors import Actor
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.forms import form_view
from lms_core.foundation.web.house import house
from lms_core.foundation.web.languages import language, say
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
        practice = Practice(tuple(data["domains"]), data["pool"], data["items"])
        return _begin(
            actor, StartAttempt(exam_id, data["mode"], language(), practice, shown_by(request, data["password"]))
        )

    quotas = listed.exam.specification.quotas
    domains = [(one.domain, one.titles.in_(language())) for one in quotas if one.domain]
    against = provide(SuitingService).against(listed.exam) if listed.exam.specification.practice else None
    pools = [(name, say(label)) for name, label in WHICH if name != SUITED or against is None]
    return form_view(
        BeginIn(),
        "assessment/exam.html",
        act,
        {"pool": SUITED} if request.args.get("pool") == SUITED and against is None else {},
        options={"domains": domains, "pool": pools},
        unsuited=against,
        stands=stands,
        exam=listed.exam,
        conditions=conditions_of(listed.exam),
    )


def _begin(actor: Actor, command: StartAttempt) -> ResponseReturnValue:
    try:
        sitting = provide(AttemptService).start(actor, command)
    except AttemptOpen as opened:
        return redirect(url_for("assessment.room", attempt_id=opened.facts["id"]))
    _keep(sitting)
    return redirect(url_for("assessment.room", attempt_id=sitting.attempt.id))


def _keep(sitting: Sitting) -> None:
    session[KEPT] = [str(sitting.attempt.id), sitting.save_token, sitting.attempt.generation]
