"""An exam while it runs and afterwards: who sat it, with what result, and more time for everybody."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.deadlines import Accommodation
from lms_core.assessment.domain.exams import EXTEND_DEADLINE, GRANT_ACCOMMODATION, READ_RESULT
from lms_core.assessment.domain.incidents import Reach
from lms_core.assessment.domain.marking import MARK_ANSWERS
from lms_core.assessment.domain.regrades import REGRADE
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.banks import told
from lms_core.assessment.pages.standing import Tried
from lms_core.assessment.schemas.writing import AccommodationFormIn, MoreTimeIn
from lms_core.assessment.service import (
    Accommodate,
    AccommodationService,
    AttemptService,
    DeadlineService,
    ExamService,
    Extend,
    IncidentService,
    ResultService,
)
from lms_core.foundation.actors import Actor
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.forms import form_view
from lms_core.foundation.web.schemas import PageIn, load, page_request
from lms_core.people.service import DirectoryService


@pages.route("/authoring/<uuid:exam_id>/attempts", methods=["GET", "POST"])
@access(READ_RESULT, scope="object")
def exam_attempts(exam_id: UUID) -> ResponseReturnValue:
    """Everybody's attempts, the latest first; and more time for those who sit the exam now."""
    actor = current_actor()
    wanted = page_request(load(PageIn(), request.args))
    found = provide(AttemptService).of_exam(actor, exam_id, wanted)
    exam = provide(ExamService).get(actor, exam_id).exam

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        return _give_time(actor, exam_id, data)

    results = provide(ResultService).of(actor, found.items)
    return form_view(
        MoreTimeIn(),
        "assessment/exam_attempts.html",
        act,
        exam=exam,
        page=found.map(lambda one: Tried(one, results.get(one.id))),
        names=provide(DirectoryService).names(one.person_id for one in found.items),
        may_mark=actor.may(MARK_ANSWERS, exam.scopes),
        may_regrade=actor.may(REGRADE, exam.scopes),
        may_extend=actor.may(EXTEND_DEADLINE, exam.scopes),
        may_accommodate=actor.may(GRANT_ACCOMMODATION, exam.scopes),
    )


def _give_time(actor: Actor, exam_id: UUID, data: dict[str, Any]) -> ResponseReturnValue:
    person_id = provide(DirectoryService).id_of(data["email"]) if data["email"] else None
    command, reach = Extend(data["minutes"] * 60, data["reason"]), Reach(person_id, data["network"])
    incident = provide(IncidentService).record(actor, exam_id, command, reach)
    message = text(
        "%(count)s running attempts got %(minutes)s minutes more.", count=incident.attempts, minutes=data["minutes"]
    )
    return told(url_for("assessment.incidents", exam_id=exam_id), message)


@pages.get("/authoring/<uuid:exam_id>/incidents")
@access(EXTEND_DEADLINE, scope="object")
def incidents(exam_id: UUID) -> ResponseReturnValue:
    """What happened while an exam ran: numbered, with whom it reached and how much time it gave."""
    actor = current_actor()
    wanted = page_request(load(PageIn(), request.args))
    found = provide(IncidentService).of_exam(actor, exam_id, wanted)
    ids = [one for incident in found.items for one in (incident.actor_id, incident.reach.person_id)]
    return render_template(
        "assessment/incidents.html",
        exam=provide(ExamService).get(actor, exam_id).exam,
        page=found,
        names=provide(DirectoryService).names(ids),
    )


@pages.route("/authoring/<uuid:exam_id>/accommodations", methods=["GET", "POST"])
@access(GRANT_ACCOMMODATION, scope="object")
def accommodations(exam_id: UUID) -> ResponseReturnValue:
    """Who gets more time in an exam, and granting it: to attempts that run as well."""
    actor = current_actor()
    wanted = page_request(load(PageIn(), request.args))
    found = provide(AccommodationService).of_exam(actor, exam_id, wanted)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        more = Accommodation(data["percent"], data["minutes"])
        person_id = provide(DirectoryService).id_of(data["email"])
        provide(DeadlineService).accommodate(actor, Accommodate(person_id, exam_id, more))
        return told(url_for("assessment.accommodations", exam_id=exam_id), text("More time was granted."))

    return form_view(
        AccommodationFormIn(),
        "assessment/accommodations.html",
        act,
        exam=provide(ExamService).get(actor, exam_id).exam,
        page=found,
        names=provide(DirectoryService).names(one.person_id for one in found.items),
    )


@pages.post("/authoring/<uuid:exam_id>/accommodations/<uuid:accommodation_id>/revocation")
@access(GRANT_ACCOMMODATION, scope="object")
def revoke_accommodation(exam_id: UUID, accommodation_id: UUID) -> ResponseReturnValue:
    """Let it hold for no later attempt."""
    provide(AccommodationService).revoke(current_actor(), accommodation_id)
    return told(url_for("assessment.accommodations", exam_id=exam_id), text("It holds for no later attempt."))
