"""Members of an organisation or a campus as staff see them."""

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.text import Titles, text
from lms_core.foundation.web import access, current_actor, house, provide
from lms_core.foundation.web.forms import form_view, submitted
from lms_core.foundation.web.schemas import load, page_request
from lms_core.organisation.domain import POSITIONS, Campus, NewMembership, Organisation
from lms_core.organisation.pages import pages
from lms_core.organisation.pages.parts import told
from lms_core.organisation.schemas import MemberQuery, MembershipEndIn, NewMemberIn
from lms_core.organisation.service import CampusService, MemberListed, MemberService, OrganisationService
from lms_core.people.service import DirectoryService

SEE = "organisation.see_members"
MANAGE = "organisation.manage_members"


@pages.get("/organisations/<uuid:organisation_id>/members")
@access(SEE, scope="organisation:organisation_id")
def organisation_members(organisation_id: UUID) -> ResponseReturnValue:
    """Who belongs to an organisation."""
    actor, wanted = current_actor(), _wanted()
    place = provide(OrganisationService).get(actor, organisation_id)
    found = provide(MemberService).of_organisation(actor, organisation_id, wanted)
    return _members(place, url_for("organisation.organisation", organisation_id=organisation_id), found, wanted)


@pages.get("/campuses/<uuid:campus_id>/members")
@access(SEE, scope="campus:campus_id")
def campus_members(campus_id: UUID) -> ResponseReturnValue:
    """Who belongs to a campus."""
    actor, wanted = current_actor(), _wanted()
    place = provide(CampusService).get(actor, campus_id)
    found = provide(MemberService).of_campus(actor, campus_id, wanted)
    return _members(place, url_for("organisation.campus", campus_id=campus_id), found, wanted)


@pages.route("/organisations/<uuid:organisation_id>/members/new", methods=["GET", "POST"])
@access(MANAGE, scope="organisation:organisation_id")
def add_organisation_member(organisation_id: UUID) -> ResponseReturnValue:
    """Let somebody belong to an organisation."""
    place = provide(OrganisationService).get(current_actor(), organisation_id)
    back = url_for("organisation.organisation_members", organisation_id=organisation_id)
    return _add(place.titles, back, organisation_id=organisation_id)


@pages.route("/campuses/<uuid:campus_id>/members/new", methods=["GET", "POST"])
@access(MANAGE, scope="campus:campus_id")
def add_campus_member(campus_id: UUID) -> ResponseReturnValue:
    """Let somebody belong to a campus."""
    place = provide(CampusService).get(current_actor(), campus_id)
    return _add(place.titles, url_for("organisation.campus_members", campus_id=campus_id), campus_id=campus_id)


@pages.post("/memberships/<uuid:membership_id>/end")
@access(MANAGE, scope="object")
def end_membership(membership_id: UUID) -> ResponseReturnValue:
    """End a membership today, or on the day that was given."""
    given = submitted(MembershipEndIn()) or {"ended_on": _today().isoformat()}
    ended = provide(MemberService).end(current_actor(), membership_id, load(MembershipEndIn(), given)["ended_on"])
    back = (
        url_for("organisation.campus_members", campus_id=ended.campus_id)
        if ended.campus_id
        else url_for("organisation.organisation_members", organisation_id=ended.organisation_id)
    )
    return told(back, text("The membership has ended."))


def _members(
    place: Organisation | Campus, back: str, found: Page[MemberListed], wanted: PageRequest
) -> ResponseReturnValue:
    may_manage = current_actor().may(MANAGE, place.scopes)
    return render_template(
        "organisation/members.html",
        titles=place.titles,
        back=back,
        page=found,
        wanted=wanted,
        positions=POSITIONS,
        may_manage=may_manage,
    )


def _add(titles: Titles, back: str, **place: UUID) -> ResponseReturnValue:
    def act(data: dict[str, Any]) -> ResponseReturnValue:
        person_id = provide(DirectoryService).id_of(data["email"])
        wanted = NewMembership(person_id, data["position"], data["begun_on"], **place)
        provide(MemberService).add(current_actor(), wanted)
        return told(back, text("The member was added."))

    return form_view(
        NewMemberIn(), "organisation/member_form.html", act, {"begun_on": _today()}, titles=titles, back=back
    )


def _wanted() -> PageRequest:
    return page_request(load(MemberQuery(), request.args), "position", "ended", given=request.args)


def _today() -> date:
    """The day it is where the site is."""
    here = house()
    return here.clock.now().astimezone(ZoneInfo(here.settings.time_zone)).date()
