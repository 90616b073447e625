"""Members of an organisation or a campus as staff see them."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.foundation.errors import Conflict, Invalid
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.scopes import Scopes
from lms_core.foundation.text import Titles, text
from lms_core.foundation.web import access, current_actor, house, provide
from lms_core.foundation.web.forms import make_form, submitted
from lms_core.foundation.web.schemas import load, page_request
from lms_core.organisation.domain import POSITIONS, NewMembership
from lms_core.organisation.pages import pages
from lms_core.organisation.pages.parts import told
from lms_core.organisation.schemas import MemberQuery, MembershipEndIn, NewMemberIn
from lms_core.organisation.service import CampusService, MemberListed, MemberService, OrganisationService
from lms_core.people.service import DirectoryService

SEE = "organisation.see_members"
MANAGE = "organisation.manage_members"
Find = Callable[[PageRequest], Page[MemberListed]]


@pages.route("/organisations/<uuid:organisation_id>/members", methods=["GET", "POST"])
@access(SEE, scope="organisation:organisation_id")
def organisation_members(organisation_id: UUID) -> ResponseReturnValue:
    """Who belongs to an organisation; adding one."""
    actor = current_actor()
    place = provide(OrganisationService).get(actor, organisation_id)
    back = url_for("organisation.organisation", organisation_id=organisation_id)

    def find(wanted: PageRequest) -> Page[MemberListed]:
        return provide(MemberService).of_organisation(actor, organisation_id, wanted)

    return _members(place.titles, place.scopes, back, find, {"organisation_id": organisation_id})


@pages.route("/campuses/<uuid:campus_id>/members", methods=["GET", "POST"])
@access(SEE, scope="campus:campus_id")
def campus_members(campus_id: UUID) -> ResponseReturnValue:
    """Who belongs to a campus; adding one."""
    actor = current_actor()
    place = provide(CampusService).get(actor, campus_id)
    back = url_for("organisation.campus", campus_id=campus_id)

    def find(wanted: PageRequest) -> Page[MemberListed]:
        return provide(MemberService).of_campus(actor, campus_id, wanted)

    return _members(place.titles, place.scopes, back, find, {"campus_id": campus_id})


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


def _members(titles: Titles, on: Scopes, back: str, find: Find, place: dict[str, UUID]) -> ResponseReturnValue:
    schema, error, status = NewMemberIn(), None, 200
    values: dict[str, Any] = {"begun_on": _today()}
    if request.method == "POST":
        values = submitted(schema)
        try:
            _add(load(schema, values), place)
            return told(request.path, text("The member was added."))
        except (Invalid, Conflict) as wrong:
            error, status = wrong, 422 if isinstance(wrong, Invalid) else 409
    wanted = page_request(load(MemberQuery(), request.args), "position", "ended", given=request.args)
    page = render_template(
        "organisation/members.html",
        titles=titles,
        back=back,
        page=find(wanted),
        wanted=wanted,
        positions=POSITIONS,
        form=make_form(schema, values, error),
        may_manage=current_actor().may(MANAGE, on),
    )
    return make_response(page, status)


def _add(data: dict[str, Any], place: dict[str, UUID]) -> None:
    person_id = provide(DirectoryService).id_of(data["email"])
    wanted = NewMembership(person_id, data["position"], data["begun_on"], **place)
    provide(MemberService).add(current_actor(), wanted)


def _today() -> date:
    """The day it is where the site is."""
    here = house()
    return here.clock.now().astimezone(ZoneInfo(here.settings.time_zone)).date()
