"""What the organisation room brings to the house."""

from collections.abc import Sequence

from flask import Blueprint

from lms_core.foundation.text import text
from lms_core.foundation.web import provide
from lms_core.hooks import hookimpl
from lms_core.hooks.site import MenuItem, Permission, PersonalData, Role, ScopeSource, SearchSource
from lms_core.organisation.api import api
from lms_core.organisation.pages import pages
from lms_core.organisation.pages.campuses import search_campuses
from lms_core.organisation.service import CampusService, OrganisationService, campus_scopes, organisation_scopes

SEE_ORGANISATION = "organisation.see_organisation"
MANAGE_ORGANISATION = "organisation.manage_organisation"
SEE_CAMPUS = "organisation.see_campus"
MANAGE_CAMPUS = "organisation.manage_campus"
SEE_MEMBERS = "organisation.see_members"
MANAGE_MEMBERS = "organisation.manage_members"

PERMISSIONS = (
    Permission(SEE_ORGANISATION, text("See organisations")),
    Permission(MANAGE_ORGANISATION, text("Add and describe organisations")),
    Permission(SEE_CAMPUS, text("See campuses and their departments")),
    Permission(MANAGE_CAMPUS, text("Open and describe campuses and their departments")),
    Permission(SEE_MEMBERS, text("See who belongs to an organisation or a campus")),
    Permission(MANAGE_MEMBERS, text("Add members and end memberships")),
)
SEEING = frozenset({SEE_ORGANISATION, SEE_CAMPUS})
RUNNING = SEEING | {MANAGE_CAMPUS, SEE_MEMBERS, MANAGE_MEMBERS}


@hookimpl
def lms_register_blueprints() -> Sequence[Blueprint]:
    """Pages and API."""
    return [pages, api]


@hookimpl
def lms_register_permissions() -> Sequence[Permission]:
    """What can be done to places."""
    return PERMISSIONS


@hookimpl
def lms_register_roles() -> Sequence[Role]:
    """The roles that belong to places; other rooms add what these may do there."""
    return [
        Role("campus_operator", text("Campus operator"), RUNNING, ("organisation", "campus")),
        Role("partner_manager", text("Partner manager"), SEEING | {SEE_MEMBERS}, ("organisation", "campus")),
        Role("university_coordinator", text("University coordinator"), SEEING | {SEE_MEMBERS}, ("organisation",)),
        Role("city_official", text("City official"), SEEING, ("site", "organisation")),
    ]


@hookimpl
def lms_register_menus() -> Sequence[MenuItem]:
    """Campuses and organisations, for those who may see them."""
    return [
        MenuItem("organisation.campuses", text("Campuses"), SEE_CAMPUS, rank=60),
        MenuItem("organisation.organisations", text("Organisations"), SEE_ORGANISATION, rank=65),
    ]


@hookimpl
def lms_register_search_sources() -> Sequence[SearchSource]:
    """Campuses, for those who may see any."""
    return [SearchSource("organisation.campuses", text("Campuses"), search_campuses, SEE_CAMPUS)]


@hookimpl
def lms_register_personal_data() -> Sequence[PersonalData]:
    """Who belongs where."""
    purpose = text("Knowing who works and learns at which place")
    return [PersonalData("organisation_membership", "person_id", purpose, text("Until the account is erased"))]


@hookimpl
def lms_register_scope_sources() -> Sequence[ScopeSource]:
    """Organisations and campuses."""
    return [
        ScopeSource(
            "organisation",
            organisation_scopes,
            lambda ids: provide(OrganisationService).titles(ids),
            lambda actor, permission: [one.id for one in provide(OrganisationService).held(actor, permission)],
        ),
        ScopeSource(
            "campus",
            campus_scopes,
            lambda ids: provide(CampusService).titles(ids),
            lambda actor, permission: [one.id for one in provide(CampusService).choices(actor, permission)],
        ),
    ]
