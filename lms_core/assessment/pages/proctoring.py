"""Watching an exam while it runs: everybody at a glance, one person with what was noted, minutes and sessions."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.exams import EXTEND_DEADLINE
from lms_core.assessment.domain.incidents import EVERYBODY, Reach
from lms_core.assessment.domain.proctoring import MOST_KEPT, PROCTOR
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.banks import told
from lms_core.assessment.schemas.proctoring import GiveMinutesIn, WatchIn
from lms_core.assessment.service import Extend, IncidentService, ProctorService
from lms_core.foundation.actors import Actor
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.forms import form_view
from lms_core.foundation.web.house import house
from lms_core.foundation.web.schemas import load, page_request
from lms_core.people.service import DirectoryService


@pages.route("/authoring/<uuid:exam_id>/proctor", methods=["GET", "POST"])
@access(PROCTOR, scope="object")
def proctor(exam_id: UUID) -> ResponseReturnValue:
    """Who sits an exam now: connected, saved, late, extended; and minutes for everybody."""
    actor = current_actor()
    shown = _watched(actor, exam_id)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        return _give(actor, exam_id, data, EVERYBODY, url_for("assessment.proctor", exam_id=exam_id))

    may_extend = actor.may(EXTEND_DEADLINE, shown["exam"].scopes)
    return form_view(GiveMinutesIn(), "assessment/proctor.html", act, may_extend=may_extend, **shown)


@pages.get("/authoring/<uuid:exam_id>/proctor/rows")
@access(PROCTOR, scope="object")
def proctor_rows(exam_id: UUID) -> ResponseReturnValue:
    """What of that page changes by itself."""
    return render_template("assessment/proctor_rows.html", **_watched(current_actor(), exam_id))


@pages.route("/authoring/<uuid:exam_id>/proctor/<uuid:attempt_id>", methods=["GET", "POST"])
@access(PROCTOR, scope="object")
def proctored_attempt(exam_id: UUID, attempt_id: UUID) -> ResponseReturnValue:
    """One attempt with everything that was noted of it; minutes for its person. Reading it is recorded."""
    actor = current_actor()
    exam, watched, events = provide(ProctorService).attempt(actor, exam_id, attempt_id)
    person_id = watched.attempt.person_id

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        return _give(actor, exam_id, data, Reach(person_id), request.path)

    return form_view(
        GiveMinutesIn(),
        "assessment/proctored_attempt.html",
        act,
        exam=exam,
        watched=watched,
        events=events,
        most=MOST_KEPT,
        now=house().clock.now(),
        name=provide(DirectoryService).names([person_id]).get(person_id, ""),
        may_extend=actor.may(EXTEND_DEADLINE, exam.scopes),
    )


@pages.post("/authoring/<uuid:exam_id>/proctor/<uuid:attempt_id>/session-end")
@access(PROCTOR, scope="object")
def end_session(exam_id: UUID, attempt_id: UUID) -> ResponseReturnValue:
    """Let the device that answers now only read, until its person takes the attempt over."""
    provide(ProctorService).end_session(current_actor(), exam_id, attempt_id)
    url = url_for("assessment.proctored_attempt", exam_id=exam_id, attempt_id=attempt_id)
    return told(url, text("The session was ended. The person can take the exam over and go on."))


def _watched(actor: Actor, exam_id: UUID) -> dict[str, Any]:
    query = load(WatchIn(), request.args)
    wanted = page_request(query, "show", given={"show": query["show"]})
    watch = provide(ProctorService).watch(actor, exam_id, wanted)
    names = provide(DirectoryService).names(one.attempt.person_id for one in watch.page.items)
    return {"exam": watch.exam, "watch": watch, "page": watch.page, "names": names, "show": query["show"]}


def _give(actor: Actor, exam_id: UUID, data: dict[str, Any], reach: Reach, url: str) -> ResponseReturnValue:
    incident = provide(IncidentService).record(actor, exam_id, Extend(data["minutes"] * 60, data["reason"]), reach)
    message = text(
        "%(count)s running attempts got %(minutes)s minutes more.", count=incident.attempts, minutes=data["minutes"]
    )
    return told(url, message)
