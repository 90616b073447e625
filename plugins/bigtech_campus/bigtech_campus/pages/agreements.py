"""The agreements at a campus: seen by those who run it, given and withdrawn by the partner."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bigtech_campus.domain import GIVE, SEE
from bigtech_campus.pages import pages
from bigtech_campus.schemas import AgreementIn
from bigtech_campus.service import AgreementService
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.forms import form_view
from lms_core.foundation.web.languages import language, say
from lms_core.foundation.web.schemas import PageIn, load, page_request


@pages.get("/campuses/<uuid:campus_id>/agreements")
@access(SEE, scope="campus:campus_id")
def agreements(campus_id: UUID) -> ResponseReturnValue:
    """What the partner has agreed to, the newest first."""
    wanted = page_request(load(PageIn(), request.args))
    found = provide(AgreementService).find(current_actor(), campus_id, wanted)
    return render_template("bigtech_campus/agreements.html", found=found)


@pages.route("/campuses/<uuid:campus_id>/agreements/new", methods=["GET", "POST"])
@access(GIVE, scope="campus:campus_id")
def give(campus_id: UUID) -> ResponseReturnValue:
    """Agree to cohorts of a course."""
    actor, service = current_actor(), provide(AgreementService)
    found = service.find(actor, campus_id, page_request(load(PageIn(), {})))

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        service.give(actor, campus_id, AgreementIn.details(data))
        return _told(campus_id, text("The agreement is recorded. Cohorts in this time can be filled."))

    titles = [(str(one.id), one.titles.in_(language())) for one in found.courses]
    options = {"course_id": [("", say(text("Choose one"))), *titles]}
    return form_view(AgreementIn(), "bigtech_campus/agreement_form.html", act, options=options, found=found)


@pages.post("/agreements/<uuid:agreement_id>/withdraw")
@access(GIVE, scope="object")
def withdraw(agreement_id: UUID) -> ResponseReturnValue:
    """Take an agreement back."""
    withdrawn = provide(AgreementService).withdraw(current_actor(), agreement_id)
    return _told(withdrawn.campus_id, text("The agreement is withdrawn. Places that were given stay."))


def _told(campus_id: UUID, message: Text) -> ResponseReturnValue:
    flash(say(message), "success")
    return redirect(url_for("bigtech_campus.agreements", campus_id=campus_id))
