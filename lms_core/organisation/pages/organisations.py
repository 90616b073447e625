"""Organisations as staff see them."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.foundation.scopes import EVERYWHERE
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.forms import form_view
from lms_core.foundation.web.schemas import load, page_request
from lms_core.organisation.domain import ORGANISATION_KINDS
from lms_core.organisation.pages import pages
from lms_core.organisation.pages.parts import edit_view, told
from lms_core.organisation.schemas import OrganisationIn, OrganisationQuery
from lms_core.organisation.service import CampusService, OrganisationService


@pages.get("/organisations")
@access("organisation.see_organisation", scope="any")
def organisations() -> ResponseReturnValue:
    """Those whom one may see: search, filter by kind, sort, pages."""
    wanted = page_request(load(OrganisationQuery(), request.args), "kind", given=request.args)
    actor = current_actor()
    return render_template(
        "organisation/organisations.html",
        page=provide(OrganisationService).find(actor, wanted),
        wanted=wanted,
        kinds=ORGANISATION_KINDS,
        may_manage=actor.may("organisation.manage_organisation", EVERYWHERE),
    )


@pages.route("/organisations/new", methods=["GET", "POST"])
@access("organisation.manage_organisation")
def add_organisation() -> ResponseReturnValue:
    """Add an organisation."""

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        made = provide(OrganisationService).add(current_actor(), OrganisationIn.details(data))
        return told(url_for("organisation.organisation", organisation_id=made.id))

    return form_view(OrganisationIn(), "organisation/organisation_form.html", act, {"kind": "company"}, adding=True)


@pages.get("/organisations/<uuid:organisation_id>")
@access("organisation.see_organisation", scope="organisation:organisation_id")
def organisation(organisation_id: UUID) -> ResponseReturnValue:
    """One organisation, and what can be done with it."""
    actor = current_actor()
    found = provide(OrganisationService).get(actor, organisation_id)
    may = {
        "manage": actor.may("organisation.manage_organisation", found.scopes),
        "members": actor.may("organisation.see_members", found.scopes),
    }
    campuses = provide(CampusService).of_organisation(actor, organisation_id)
    return render_template(
        "organisation/organisation.html", shown=found, kinds=ORGANISATION_KINDS, may=may, campuses=campuses
    )


@pages.route("/organisations/<uuid:organisation_id>/edit", methods=["GET", "POST"])
@access("organisation.manage_organisation", scope="organisation:organisation_id")
def edit_organisation(organisation_id: UUID) -> ResponseReturnValue:
    """Describe an organisation anew."""
    service, actor = provide(OrganisationService), current_actor()
    stored = service.get(actor, organisation_id)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        service.change(actor, organisation_id, OrganisationIn.details(data), data["version"] or 0)
        return told(url_for("organisation.organisation", organisation_id=organisation_id))

    return edit_view(OrganisationIn(), "organisation/organisation_form.html", act, stored)
