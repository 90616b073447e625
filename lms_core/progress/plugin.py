"""What progress brings to the house."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint

from lms_core.foundation.host.events import PluginDisabled, PluginEnabled
from lms_core.foundation.outbox.tasks import Task
from lms_core.foundation.scopes import parse_scope
from lms_core.foundation.text import text
from lms_core.foundation.web import provide
from lms_core.hooks import hookimpl
from lms_core.hooks.assessment import AttemptGraded
from lms_core.hooks.catalog import CoursePublished
from lms_core.hooks.enrolment import Enrolled
from lms_core.hooks.site import Panel, Permission, PersonalData, Role, Viewer
from lms_core.progress.api import api
from lms_core.progress.domain import SEE_PROGRESS
from lms_core.progress.pages import pages
from lms_core.progress.pages.panels import activity_panel, cohort_panel, course_panel, home_panel
from lms_core.progress.service import ProgressService
from lms_core.progress.tasks import judge_completion, judge_course

SEEING = frozenset({SEE_PROGRESS})


@hookimpl
def lms_register_blueprints() -> Sequence[Blueprint]:
    """Pages and API."""
    return [pages, api]


@hookimpl
def lms_register_permissions() -> Sequence[Permission]:
    """What can be read of progress."""
    return [Permission(SEE_PROGRESS, text("See how far the people of a cohort have come"))]


@hookimpl
def lms_register_roles() -> Sequence[Role]:
    """Who sees the progress of others: those who teach, run and sponsor a cohort."""
    return [
        Role("instructor", text("Instructor"), SEEING, ("campus", "course", "cohort")),
        Role("campus_operator", text("Campus operator"), SEEING, ("organisation", "campus")),
        Role("partner_manager", text("Partner manager"), SEEING, ("organisation", "campus")),
        Role("university_coordinator", text("University coordinator"), SEEING, ("organisation",)),
    ]


@hookimpl
def lms_register_tasks() -> Sequence[Task]:
    """Judging completion: of one person, or of everybody in a course."""
    return [judge_completion, judge_course]


@hookimpl
def lms_register_personal_data() -> Sequence[PersonalData]:
    """What people have done and completed."""
    learning = text("Showing people how far they are, and proving that they completed a course")
    five = text("Five years after the course, for the programme's figures; without a name once the account is erased")
    return [
        PersonalData("progress_activity_done", "person_id", learning, text("Until the account is erased")),
        PersonalData("progress_completion", "person_id", learning, five, "keep"),
    ]


@hookimpl
def lms_after_attempt_graded(event: AttemptGraded) -> None:
    """An exam that an activity names is done when its attempt has a score."""
    provide(ProgressService).attempt_graded(event)


@hookimpl
def lms_after_enrolled(event: Enrolled) -> None:
    """Whoever comes back finds what was done before: it may be all."""
    provide(ProgressService).judge(event.person_id, event.course_id)


@hookimpl
def lms_after_course_published(event: CoursePublished) -> None:
    """A new revision may ask for less."""
    provide(ProgressService).judge_everybody(event.course_id)


@hookimpl
def lms_after_plugin_enabled(event: PluginEnabled) -> None:
    """A rule of completion that comes may ask for less."""
    provide(ProgressService).plugin_switched(event.plugin, parse_scope(event.scope))


@hookimpl
def lms_after_plugin_disabled(event: PluginDisabled) -> None:
    """A rule of completion that goes may have asked for more."""
    provide(ProgressService).plugin_switched(event.plugin, parse_scope(event.scope))


@hookimpl
def lms_show_home(viewer: Viewer) -> Panel | None:
    """Where the viewer left off."""
    return home_panel(viewer)


@hookimpl
def lms_show_course_page(viewer: Viewer, course_id: UUID) -> Panel | None:
    """How far the viewer is."""
    return course_panel(viewer, course_id)


@hookimpl
def lms_show_activity_page(viewer: Viewer, course_id: UUID, activity_id: UUID) -> Panel | None:
    """Whether it is done, or the button that says so."""
    return activity_panel(viewer, course_id, activity_id)


@hookimpl
def lms_show_cohort_page(viewer: Viewer, cohort_id: UUID) -> Panel | None:
    """The cohort's figures."""
    return cohort_panel(viewer, cohort_id)
