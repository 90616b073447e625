"""Activities: adding one, writing it on the left and seeing it on the right."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema as MarshmallowSchema

from lms_core.catalog.domain import LANGUAGES, Activity, AddActivity, Course, WriteActivity
from lms_core.catalog.pages import pages
from lms_core.catalog.pages.parts import edit_view, titles_of, told
from lms_core.catalog.schemas import ActivityIn, NewActivityIn
from lms_core.catalog.schemas.authoring import BODIES, LARGEST_TEXT, pair, text_field
from lms_core.catalog.service import DraftService, KindService, OutlineService
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, fields, provide
from lms_core.foundation.web.forms import form_view
from lms_core.hooks.catalog import ActivityKind

AUTHOR = "catalog.author_course"
SETTING = "setting_"


@pages.route("/authoring/<uuid:course_id>/modules/<uuid:module_id>/activities/new", methods=["GET", "POST"])
@access(AUTHOR, scope="course:course_id")
def add_activity(course_id: UUID, module_id: UUID) -> ResponseReturnValue:
    """Choose a kind and a title; the text is written on the next page."""
    actor, kinds = current_actor(), provide(KindService).at_course(course_id)
    course = provide(DraftService).get(actor, course_id)
    module = course.module(module_id)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        command = AddActivity(course_id, module_id, data["kind"], pair(data, "title"), data["minutes"])
        made = provide(OutlineService).add_activity(actor, command)
        return told(_editor(course_id, made.id), text("The activity was added. Now write it."))

    first = {"kind": next(iter(kinds), ""), "minutes": 0}
    return form_view(
        NewActivityIn(),
        "catalog/new_activity.html",
        act,
        first,
        course=course,
        module=module,
        kinds=kinds,
    )


@pages.route("/authoring/<uuid:course_id>/activities/<uuid:activity_id>", methods=["GET", "POST"])
@access(AUTHOR, scope="course:course_id")
def write_activity(course_id: UUID, activity_id: UUID) -> ResponseReturnValue:
    """Write an activity; beside it stands what learners will see."""
    actor = current_actor()
    course = provide(DraftService).get(actor, course_id)
    module, stored = course.activity(activity_id)
    kind = provide(KindService).at_course(course_id).get(stored.kind)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        provide(OutlineService).write_activity(actor, _command(course_id, activity_id, data))
        return told(_editor(course_id, activity_id))

    return edit_view(
        _schema(course, kind),
        "catalog/activity_form.html",
        act,
        _values(stored),
        course=course,
        module=module,
        activity=stored,
        kind=kind,
        language_names=LANGUAGES,
        setting_names=[SETTING + name for name, _ in kind.settings] if kind else [],
    )


@pages.post("/authoring/<uuid:course_id>/preview")
@access(AUTHOR, scope="course:course_id")
def preview(course_id: UUID) -> ResponseReturnValue:  # noqa: ARG001 the guard reads it
    """What is being written, as learners will see it; nothing is kept."""
    chosen = "en" if request.args.get("language") == "en" else "ko"
    source = request.form.get(f"body_{chosen}", "")[:200_000]
    return render_template("catalog/preview.html", source=source)


def _schema(course: Course, kind: ActivityKind | None) -> MarshmallowSchema:
    """The fields of an activity, with those that its kind asks for, and a live preview of its texts."""
    members: dict[str, Any] = {f"body_{language}": _body(course, language) for language in LANGUAGES}
    for name, label in kind.settings if kind else ():
        told = {"label": label}
        members[SETTING + name] = fields.String(load_default="", validate=fields.Length(max=2_000), metadata=told)
    return ActivityIn.from_dict(members, name="ActivityForm")(exclude=("settings",))


def _body(course: Course, language: str) -> fields.String:
    url = url_for("catalog.preview", course_id=course.id, language=language)
    live = {"hx-post": url, "hx-trigger": "input changed delay:400ms", "hx-target": f"#preview-{language}"}
    return text_field(BODIES[language], LARGEST_TEXT, "markdown", {"rows": "18", "lang": language, **live})


def _values(activity: Activity) -> dict[str, Any]:
    written = {"body_ko": activity.body.ko, "body_en": activity.body.en, "minutes": activity.minutes}
    settings = {SETTING + name: value for name, value in activity.settings.items()}
    return {**titles_of(activity), **written, "version": str(activity.version), **settings}


def _command(course_id: UUID, activity_id: UUID, data: Mapping[str, Any]) -> WriteActivity:
    settings = {name.removeprefix(SETTING): value for name, value in data.items() if name.startswith(SETTING)}
    written = dict(data)
    values = (data["version"], pair(written, "title"), pair(written, "body"), settings, data["minutes"])
    return WriteActivity(course_id, activity_id, *values)


def _editor(course_id: UUID, activity_id: UUID) -> str:
    return url_for("catalog.write_activity", course_id=course_id, activity_id=activity_id)
