"""The first page of whoever looks after the site: how it stands, what waits, and what plugins have to say."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from lms_core.app.dashboard import DashboardService, Figure
from lms_core.app.pages import admin
from lms_core.app.service import SEE
from lms_core.foundation.outbox.service import PERMISSION, OutboxService
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.hooks.caller import Hooks
from lms_core.people.pages.home import current_viewer

TITLES = {
    "people": text("People"),
    "cohorts": text("Cohorts that run"),
    "exams": text("Exams that are open"),
    "attempts": text("Attempts that run"),
    "parked": text("Failed work"),
    "quarantined": text("Quarantined plugins"),
    "breakers": text("Hooks that are not asked for now"),
}


@admin.get("/")
@access(SEE, scope="any")
def dashboard() -> ResponseReturnValue:
    """What there is, what goes on, what should be nought and is not, and the panels of plugins by rank."""
    actor, service = current_actor(), provide(DashboardService)
    return render_template(
        "site/dashboard.html",
        figures=service.figures(actor),
        faults=service.faults(actor),
        panels=provide(Hooks).show_admin_dashboard(current_viewer(), whole_site=actor.may(SEE, EVERYWHERE)),
        titles=TITLES,
        leads_to=_leads_to,
        counts=provide(OutboxService).backlog().counts if actor.may(PERMISSION, EVERYWHERE) else None,
    )


def _leads_to(figure: Figure) -> str:
    """Where it is looked at, or mended."""
    return {
        "people": lambda: url_for("people.persons"),
        "cohorts": lambda: url_for("enrolment.cohorts", phase="running"),
        "exams": lambda: url_for("assessment.written_exams"),
        "attempts": lambda: url_for("assessment.written_exams"),
        "parked": lambda: url_for("foundation.work"),
        "quarantined": lambda: url_for("foundation.plugins", state="quarantined"),
        "breakers": lambda: url_for("foundation.plugins"),
    }[figure.name]()
