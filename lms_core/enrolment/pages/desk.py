"""The desk: a cohort's applications, its line and its places, and the decisions about them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.enrolment.domain.applications import APPLICATION_STATES, ENROLMENT_STATES, Outcome
from lms_core.enrolment.domain.cohorts import PHASES
from lms_core.enrolment.domain.eligibility import OVERRIDABLE
from lms_core.enrolment.domain.names import DECIDE_APPLICATION, MANAGE_COHORT, SEE_APPLICATIONS, SEE_COHORT
from lms_core.enrolment.pages import pages
from lms_core.enrolment.pages.parts import told
from lms_core.enrolment.schemas import (
    AcceptIn,
    AddPersonIn,
    ApplicationQuery,
    DeclineIn,
    EnrolmentQuery,
    WithdrawIn,
)
from lms_core.enrolment.service import ApplicationService, CohortService, PlaceService
from lms_core.foundation.errors import Invalid
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.forms import form_view, make_form, submitted
from lms_core.foundation.web.schemas import load, page_request
from lms_core.hooks.caller import Hooks
from lms_core.hooks.site import Viewer
from lms_core.people.service import DirectoryService, RoleService

NOTHING_CHOSEN = text("Nothing was selected. Tick the applications first.")


@pages.get("/cohorts/<uuid:cohort_id>")
@access(SEE_COHORT, scope="cohort:cohort_id")
def cohort(cohort_id: UUID) -> ResponseReturnValue:
    """A cohort: its facts, and (for those who may see them) its applications with what can be done about them."""
    actor = current_actor()
    context = _frame(cohort_id)
    wanted = page_request(load(ApplicationQuery(), request.args), "state", given=request.args)
    found = provide(ApplicationService).of_cohort(actor, cohort_id, wanted) if context["may"]["see"] else None
    return render_template(
        "enrolment/cohort.html", page=found, wanted=wanted, states=APPLICATION_STATES, tab="applications", **context
    )


@pages.route("/cohorts/<uuid:cohort_id>/places", methods=["GET", "POST"])
@access(SEE_APPLICATIONS, scope="cohort:cohort_id")
def places(cohort_id: UUID) -> ResponseReturnValue:
    """Who has a place, and adding somebody by hand."""
    actor = current_actor()
    wanted = page_request(load(EnrolmentQuery(), request.args), "state", given=request.args)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        person_id = provide(DirectoryService).id_of(data["email"])
        made = provide(ApplicationService).add(actor, cohort_id, person_id, data["override"])
        if made.reasons:
            raise Invalid(fields=_beside(made))
        return told(url_for("enrolment.places", cohort_id=cohort_id), _said(made))

    found = provide(PlaceService).listed(actor, cohort_id, wanted)
    context: dict[str, Any] = {"page": found, "wanted": wanted, "states": ENROLMENT_STATES, "tab": "places"}
    return form_view(AddPersonIn(), "enrolment/places.html", act, **context, **_frame(cohort_id))


@pages.post("/cohorts/<uuid:cohort_id>/acceptances")
@access(DECIDE_APPLICATION, scope="cohort:cohort_id")
def accept(cohort_id: UUID) -> ResponseReturnValue:
    """Accept what was ticked. Where something stands against one of them, a page says what, and how to go on."""
    back = url_for("enrolment.cohort", cohort_id=cohort_id)
    ids = _ticked()
    if not ids:
        return told(back, NOTHING_CHOSEN, "warning")
    data = load(AcceptIn(), {"application_ids": ids, "override": request.form.get("override", "")})
    outcomes = provide(ApplicationService).accept(current_actor(), cohort_id, data["application_ids"], data["override"])
    refused = [one for one in outcomes if one.reasons]
    if not refused:
        return told(back, _summary(outcomes))
    names = provide(DirectoryService).names(one.person_id for one in outcomes)
    excepted = [one for one in refused if one.state == "submitted" and _overridable(one)]
    context = {"summary": _summary(outcomes), "refused": refused, "names": names, "excepted": excepted}
    return make_response(render_template("enrolment/outcomes.html", **context, **_frame(cohort_id)), 409)


@pages.post("/cohorts/<uuid:cohort_id>/refusals")
@access(DECIDE_APPLICATION, scope="cohort:cohort_id")
def decline(cohort_id: UUID) -> ResponseReturnValue:
    """Decline what was ticked: first the reason is asked for, which the applicants read."""
    back, service = url_for("enrolment.cohort", cohort_id=cohort_id), provide(ApplicationService)
    ids = _ticked()
    if not ids:
        return told(back, NOTHING_CHOSEN, "warning")
    chosen = load(DeclineIn(only=("application_ids",)), {"application_ids": ids})["application_ids"]
    named = service.named(current_actor(), cohort_id, chosen)
    schema = DeclineIn(only=("note",))
    if "note" not in request.form:
        return render_template("enrolment/decline.html", form=make_form(schema, {}), named=named, **_frame(cohort_id))
    sent = submitted(schema)
    try:
        note = load(schema, sent)["note"]
    except Invalid as wrong:
        context = {"form": make_form(schema, sent, wrong), "named": named, **_frame(cohort_id)}
        return make_response(render_template("enrolment/decline.html", **context), 422)
    outcomes = service.decline(current_actor(), cohort_id, chosen, note)
    declined = sum(not one.reasons for one in outcomes)
    said = text("Declined: %(declined)s of %(all)s.", declined=declined, all=len(outcomes))
    return told(back, said, "success" if declined == len(outcomes) else "warning")


@pages.post("/places/<uuid:enrolment_id>/withdrawal")
@access(SIGNED_IN, scope="object")
def withdraw(enrolment_id: UUID) -> ResponseReturnValue:
    """Take somebody's place away, or give one's own up; the first in line gets it."""
    data = load(WithdrawIn(), {"reason": request.form.get("reason", "")})
    given_up = provide(PlaceService).withdraw(current_actor(), enrolment_id, data["reason"])
    own = given_up.person_id == current_actor().person_id
    back = url_for("enrolment.applications") if own else url_for("enrolment.places", cohort_id=given_up.cohort_id)
    return told(back, text("The place was given up."))


def _frame(cohort_id: UUID) -> dict[str, Any]:
    """What all pages about one cohort show."""
    actor, service = current_actor(), provide(CohortService)
    on = service.scopes(cohort_id)
    may = {"see": SEE_APPLICATIONS, "decide": DECIDE_APPLICATION, "manage": MANAGE_COHORT}
    allowed = {name: actor.may(permission, on) for name, permission in may.items()}
    person_id = actor.require_person()
    viewer = Viewer(person_id, actor.language, provide(RoleService).places(person_id))
    panels = provide(Hooks).show_cohort_page(viewer, cohort_id, on)
    return {"shown": service.get(actor, cohort_id), "may": allowed, "phases": PHASES, "panels": panels}


def _ticked() -> list[str]:
    return request.form.getlist("ids")


def _overridable(one: Outcome) -> bool:
    return all(reason.code in OVERRIDABLE for reason in one.reasons)


def _beside(made: Outcome) -> dict[str, tuple[Text, ...]]:
    reasons = tuple(one.reason for one in made.reasons)
    return {"override" if _overridable(made) else "email": reasons}


def _said(made: Outcome) -> Text:
    if made.position:
        return text("No place is free. The person stands in the line, at place %(position)s.", position=made.position)
    return text("The person has a place.")


def _summary(outcomes: Sequence[Outcome]) -> Text:
    placed = sum(one.state == "placed" and not one.reasons for one in outcomes)
    waiting = sum(one.state == "waiting" and not one.reasons for one in outcomes)
    return text("Places given: %(placed)s. On the waiting list: %(waiting)s.", placed=placed, waiting=waiting)
