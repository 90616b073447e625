"""The JSON API of the organisation room."""

from typing import Any
from uuid import UUID

from lms_core.foundation.paging import Page, whole
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.api import ApiBlueprint, page_of
from lms_core.foundation.web.schemas import page_request
from lms_core.organisation.domain import Campus, CampusListed, Department, Membership, Organisation
from lms_core.organisation.schemas import (
    CampusIn,
    CampusOut,
    CampusQuery,
    DepartmentIn,
    DepartmentOut,
    MemberQuery,
    MembershipEndIn,
    MembershipIn,
    MembershipOut,
    OrganisationIn,
    OrganisationOut,
    OrganisationQuery,
)
from lms_core.organisation.service import CampusService, MemberListed, MemberService, OrganisationService

api = ApiBlueprint("organisation", __name__, "Organisations, campuses, departments, memberships.")


@api.get("/organisations")
@api.arguments(OrganisationQuery, location="query")
@api.response(200, page_of(OrganisationOut))
@access("organisation.see_organisation", scope="any")
def organisations(query: dict[str, Any]) -> Page[Organisation]:
    """Organisations you may see. Sorts: title, kind, slug, each with - for down."""
    return provide(OrganisationService).find(current_actor(), page_request(query, "kind", given=query))


@api.post("/organisations")
@api.arguments(OrganisationIn)
@api.response(201, OrganisationOut)
@access("organisation.manage_organisation")
def add_organisation(data: dict[str, Any]) -> Organisation:
    """Add an organisation to the site."""
    return provide(OrganisationService).add(current_actor(), OrganisationIn.details(data))


@api.get("/organisations/<uuid:organisation_id>")
@api.response(200, OrganisationOut)
@access("organisation.see_organisation", scope="organisation:organisation_id")
def organisation(organisation_id: UUID) -> Organisation:
    """One organisation."""
    return provide(OrganisationService).get(current_actor(), organisation_id)


@api.put("/organisations/<uuid:organisation_id>")
@api.arguments(OrganisationIn)
@api.response(200, OrganisationOut)
@access("organisation.manage_organisation", scope="organisation:organisation_id")
def change_organisation(data: dict[str, Any], organisation_id: UUID) -> Organisation:
    """Describe an organisation anew. ``version`` is the one you read; a newer one is a conflict."""
    details = OrganisationIn.details(data)
    return provide(OrganisationService).change(current_actor(), organisation_id, details, data["version"] or 0)


@api.get("/organisations/<uuid:organisation_id>/members")
@api.arguments(MemberQuery, location="query")
@api.response(200, page_of(MembershipOut))
@access("organisation.see_members", scope="organisation:organisation_id")
def organisation_members(query: dict[str, Any], organisation_id: UUID) -> Page[MemberListed]:
    """Members of an organisation, the newest first."""
    request = page_request(query, "position", "ended", given=query)
    return provide(MemberService).of_organisation(current_actor(), organisation_id, request)


@api.get("/campuses")
@api.arguments(CampusQuery, location="query")
@api.response(200, page_of(CampusOut))
@access("organisation.see_campus", scope="any")
def campuses(query: dict[str, Any]) -> Page[Campus]:
    """Campuses you may see. Sorts: title, slug, district, opened, each with - for down."""
    found = provide(CampusService).find(current_actor(), page_request(query, "dedicated", given=query))
    return found.map(_campus)


@api.post("/campuses")
@api.arguments(CampusIn)
@api.response(201, CampusOut)
@access("organisation.manage_campus", scope="any")
def open_campus(data: dict[str, Any]) -> Campus:
    """Open a campus of an organisation where you manage campuses."""
    return provide(CampusService).open(current_actor(), CampusIn.details(data))


@api.get("/campuses/<uuid:campus_id>")
@api.response(200, CampusOut)
@access("organisation.see_campus", scope="campus:campus_id")
def campus(campus_id: UUID) -> Campus:
    """One campus."""
    return provide(CampusService).get(current_actor(), campus_id)


@api.put("/campuses/<uuid:campus_id>")
@api.arguments(CampusIn)
@api.response(200, CampusOut)
@access("organisation.manage_campus", scope="campus:campus_id")
def change_campus(data: dict[str, Any], campus_id: UUID) -> Campus:
    """Describe a campus anew. ``version`` is the one you read; a newer one is a conflict."""
    details = CampusIn.details(data)
    return provide(CampusService).change(current_actor(), campus_id, details, data["version"] or 0)


@api.get("/campuses/<uuid:campus_id>/departments")
@api.response(200, page_of(DepartmentOut))
@access("organisation.see_campus", scope="campus:campus_id")
def departments(campus_id: UUID) -> Page[Department]:
    """The departments of a campus."""
    return whole(provide(CampusService).departments(current_actor(), campus_id))


@api.post("/campuses/<uuid:campus_id>/departments")
@api.arguments(DepartmentIn)
@api.response(201, DepartmentOut)
@access("organisation.manage_campus", scope="campus:campus_id")
def add_department(data: dict[str, Any], campus_id: UUID) -> Department:
    """Add a department to a campus."""
    return provide(CampusService).add_department(current_actor(), campus_id, DepartmentIn.details(data))


@api.put("/campuses/<uuid:campus_id>/departments/<uuid:department_id>")
@api.arguments(DepartmentIn)
@api.response(200, DepartmentOut)
@access("organisation.manage_campus", scope="campus:campus_id")
def change_department(data: dict[str, Any], campus_id: UUID, department_id: UUID) -> Department:
    """Describe a department anew. ``version`` is the one you read; a newer one is a conflict."""
    details, version = DepartmentIn.details(data), data["version"] or 0
    return provide(CampusService).change_department(current_actor(), campus_id, department_id, details, version)


@api.get("/campuses/<uuid:campus_id>/members")
@api.arguments(MemberQuery, location="query")
@api.response(200, page_of(MembershipOut))
@access("organisation.see_members", scope="campus:campus_id")
def campus_members(query: dict[str, Any], campus_id: UUID) -> Page[MemberListed]:
    """Members of a campus, the newest first."""
    request = page_request(query, "position", "ended", given=query)
    return provide(MemberService).of_campus(current_actor(), campus_id, request)


@api.post("/memberships")
@api.arguments(MembershipIn)
@api.response(201, MembershipOut)
@access("organisation.manage_members", scope="any")
def add_member(data: dict[str, Any]) -> MemberListed:
    """Let a person belong to an organisation or to a campus."""
    return _member(provide(MemberService).add(current_actor(), MembershipIn.wanted(data)))


@api.post("/memberships/<uuid:membership_id>/end")
@api.arguments(MembershipEndIn)
@api.response(200, MembershipOut)
@access("organisation.manage_members", scope="object")
def end_membership(data: dict[str, Any], membership_id: UUID) -> MemberListed:
    """End a membership."""
    return _member(provide(MemberService).end(current_actor(), membership_id, data["ended_on"]))


def _campus(listed: CampusListed) -> Campus:
    return listed.campus


def _member(membership: Membership) -> MemberListed:
    return provide(MemberService).named(membership)
