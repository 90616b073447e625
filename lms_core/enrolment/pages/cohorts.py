"""Cohorts as those who run them see them: the list, planning one, describing it anew, announcing and closing it."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.catalog.service import CourseDirectory
from lms_core.enrolment.domain.cohorts import PHASES
from lms_core.enrolment.domain.names import MANAGE_COHORT, SEE_COHORT
from lms_core.enrolment.pages import pages
from lms_core.enrolment.pages.parts import edit_view, options, told, values_of
from lms_core.enrolment.schemas import CHOOSE, CohortIn, CohortQuery, MoveIn, NewCohortIn
from lms_core.enrolment.service import CohortService
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.forms import Option, form_view
from lms_core.foundation.web.schemas import load, page_request
from lms_core.organisation.service import CampusService

MOVED = {
    "open": text("The cohort is announced."),
    "closed": text("The cohort takes no more applications."),
    "cancelled": text("The cohort was cancelled."),
}


@pages.get("/cohorts")
@access(SEE_COHORT, scope="any")
def cohorts() -> ResponseReturnValue:
    """Those whom one may see as staff: search, filter by campus and phase, sort, pages."""
    actor = current_actor()
    wanted = page_request(load(CohortQuery(), request.args), "campus", "course", "phase", given=request.args)
    found = provide(CohortService).find(actor, wanted)
    return render_template(
        "enrolment/cohorts.html",
        page=found,
        wanted=wanted,
        phases=PHASES,
        campuses=provide(CampusService).choices(actor, SEE_COHORT),
        may_add=actor.almighty or bool(actor.where(MANAGE_COHORT)),
    )


@pages.route("/cohorts/new", methods=["GET", "POST"])
@access(MANAGE_COHORT, scope="any")
def new_cohort() -> ResponseReturnValue:
    """Plan a cohort."""

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        details = CohortIn.details(data)
        made = provide(CohortService).add(current_actor(), data["course_id"], data["campus_id"], details)
        said = text("The cohort is planned. Announce it when it is ready.")
        return told(url_for("enrolment.cohort", cohort_id=made.id), said)

    first = {"course_id": request.args.get("course", ""), "campus_id": request.args.get("campus", "")}
    return form_view(NewCohortIn(), "enrolment/cohort_form.html", act, first, _choices(), shown=None, stale={})


@pages.route("/cohorts/<uuid:cohort_id>/edit", methods=["GET", "POST"])
@access(MANAGE_COHORT, scope="cohort:cohort_id")
def edit_cohort(cohort_id: UUID) -> ResponseReturnValue:
    """Describe a cohort anew."""
    service, actor = provide(CohortService), current_actor()
    shown = service.get(actor, cohort_id)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        service.change(actor, cohort_id, CohortIn.details(data), data["version"] or 0)
        return told(url_for("enrolment.cohort", cohort_id=cohort_id))

    return edit_view(CohortIn(), "enrolment/cohort_form.html", act, values_of(shown.cohort), shown=shown)


@pages.post("/cohorts/<uuid:cohort_id>/state")
@access(MANAGE_COHORT, scope="cohort:cohort_id")
def move_cohort(cohort_id: UUID) -> ResponseReturnValue:
    """Announce, close or cancel a cohort."""
    state = load(MoveIn(), {"state": request.form.get("state", "")})["state"]
    provide(CohortService).move(current_actor(), cohort_id, state)
    return told(url_for("enrolment.cohort", cohort_id=cohort_id), MOVED[state])


def _choices() -> dict[str, list[Option]]:
    actor = current_actor()
    campuses = {one.id: one.titles for one in provide(CampusService).choices(actor, MANAGE_COHORT)}
    courses = provide(CourseDirectory).offered(actor)
    return {"course_id": options(courses, CHOOSE[1]), "campus_id": options(campuses, CHOOSE[1])}
