"""Campuses and departments as staff see them."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.foundation.actors import Actor
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.forms import Option, form_view
from lms_core.foundation.web.schemas import load, page_request
from lms_core.hooks.caller import Hooks
from lms_core.hooks.site import SearchHit
from lms_core.organisation.domain import OWNER_KINDS, Campus
from lms_core.organisation.pages import pages
from lms_core.organisation.pages.parts import edit_view, options, told, viewer
from lms_core.organisation.schemas import CHOOSE, CampusIn, CampusQuery, DepartmentIn
from lms_core.organisation.service import CampusService, OrganisationService

MANAGE = "organisation.manage_campus"
NO_PARTNER = text("No partner")


@pages.get("/campuses")
@access("organisation.see_campus", scope="any")
def campuses() -> ResponseReturnValue:
    """Those whom one may see: search, filter by partner, sort, pages."""
    wanted = page_request(load(CampusQuery(), request.args), "dedicated", given=request.args)
    found = provide(CampusService).find(current_actor(), wanted)
    return render_template("organisation/campuses.html", page=found, wanted=wanted)


@pages.route("/campuses/new", methods=["GET", "POST"])
@access(MANAGE, scope="any")
def open_campus() -> ResponseReturnValue:
    """Open a campus."""

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        made = provide(CampusService).open(current_actor(), CampusIn.details(data))
        return told(url_for("organisation.campus", campus_id=made.id))

    return form_view(CampusIn(), "organisation/campus_form.html", act, options=_hosts(), adding=True)


@pages.get("/campuses/<uuid:campus_id>")
@access("organisation.see_campus", scope="campus:campus_id")
def campus(campus_id: UUID) -> ResponseReturnValue:
    """One campus: its facts, its departments, and what plugins know of it."""
    actor, service = current_actor(), provide(CampusService)
    found = service.get(actor, campus_id)
    return render_template(
        "organisation/campus.html",
        shown=found,
        hosts=provide(OrganisationService).titles(one for one in (found.owner_id, found.partner_id) if one),
        departments=service.departments(actor, campus_id),
        panels=provide(Hooks).show_campus_page(viewer(), campus_id, found.scopes),
        may={"manage": actor.may(MANAGE, found.scopes), "members": actor.may("organisation.see_members", found.scopes)},
    )


@pages.route("/campuses/<uuid:campus_id>/edit", methods=["GET", "POST"])
@access(MANAGE, scope="campus:campus_id")
def edit_campus(campus_id: UUID) -> ResponseReturnValue:
    """Describe a campus anew."""
    service, actor = provide(CampusService), current_actor()
    stored = service.get(actor, campus_id)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        service.change(actor, campus_id, CampusIn.details(data), data["version"] or 0)
        return told(url_for("organisation.campus", campus_id=campus_id))

    return edit_view(CampusIn(), "organisation/campus_form.html", act, stored, _hosts(stored))


@pages.route("/campuses/<uuid:campus_id>/departments/new", methods=["GET", "POST"])
@access(MANAGE, scope="campus:campus_id")
def add_department(campus_id: UUID) -> ResponseReturnValue:
    """Add a department to a campus."""
    service, actor = provide(CampusService), current_actor()
    place = service.get(actor, campus_id)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        service.add_department(actor, campus_id, DepartmentIn.details(data))
        return told(url_for("organisation.campus", campus_id=campus_id))

    return form_view(DepartmentIn(), "organisation/department_form.html", act, campus=place, adding=True)


@pages.route("/campuses/<uuid:campus_id>/departments/<uuid:department_id>/edit", methods=["GET", "POST"])
@access(MANAGE, scope="campus:campus_id")
def edit_department(campus_id: UUID, department_id: UUID) -> ResponseReturnValue:
    """Describe a department anew."""
    service, actor = provide(CampusService), current_actor()
    place = service.get(actor, campus_id)
    stored = service.department(actor, campus_id, department_id)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        details = DepartmentIn.details(data)
        service.change_department(actor, campus_id, department_id, details, data["version"] or 0)
        return told(url_for("organisation.campus", campus_id=campus_id))

    return edit_view(DepartmentIn(), "organisation/department_form.html", act, stored, campus=place)


def _hosts(stored: Campus | None = None) -> dict[str, list[Option]]:
    actor, service = current_actor(), provide(OrganisationService)
    owner_id = stored.owner_id if stored else None
    owners = [
        one
        for one in service.choices(OWNER_KINDS, actor.language)
        if one.id == owner_id or actor.may(MANAGE, one.scopes)
    ]
    partners = service.choices({"company"}, actor.language)
    return {"owner_id": options(owners, CHOOSE[1]), "partner_id": options(partners, NO_PARTNER)}


def search_campuses(actor: Actor, request: PageRequest) -> Page[SearchHit]:
    """Campuses by title, for the site's search: those that the actor may see."""
    found = provide(CampusService).find(actor, request)
    return found.map(
        lambda one: SearchHit(
            Text("%(value)s", {"value": one.campus.titles}),
            url_for("organisation.campus", campus_id=one.campus.id),
            Text("%(value)s", {"value": one.owner}),
        )
    )
