"""What university_outreach brings to the house."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint

from lms_core.foundation.errors import Refusal
from lms_core.foundation.text import text
from lms_core.foundation.web import provide
from lms_core.hooks import hookimpl
from lms_core.hooks.catalog import ActivityKind, CourseLanding, PublicationFacts
from lms_core.hooks.site import MenuItem, Panel, Permission, PersonalData, Role, Seed, Viewer
from university_outreach.api import api
from university_outreach.domain import ACTIVITY, MANAGE_AGREEMENT, PLAN_VISIT, SEE_VISIT
from university_outreach.pages import pages
from university_outreach.pages.panels import activity_view, course_panel, home_panel
from university_outreach.service import SampleService, VisitReader

SEEING = frozenset({SEE_VISIT})
RUNNING = frozenset({SEE_VISIT, PLAN_VISIT, MANAGE_AGREEMENT})


@hookimpl
def lms_register_blueprints() -> Sequence[Blueprint]:
    """Pages and API."""
    return [pages, api]


@hookimpl
def lms_register_permissions() -> Sequence[Permission]:
    """What can be done with visits."""
    return [
        Permission(SEE_VISIT, text("See university visits and agreements")),
        Permission(PLAN_VISIT, text("Plan, describe and cancel university visits")),
        Permission(MANAGE_AGREEMENT, text("Keep agreements with universities")),
    ]


@hookimpl
def lms_register_roles() -> Sequence[Role]:
    """A university's coordinator for its own visits; who runs a campus or teaches, for their courses."""
    return [
        Role("university_coordinator", text("University coordinator"), RUNNING, ("organisation",)),
        Role("campus_operator", text("Campus operator"), RUNNING, ("organisation", "campus")),
        Role("instructor", text("Instructor"), SEEING, ("organisation", "campus", "course")),
    ]


@hookimpl
def lms_register_menus() -> Sequence[MenuItem]:
    """Visits, for those who may see them."""
    return [MenuItem("university_outreach.visits", text("University visits"), SEE_VISIT, rank=70)]


@hookimpl
def lms_register_personal_data() -> Sequence[PersonalData]:
    """Who of the academy planned a visit."""
    purpose = text("Knowing whom to ask about a university visit")
    until = text("Until the account is erased")
    columns = ("coordinator_id",)
    return [PersonalData("university_outreach_visit", "coordinator_id", purpose, until, "blank", columns)]


@hookimpl
def lms_register_activity_kinds() -> Sequence[ActivityKind]:
    """A visit, whose place, dates and host are kept with the visits themselves."""
    told = text("Shows place, dates and host of the course's university visits, as they are planned.")
    return [ActivityKind(ACTIVITY, text("University visit"), told, activity_view)]


@hookimpl
def lms_register_seeds() -> Sequence[Seed]:
    """A visiting course at the sample university."""
    return [Seed(text("A visiting course"), lambda actor: provide(SampleService).plant(actor))]


@hookimpl
def lms_review_course_publication(facts: PublicationFacts) -> Refusal | None:
    """No visiting course is published without place, date and host."""
    return provide(VisitReader).reason_against(facts.course_id, facts.kinds)


@hookimpl
def lms_choose_course_landing(course_id: UUID) -> CourseLanding | None:
    """On the day before a visit and on the day itself: where to go and when."""
    activity_id = provide(VisitReader).landing(course_id)
    return CourseLanding(activity_id) if activity_id else None


@hookimpl
def lms_show_course_page(course_id: UUID) -> Panel | None:
    """Where and when the course is held."""
    return course_panel(course_id)


@hookimpl
def lms_show_home(viewer: Viewer) -> Panel | None:
    """The next visit of the viewer's courses."""
    return home_panel(viewer)
