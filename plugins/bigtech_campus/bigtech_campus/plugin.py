"""What bigtech_campus brings to the house."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint

from bigtech_campus.api import api
from bigtech_campus.domain import GIVE, PROJECT, SEE
from bigtech_campus.pages import pages
from bigtech_campus.pages.panels import campus_panel, course_panel, project_view
from bigtech_campus.service import TermsService, curricula, plant
from lms_core.foundation.errors import Refusal
from lms_core.foundation.text import text
from lms_core.foundation.web import provide
from lms_core.hooks import hookimpl
from lms_core.hooks.catalog import ActivityKind, Curriculum, PublicationFacts
from lms_core.hooks.enrolment import EnrolmentFacts
from lms_core.hooks.progress import CompletionFacts, CompletionVerdict
from lms_core.hooks.site import Panel, Permission, PersonalData, Role, Seed, Viewer

SEEING = frozenset({SEE})
READING = frozenset({"catalog.read_course"})
PROJECT_SETTINGS = (
    ("mentor_ko", text("Mentor from the partner, in Korean")),
    ("mentor_en", text("Mentor from the partner, in English")),
    ("deliverables_ko", text("What the team hands in, in Korean")),
    ("deliverables_en", text("What the team hands in, in English")),
    ("weeks", text("Weeks")),
)


@hookimpl
def lms_register_blueprints() -> Sequence[Blueprint]:
    """Pages and API."""
    return [pages, api]


@hookimpl
def lms_register_permissions() -> Sequence[Permission]:
    """What can be done with agreements."""
    return [
        Permission(SEE, text("See a partner's agreements to cohorts")),
        Permission(GIVE, text("Agree to cohorts on behalf of a partner, and withdraw")),
    ]


@hookimpl
def lms_register_roles() -> Sequence[Role]:
    """The partner agrees; who runs the campus sees it; a mentor reads the courses of the campus."""
    both = ("organisation", "campus")
    return [
        Role("partner_manager", text("Partner manager"), SEEING | {GIVE}, both),
        Role("campus_operator", text("Campus operator"), SEEING, both),
        Role("city_official", text("City official"), SEEING, ("site", "organisation")),
        Role("partner_mentor", text("Partner mentor"), SEEING | READING, both),
    ]


@hookimpl
def lms_register_personal_data() -> Sequence[PersonalData]:
    """Who agreed, and who took it back."""
    table, purpose = "bigtech_campus_agreement", text("Knowing who agreed on behalf of the partner")
    until = text("As long as the agreement is kept")
    return [PersonalData(table, column, purpose, until, "blank", (column,)) for column in ("given_by", "withdrawn_by")]


@hookimpl
def lms_register_activity_kinds() -> Sequence[ActivityKind]:
    """The partner's project."""
    told = text("A project set by the partner: the brief, the partner's mentor, and what the team hands in.")
    return [ActivityKind(PROJECT, text("Partner project"), told, project_view, PROJECT_SETTINGS, "event")]


@hookimpl
def lms_register_curricula() -> Sequence[Curriculum]:
    """The programmes' curricula."""
    return curricula()


@hookimpl
def lms_register_seeds() -> Sequence[Seed]:
    """A course of the programme at its partner's campus."""
    return [Seed(text("A dedicated programme with its partner's agreement"), plant)]


@hookimpl
def lms_review_course_publication(facts: PublicationFacts) -> Refusal | None:
    """A course keeps what its dedicated curriculum requires."""
    return provide(TermsService).against_publication(facts)


@hookimpl
def lms_review_application(facts: EnrolmentFacts) -> Refusal | None:
    """The partner wants to read why somebody applies."""
    return provide(TermsService).against_application(facts)


@hookimpl
def lms_review_enrolment(facts: EnrolmentFacts) -> Refusal | None:
    """Nobody gets a place in a cohort to which the partner has not agreed."""
    return provide(TermsService).against_enrolment(facts)


@hookimpl
def lms_choose_completion_rule(facts: CompletionFacts) -> CompletionVerdict | None:
    """A dedicated programme counts as complete by its own share."""
    return provide(TermsService).completion(facts)


@hookimpl
def lms_show_campus_page(viewer: Viewer, campus_id: UUID) -> Panel | None:  # noqa: ARG001 the hook's own argument
    """The partner's programme at this campus."""
    return campus_panel(campus_id)


@hookimpl
def lms_show_course_page(viewer: Viewer, course_id: UUID) -> Panel | None:  # noqa: ARG001 the hook's own argument
    """Whose curriculum this course follows."""
    return course_panel(course_id)
