"""Drafts: the list of one's own, beginning a course, describing it."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.catalog.domain import Course, CreateCourse, DescribeCourse
from lms_core.catalog.pages import pages
from lms_core.catalog.pages.parts import edit_view, titles_of, told
from lms_core.catalog.schemas import CourseIn, DetailsIn, DraftQuery
from lms_core.catalog.schemas.authoring import pair
from lms_core.catalog.service import DraftService
from lms_core.foundation.actors import Actor
from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.forms import Option, form_view
from lms_core.foundation.web.languages import language, say
from lms_core.foundation.web.schemas import load, page_request
from lms_core.organisation.domain import ORGANISATION_KINDS
from lms_core.organisation.service import CampusService, OrganisationService

AUTHOR = "catalog.author_course"
CREATE = "catalog.create_course"


@pages.get("/authoring")
@access(AUTHOR, scope="any")
def drafts() -> ResponseReturnValue:
    """The courses that one may write: search, filter by state, sort, pages."""
    actor = current_actor()
    wanted = page_request(load(DraftQuery(), request.args), "state", given=request.args)
    found = provide(DraftService).find(actor, wanted)
    campuses = provide(CampusService).titles(one.campus_id for one in found.items if one.campus_id)
    may_create = actor.almighty or bool(actor.where(CREATE))
    return render_template("catalog/drafts.html", page=found, wanted=wanted, campuses=campuses, may_create=may_create)


@pages.route("/authoring/new", methods=["GET", "POST"])
@access(CREATE, scope="any")
def create() -> ResponseReturnValue:
    """Begin a course, empty or from a curriculum."""
    actor = current_actor()

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        titles, languages = pair(data, "title"), tuple(data["languages"])
        place, curriculum = CourseIn.place_of(data), data["curriculum"]
        command = CreateCourse(data["slug"], titles, pair(data, "summary"), languages, place, curriculum)
        made = provide(DraftService).create(actor, command)
        return told(url_for("catalog.outline", course_id=made.id), text("The course was begun. Add its first module."))

    options = {"place": _places(actor), "curriculum": _curricula()}
    first = {"languages": ["ko", "en"], "curriculum": request.args.get("curriculum", "")}
    return form_view(CourseIn(), "catalog/new_course.html", act, first, options)


@pages.route("/authoring/<uuid:course_id>/details", methods=["GET", "POST"])
@access(AUTHOR, scope="course:course_id")
def details(course_id: UUID) -> ResponseReturnValue:
    """Say anew what a course is called and about."""
    service, actor = provide(DraftService), current_actor()
    stored = service.get(actor, course_id)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        titles, languages = pair(data, "title"), tuple(data["languages"])
        command = DescribeCourse(course_id, data["version"], data["slug"], titles, pair(data, "summary"), languages)
        service.describe(actor, command)
        return told(url_for("catalog.outline", course_id=course_id))

    return edit_view(DetailsIn(), "catalog/details.html", act, _values(stored), course=stored)


def _values(course: Course) -> dict[str, Any]:
    summary = {"summary_ko": course.summary.ko, "summary_en": course.summary.en}
    rest = {"slug": course.slug, "languages": course.languages, "version": course.version}
    return titles_of(course) | summary | rest


def _places(actor: Actor) -> list[Option]:
    campuses = provide(CampusService).choices(actor, CREATE)
    hosts = provide(OrganisationService).choices(ORGANISATION_KINDS, actor.language)
    places = [(Scope("campus", str(one.id)), one.titles) for one in campuses]
    places += [(Scope("organisation", str(one.id)), one.titles) for one in hosts if actor.may(CREATE, one.scopes)]
    return [("", say(text("Choose one"))), *((str(scope), titles.in_(language())) for scope, titles in places)]


def _curricula() -> list[Option]:
    offered = provide(DraftService).offered(current_actor())
    named = [(one.code, f"{one.title.in_(language())} ({one.partner}, {one.version})") for one in offered]
    return [("", say(text("An empty course"))), *named]
