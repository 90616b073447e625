"""What bigtech_campus brings to the house."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint

from bigtech_campus.api import api
from bigtech_campus.domain import GIVE, PROJECT, SEE
from bigtech_campus.pages import pages
from bigtech_campus.pages.panels import (
    activity_panel,
    campus_panel,
    cohort_panel,
    course_panel,
    dashboard_panel,
    project_view,
)
from bigtech_campus.schemas import TermsSettings
from bigtech_campus.service import FollowingService, ParticipationService, TermsService, curricula, plant
from lms_core.foundation.errors import Refusal
from lms_core.foundation.host.settings import PluginSettings
from lms_core.foundation.text import text
from lms_core.foundation.web import provide
from lms_core.hooks import hookimpl
from lms_core.hooks.catalog import ActivityKind, CoursePublished, Curriculum, PublicationFacts
from lms_core.hooks.enrolment import Enrolled, EnrolmentFacts, Withdrawn
from lms_core.hooks.progress import CompletionFacts, CompletionVerdict, CourseCompleted
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
    counting, years = text("Telling the partner how many learn, complete and leave"), text("Without a name, for good")
    return [
        *(PersonalData(table, column, purpose, until, "blank", (column,)) for column in ("given_by", "withdrawn_by")),
        PersonalData("bigtech_campus_participation", "person_id", counting, years, "blank", ("person_id",)),
    ]


@hookimpl
def lms_register_settings() -> Sequence[PluginSettings]:
    """The partner's terms, as each campus or course agreed on them."""
    return [PluginSettings(TermsSettings(), ("site", "campus", "course"))]


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
def lms_after_enrolled(event: Enrolled) -> None:
    """One more learns."""
    provide(ParticipationService).placed(event.person_id, event.course_id)


@hookimpl
def lms_after_withdrawn(event: Withdrawn) -> None:
    """One fewer learns."""
    provide(ParticipationService).placed(event.person_id, event.course_id)


@hookimpl
def lms_after_course_completed(event: CourseCompleted) -> None:
    """One more completed."""
    provide(ParticipationService).completed(event.person_id, event.course_id)


@hookimpl
def lms_after_course_published(event: CoursePublished) -> None:
    """The partner agreed to a course as it was."""
    provide(FollowingService).published(event.course_id)


@hookimpl
def lms_show_cohort_page(cohort_id: UUID) -> Panel | None:
    """What the partner agreed to for this cohort."""
    return cohort_panel(cohort_id)


@hookimpl
def lms_show_activity_page(course_id: UUID, activity_id: UUID) -> Panel | None:
    """Which part of the partner's curriculum this is."""
    return activity_panel(course_id, activity_id)


@hookimpl
def lms_show_campus_page(viewer: Viewer, campus_id: UUID) -> Panel | None:  # noqa: ARG001 the hook's own argument
    """The partner's programme at this campus."""
    return campus_panel(campus_id)


@hookimpl
def lms_show_admin_dashboard() -> Panel | None:
    """Agreements that end soon."""
    return dashboard_panel()


@hookimpl
def lms_show_course_page(viewer: Viewer, course_id: UUID) -> Panel | None:  # noqa: ARG001 the hook's own argument
    """Whose curriculum this course follows."""
    return course_panel(course_id)
