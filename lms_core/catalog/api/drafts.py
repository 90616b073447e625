"""Drafts and what is in them."""

from typing import Any
from uuid import UUID

from lms_core.catalog.api import api
from lms_core.catalog.domain import (
    Activity,
    AddActivity,
    Course,
    CreateCourse,
    DescribeCourse,
    Module,
    WriteActivity,
)
from lms_core.catalog.schemas import (
    ActivityIn,
    ActivityOut,
    CourseIn,
    CourseOut,
    CurriculumOut,
    DetailsIn,
    DraftOut,
    DraftQuery,
    KindOut,
    ModuleIn,
    ModuleOut,
    MoveIn,
    NewActivityIn,
)
from lms_core.catalog.schemas.authoring import pair
from lms_core.catalog.service import DraftService, KindService, OutlineService
from lms_core.foundation.paging import Page, whole
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.api import page_of
from lms_core.foundation.web.schemas import page_request
from lms_core.hooks.catalog import Curriculum

AUTHOR = "catalog.author_course"


@api.get("/curricula")
@api.response(200, page_of(CurriculumOut))
@access("catalog.create_course", scope="any")
def curricula() -> Page[Curriculum]:
    """The curricula that are offered for the whole site."""
    return whole(provide(DraftService).curricula())


@api.get("/drafts")
@api.arguments(DraftQuery, location="query")
@api.response(200, page_of(CourseOut))
@access(AUTHOR, scope="any")
def drafts(query: dict[str, Any]) -> Page[Course]:
    """The courses that you may write. Sorts: title, slug, created, each with - for down."""
    return provide(DraftService).find(current_actor(), page_request(query, "state", given=query))


@api.post("/drafts")
@api.arguments(CourseIn)
@api.response(201, CourseOut)
@access("catalog.create_course", scope="any")
def create(data: dict[str, Any]) -> Course:
    """Begin a course, empty or from a curriculum."""
    titles, languages = pair(data, "title"), tuple(data["languages"])
    place, curriculum = CourseIn.place_of(data), data["curriculum"]
    command = CreateCourse(data["slug"], titles, pair(data, "summary"), languages, place, curriculum)
    return provide(DraftService).create(current_actor(), command)


@api.get("/drafts/<uuid:course_id>")
@api.response(200, DraftOut)
@access(AUTHOR, scope="course:course_id")
def draft(course_id: UUID) -> Course:
    """A draft with all that is in it."""
    return provide(DraftService).get(current_actor(), course_id)


@api.put("/drafts/<uuid:course_id>")
@api.arguments(DetailsIn)
@api.response(200, CourseOut)
@access(AUTHOR, scope="course:course_id")
def describe(data: dict[str, Any], course_id: UUID) -> Course:
    """Say anew what a course is called and about. A newer version than yours is a conflict."""
    titles, languages = pair(data, "title"), tuple(data["languages"])
    command = DescribeCourse(course_id, data["version"], data["slug"], titles, pair(data, "summary"), languages)
    return provide(DraftService).describe(current_actor(), command)


@api.get("/drafts/<uuid:course_id>/kinds")
@api.response(200, page_of(KindOut))
@access(AUTHOR, scope="course:course_id")
def kinds(course_id: UUID) -> Page[dict[str, Any]]:
    """The kinds of activity that are on at this course."""
    known = provide(KindService).at_course(course_id).values()
    items = [
        {
            "name": kind.name,
            "title": kind.title,
            "help": kind.help,
            "completed_by": kind.completed_by,
            "settings": [{"name": name, "label": label} for name, label in kind.settings],
        }
        for kind in known
    ]
    return whole(items)


@api.post("/drafts/<uuid:course_id>/modules")
@api.arguments(ModuleIn)
@api.response(201, ModuleOut)
@access(AUTHOR, scope="course:course_id")
def add_module(data: dict[str, Any], course_id: UUID) -> Module:
    """Add a module at the end."""
    return provide(OutlineService).add_module(current_actor(), course_id, pair(data, "title"))


@api.put("/drafts/<uuid:course_id>/modules/<uuid:module_id>")
@api.arguments(ModuleIn)
@api.response(200, ModuleOut)
@access(AUTHOR, scope="course:course_id")
def rename_module(data: dict[str, Any], course_id: UUID, module_id: UUID) -> Module:
    """Call a module something else. A newer version than yours is a conflict."""
    titles, version = pair(data, "title"), data["version"]
    return provide(OutlineService).rename_module(current_actor(), course_id, module_id, titles, version)


@api.post("/drafts/<uuid:course_id>/modules/<uuid:module_id>/move")
@api.arguments(MoveIn)
@api.response(204)
@access(AUTHOR, scope="course:course_id")
def move_module(data: dict[str, int], course_id: UUID, module_id: UUID) -> None:
    """Move a module by one place."""
    provide(OutlineService).move_module(current_actor(), course_id, module_id, data["by"])


@api.delete("/drafts/<uuid:course_id>/modules/<uuid:module_id>")
@api.response(204)
@access(AUTHOR, scope="course:course_id")
def remove_module(course_id: UUID, module_id: UUID) -> None:
    """Take a module out of the draft, with all that is in it."""
    provide(OutlineService).remove_module(current_actor(), course_id, module_id)


@api.post("/drafts/<uuid:course_id>/modules/<uuid:module_id>/activities")
@api.arguments(NewActivityIn)
@api.response(201, ActivityOut)
@access(AUTHOR, scope="course:course_id")
def add_activity(data: dict[str, Any], course_id: UUID, module_id: UUID) -> Activity:
    """Add an activity at the end of a module."""
    command = AddActivity(course_id, module_id, data["kind"], pair(data, "title"), data["minutes"])
    return provide(OutlineService).add_activity(current_actor(), command)


@api.put("/drafts/<uuid:course_id>/activities/<uuid:activity_id>")
@api.arguments(ActivityIn)
@api.response(200, ActivityOut)
@access(AUTHOR, scope="course:course_id")
def write_activity(data: dict[str, Any], course_id: UUID, activity_id: UUID) -> Activity:
    """Write an activity anew. A newer version than yours is a conflict."""
    titles, body = pair(data, "title"), pair(data, "body")
    values = (data["version"], titles, body, data["settings"], data["minutes"])
    return provide(OutlineService).write_activity(current_actor(), WriteActivity(course_id, activity_id, *values))


@api.post("/drafts/<uuid:course_id>/activities/<uuid:activity_id>/move")
@api.arguments(MoveIn)
@api.response(204)
@access(AUTHOR, scope="course:course_id")
def move_activity(data: dict[str, int], course_id: UUID, activity_id: UUID) -> None:
    """Move an activity by one place, over the edge of its module too."""
    provide(OutlineService).move_activity(current_actor(), course_id, activity_id, data["by"])


@api.delete("/drafts/<uuid:course_id>/activities/<uuid:activity_id>")
@api.response(204)
@access(AUTHOR, scope="course:course_id")
def remove_activity(course_id: UUID, activity_id: UUID) -> None:
    """Take an activity out of the draft."""
    provide(OutlineService).remove_activity(current_actor(), course_id, activity_id)
