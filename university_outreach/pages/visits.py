"""Visits as coordinators see them."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.forms import Option, form_view
from lms_core.foundation.web.languages import language, say
from lms_core.foundation.web.schemas import load, page_request
from lms_core.people.service import DirectoryService
from university_outreach.domain import PLAN_VISIT, SEE_VISIT
from university_outreach.pages import pages
from university_outreach.pages.parts import told
from university_outreach.schemas import STATES, VisitForm, VisitQuery, visit_details
from university_outreach.service import AgreementService, VisitFound, VisitService


@pages.get("/visits")
@access(SEE_VISIT, scope="any")
def visits() -> ResponseReturnValue:
    """Those whom one may see: search, filter by state, sort, pages."""
    wanted = page_request(load(VisitQuery(), request.args), "state", given=request.args)
    found = provide(VisitService).find(current_actor(), wanted)
    states = [(value, say(label)) for value, label in STATES]
    return render_template("university_outreach/visits.html", page=found, wanted=wanted, states=states)


@pages.route("/visits/new", methods=["GET", "POST"])
@access(PLAN_VISIT, scope="any")
def plan() -> ResponseReturnValue:
    """Plan a visit of a course."""
    actor = current_actor()

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        made = provide(VisitService).plan(actor, data["course_id"], visit_details(data))
        return told(text("The visit was saved."), url_for("university_outreach.visit", visit_id=made.id))

    courses = {one: titles.in_(language()) for one, titles in provide(VisitService).plannable(actor).items()}
    return form_view(
        VisitForm(),
        "university_outreach/visit_form.html",
        act,
        values={"course_id": request.args.get("course", "")},
        options=_visit_options(courses),
    )


@pages.get("/visits/<uuid:visit_id>")
@access(SEE_VISIT, scope="object")
def visit(visit_id: UUID) -> ResponseReturnValue:
    """One visit: place, dates, host, equipment, and what it still lacks."""
    found, on = provide(VisitService).get(current_actor(), visit_id)
    names = provide(DirectoryService).names([found.visit.coordinator_id])
    return render_template(
        "university_outreach/visit.html",
        found=found,
        coordinator=names.get(found.visit.coordinator_id) if found.visit.coordinator_id else "",
        may_plan=current_actor().may(PLAN_VISIT, on),
    )


@pages.route("/visits/<uuid:visit_id>/edit", methods=["GET", "POST"])
@access(PLAN_VISIT, scope="object")
def edit(visit_id: UUID) -> ResponseReturnValue:
    """Describe a visit anew."""
    actor, service = current_actor(), provide(VisitService)
    stored, on = service.get(actor, visit_id)
    actor.require(PLAN_VISIT, on)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        service.change(actor, visit_id, visit_details(data), data["version"] or 0)
        return told(text("The visit was saved."), url_for("university_outreach.visit", visit_id=visit_id))

    return form_view(
        VisitForm(),
        "university_outreach/visit_form.html",
        act,
        values=_values(stored),
        options=_visit_options({stored.visit.course_id: stored.course.in_(language())}),
        stored=stored,
    )


@pages.post("/visits/<uuid:visit_id>/cancel")
@access(PLAN_VISIT, scope="object")
def cancel(visit_id: UUID) -> ResponseReturnValue:
    """Call a visit off."""
    provide(VisitService).cancel(current_actor(), visit_id)
    return told(text("The visit was cancelled."), url_for("university_outreach.visit", visit_id=visit_id))


def _visit_options(courses: dict[UUID, str]) -> dict[str, list[Option]]:
    hosts = [(str(one), title) for one, title in provide(AgreementService).choices(language())]
    named = sorted(courses.items(), key=lambda one: one[1])
    return {
        "agreement_id": [("", say(text("Not known yet"))), *hosts],
        "course_id": [("", say(text("Choose one"))), *((str(one), title) for one, title in named)],
    }


def _values(found: VisitFound) -> dict[str, Any]:
    values = {name: getattr(found.visit, name) for name in VisitForm().fields if name != "equipment"}
    return values | {"equipment": "\n".join(found.visit.equipment)}
