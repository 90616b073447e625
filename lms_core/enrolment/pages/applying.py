"""Applying: what is announced, the form with what is met and what is not, one's own applications."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.enrolment.domain.applications import APPLICATION_STATES
from lms_core.enrolment.domain.cohorts import PHASES
from lms_core.enrolment.domain.names import DECIDE_APPLICATION
from lms_core.enrolment.domain.reasons import reasons_from_json
from lms_core.enrolment.pages import pages
from lms_core.enrolment.pages.parts import told
from lms_core.enrolment.schemas import AnnouncedQuery, ApplicationIn
from lms_core.enrolment.service import ApplicationService, ApplyingService, CohortService
from lms_core.foundation.text import text
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.forms import form_view
from lms_core.foundation.web.schemas import PageIn, load, page_request
from lms_core.organisation.service import CampusService


@pages.get("/apply")
@access(SIGNED_IN, scope="own")
def announced() -> ResponseReturnValue:
    """Cohorts that take applications, now or soon: search, filter by campus and time, sort, pages."""
    wanted = page_request(load(AnnouncedQuery(), request.args), "campus", "course", "phase", given=request.args)
    service = provide(CohortService)
    found = service.announced(current_actor(), wanted)
    campuses = provide(CampusService).titles(service.announced_campuses())
    mine = {one.application.cohort_id: one for one in provide(ApplyingService).live(current_actor().require_person())}
    context = {"page": found, "wanted": wanted, "campuses": campuses, "mine": mine}
    return render_template("enrolment/announced.html", states=APPLICATION_STATES, phases=PHASES, **context)


@pages.route("/apply/<uuid:cohort_id>", methods=["GET", "POST"])
@access(SIGNED_IN, scope="object")
def apply(cohort_id: UUID) -> ResponseReturnValue:
    """A cohort, what is asked of applicants, and the form for those who meet it."""
    actor, service = current_actor(), provide(ApplyingService)
    shown = provide(CohortService).shown(actor, cohort_id)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        made = service.apply(actor, cohort_id, data)
        said = text("Your application is in. Its number is %(number)s.", number=made.number)
        return told(url_for("enrolment.application", application_id=made.id), said)

    criteria, said = service.check(actor, cohort_id)
    ready = not said and all(one.met for one in criteria)
    context: dict[str, Any] = {"shown": shown, "criteria": criteria, "said": said, "ready": ready}
    return form_view(ApplicationIn(), "enrolment/apply.html", act, **context)


@pages.get("/applications")
@access(SIGNED_IN, scope="own")
def applications() -> ResponseReturnValue:
    """One's own applications and what became of them."""
    wanted = page_request(load(PageIn(), request.args))
    found = provide(ApplyingService).mine(current_actor(), wanted)
    return render_template("enrolment/applications.html", page=found, states=APPLICATION_STATES, phases=PHASES)


@pages.get("/applications/<uuid:application_id>")
@access(SIGNED_IN, scope="object")
def application(application_id: UUID) -> ResponseReturnValue:
    """One application: its state, its answers, and how it was judged. One's own, or as staff, which is recorded."""
    actor = current_actor()
    found = provide(ApplicationService).get(actor, application_id)
    on = provide(CohortService).scopes(found.application.cohort_id)
    return render_template(
        "enrolment/application.html",
        found=found,
        states=APPLICATION_STATES,
        held=reasons_from_json(found.application.held or ()),
        own=found.application.person_id == actor.person_id,
        may_decide=actor.may(DECIDE_APPLICATION, on),
    )


@pages.post("/applications/<uuid:application_id>/withdrawal")
@access(SIGNED_IN, scope="own")
def take_back(application_id: UUID) -> ResponseReturnValue:
    """Take one's own application back; with a place, give that up."""
    provide(ApplyingService).withdraw(current_actor(), application_id)
    return told(url_for("enrolment.applications"), text("Your application was withdrawn."))
