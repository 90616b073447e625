"""What enrolment brings to the house."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint

from lms_core.enrolment.api import api
from lms_core.enrolment.domain.names import (
    CAMPUS_TRAINEE,
    DECIDE_APPLICATION,
    MANAGE_COHORT,
    SEE_APPLICATIONS,
    SEE_COHORT,
    TRAINEE,
)
from lms_core.enrolment.pages import pages
from lms_core.enrolment.pages.panels import home_panel, profile_panel
from lms_core.enrolment.service import CohortService, cohort_scopes
from lms_core.enrolment.tasks import fill_places
from lms_core.foundation.outbox.tasks import Task
from lms_core.foundation.text import text
from lms_core.foundation.web import provide
from lms_core.hooks import hookimpl
from lms_core.hooks.site import MenuItem, Panel, Permission, PersonalData, Role, ScopeSource, Viewer
from lms_core.people.domain import SEE_PERSON

PERMISSIONS = (
    Permission(SEE_COHORT, text("See cohorts, also those that are not announced")),
    Permission(MANAGE_COHORT, text("Plan, describe, announce, close and cancel cohorts")),
    Permission(SEE_APPLICATIONS, text("See who applied to a cohort and who has a place in it")),
    Permission(DECIDE_APPLICATION, text("Accept and decline applications, add and withdraw people")),
)
SEEING = frozenset({SEE_COHORT, SEE_APPLICATIONS})
RUNNING = SEEING | {MANAGE_COHORT, DECIDE_APPLICATION}


@hookimpl
def lms_register_blueprints() -> Sequence[Blueprint]:
    """Pages and API."""
    return [pages, api]


@hookimpl
def lms_register_permissions() -> Sequence[Permission]:
    """What can be done with cohorts and applications."""
    return PERMISSIONS


@hookimpl
def lms_register_roles() -> Sequence[Role]:
    """The roles that come with a place, and what the roles of places may do here."""
    return [
        Role(TRAINEE, text("Trainee"), frozenset(), ("cohort", "course", "campus")),
        Role(CAMPUS_TRAINEE, text("Trainee at the campus"), frozenset(), ("campus",)),
        # A place at the campus is a role there: with this, those who run it find its people in the directory.
        Role("campus_operator", text("Campus operator"), RUNNING | {SEE_PERSON}, ("organisation", "campus")),
        Role("partner_manager", text("Partner manager"), SEEING, ("organisation", "campus")),
        Role("university_coordinator", text("University coordinator"), SEEING, ("organisation",)),
        Role("instructor", text("Instructor"), SEEING, ("campus", "course", "cohort")),
    ]


@hookimpl
def lms_register_menus() -> Sequence[MenuItem]:
    """Applying for everyone, cohorts for those who run them."""
    return [
        MenuItem("enrolment.announced", text("Apply"), rank=30),
        MenuItem("enrolment.cohorts", text("Cohorts"), SEE_COHORT, rank=55),
    ]


@hookimpl
def lms_register_tasks() -> Sequence[Task]:
    """Filling places that were given up."""
    return [fill_places]


@hookimpl
def lms_register_personal_data() -> Sequence[PersonalData]:
    """Applications, decisions about them, and places."""
    applying, learning = text("Giving places fairly"), text("Running the course and reporting on the programme")
    kept = text("Answers and notes until the account is erased; the rest without them, for the programme's figures")
    five = text("Five years after the course, for the programme's figures; without a name once the account is erased")
    return [
        PersonalData("enrolment_application", "person_id", applying, kept, "blank", ("answers", "note")),
        PersonalData("enrolment_decision", "person_id", applying, five, "blank", ("override",)),
        PersonalData("enrolment_enrolment", "person_id", learning, five, "blank", ("reason",)),
    ]


@hookimpl
def lms_register_scope_sources() -> Sequence[ScopeSource]:
    """Cohorts."""
    return [ScopeSource("cohort", cohort_scopes, lambda ids: provide(CohortService).titles(ids))]


@hookimpl
def lms_show_home(viewer: Viewer) -> Panel | None:
    """What waits for a decision, or how one's own applications stand."""
    return home_panel(viewer)


@hookimpl
def lms_show_person_profile(viewer: Viewer, person_id: UUID) -> Panel | None:
    """Where a person learns, as far as the viewer may know."""
    return profile_panel(viewer, person_id)
