"""The outline of a draft: modules and activities in order, moved by buttons."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.catalog.pages import pages
from lms_core.catalog.pages.parts import edit_view, titles_of, told
from lms_core.catalog.schemas import ModuleIn, MoveIn
from lms_core.catalog.schemas.authoring import pair
from lms_core.catalog.service import DraftService, KindService, OutlineService
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.forms import form_view, submitted
from lms_core.foundation.web.schemas import load

AUTHOR = "catalog.author_course"


@pages.get("/authoring/<uuid:course_id>")
@access(AUTHOR, scope="course:course_id")
def outline(course_id: UUID) -> ResponseReturnValue:
    """All modules and activities of a draft, and what can be done with them."""
    course = provide(DraftService).get(current_actor(), course_id)
    return render_template("catalog/outline.html", course=course, kinds=provide(KindService).at_course(course_id))


@pages.route("/authoring/<uuid:course_id>/modules/new", methods=["GET", "POST"])
@access(AUTHOR, scope="course:course_id")
def add_module(course_id: UUID) -> ResponseReturnValue:
    """Add a module at the end."""
    actor = current_actor()
    course = provide(DraftService).get(actor, course_id)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        made = provide(OutlineService).add_module(actor, course_id, pair(data, "title"))
        return told(_place(course_id, made.id), text("The module was added."))

    return form_view(ModuleIn(), "catalog/module_form.html", act, course=course, module=None, stale={})


@pages.route("/authoring/<uuid:course_id>/modules/<uuid:module_id>/edit", methods=["GET", "POST"])
@access(AUTHOR, scope="course:course_id")
def rename_module(course_id: UUID, module_id: UUID) -> ResponseReturnValue:
    """Call a module something else."""
    actor = current_actor()
    course = provide(DraftService).get(actor, course_id)
    module = course.module(module_id)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        titles, version = pair(data, "title"), data["version"]
        provide(OutlineService).rename_module(actor, course_id, module_id, titles, version)
        return told(_place(course_id, module_id))

    values = titles_of(module) | {"version": str(module.version)}
    return edit_view(ModuleIn(), "catalog/module_form.html", act, values, course=course, module=module)


@pages.post("/authoring/<uuid:course_id>/modules/<uuid:module_id>/move")
@access(AUTHOR, scope="course:course_id")
def move_module(course_id: UUID, module_id: UUID) -> ResponseReturnValue:
    """Move a module by one place."""
    provide(OutlineService).move_module(current_actor(), course_id, module_id, _by())
    return _moved(course_id, module_id)


@pages.post("/authoring/<uuid:course_id>/modules/<uuid:module_id>/remove")
@access(AUTHOR, scope="course:course_id")
def remove_module(course_id: UUID, module_id: UUID) -> ResponseReturnValue:
    """Take a module out of the draft, with all that is in it."""
    provide(OutlineService).remove_module(current_actor(), course_id, module_id)
    return told(url_for("catalog.outline", course_id=course_id), text("The module was taken out of the draft."))


@pages.post("/authoring/<uuid:course_id>/activities/<uuid:activity_id>/move")
@access(AUTHOR, scope="course:course_id")
def move_activity(course_id: UUID, activity_id: UUID) -> ResponseReturnValue:
    """Move an activity by one place, over the edge of its module too."""
    provide(OutlineService).move_activity(current_actor(), course_id, activity_id, _by())
    return _moved(course_id, activity_id)


@pages.post("/authoring/<uuid:course_id>/activities/<uuid:activity_id>/remove")
@access(AUTHOR, scope="course:course_id")
def remove_activity(course_id: UUID, activity_id: UUID) -> ResponseReturnValue:
    """Take an activity out of the draft."""
    provide(OutlineService).remove_activity(current_actor(), course_id, activity_id)
    return told(url_for("catalog.outline", course_id=course_id), text("The activity was taken out of the draft."))


def _by() -> int:
    by: int = load(MoveIn(), submitted(MoveIn()))["by"]
    return by


def _moved(course_id: UUID, moved: UUID) -> ResponseReturnValue:
    # With htmx the outline alone comes back, and the button pressed keeps the focus; without, the page jumps there.
    if request.headers.get("HX-Request"):
        course = provide(DraftService).get(current_actor(), course_id)
        kinds = provide(KindService).at_course(course_id)
        return render_template("catalog/outline_list.html", course=course, kinds=kinds)
    return told(_place(course_id, moved), text("Moved."))


def _place(course_id: UUID, identifier: UUID) -> str:
    return url_for("catalog.outline", course_id=course_id, _anchor=f"part-{identifier}")
