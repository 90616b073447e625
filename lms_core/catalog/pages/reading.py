"""Reading: the list of published courses, a course, its activities one after the other."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms_core.catalog.domain import Revision
from lms_core.catalog.pages import pages
from lms_core.catalog.pages.parts import viewer
from lms_core.catalog.schemas import PublishedQuery
from lms_core.catalog.service import CourseListed, ReadingService
from lms_core.foundation.actors import Actor
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.languages import language
from lms_core.foundation.web.schemas import load, page_request
from lms_core.hooks.caller import Hooks
from lms_core.hooks.catalog import CourseLanding
from lms_core.hooks.site import SearchHit
from lms_core.organisation.service import CampusService

READ = "catalog.read_course"
AUTHOR = "catalog.author_course"


@pages.get("/courses")
@access(SIGNED_IN)
def courses() -> ResponseReturnValue:
    """All published courses; those that are open to the reader lead on."""
    service, campuses = provide(ReadingService), provide(CampusService)
    wanted = page_request(load(PublishedQuery(), request.args), "campus", given=request.args)
    found = service.browse(current_actor(), wanted)
    return render_template(
        "catalog/courses.html", page=found, wanted=wanted, campuses=campuses.titles(service.campuses())
    )


@pages.get("/courses/<uuid:course_id>")
@access(READ, scope="course:course_id")
def course(course_id: UUID) -> ResponseReturnValue:
    """A published course: its outline, and what plugins know of it."""
    actor = current_actor()
    revision, on = provide(ReadingService).course(actor, course_id)
    panels = provide(Hooks).show_course_page(viewer(), course_id, on)
    may_write = actor.may(AUTHOR, on)
    return render_template("catalog/course.html", revision=revision, panels=panels, may_write=may_write)


@pages.get("/courses/<uuid:course_id>/enter")
@access(READ, scope="course:course_id")
def enter(course_id: UUID) -> ResponseReturnValue:
    """Into a course, where a plugin wants its people to land; its own page otherwise."""
    revision, on = provide(ReadingService).course(current_actor(), course_id)
    chosen = provide(Hooks).choose_course_landing(viewer(), course_id, on)
    return redirect(landing_url(revision, chosen))


@pages.get("/courses/<uuid:course_id>/activities/<uuid:activity_id>")
@access(READ, scope="course:course_id")
def activity(course_id: UUID, activity_id: UUID) -> ResponseReturnValue:
    """One activity, with the ways to the one before and the one after."""
    looking, actor = viewer(), current_actor()
    found = provide(ReadingService).activity(actor, looking, course_id, activity_id)
    return render_template(
        "catalog/activity.html",
        found=found,
        html=Markup(found.html.in_(language())),  # noqa: S704 made safe when it was published
        panels=provide(Hooks).show_activity_page(looking, course_id, activity_id, found.on),
        may_write=actor.may(AUTHOR, found.on),
    )


def landing_url(revision: Revision, chosen: CourseLanding | None) -> str:
    """The address of what was chosen, if the course holds it or it is of this site; else the course's own page."""
    if chosen and chosen.activity_id and revision.holds(chosen.activity_id):
        return url_for("catalog.activity", course_id=revision.course_id, activity_id=chosen.activity_id)
    if chosen and chosen.url.startswith("/") and not chosen.url.startswith(("//", "/\\")):
        return chosen.url
    return url_for("catalog.course", course_id=revision.course_id)


def search_courses(actor: Actor, request: PageRequest) -> Page[SearchHit]:
    """Published courses by title, for the site's search; those that are not open to the actor stand in the list."""
    return provide(ReadingService).browse(actor, request).map(_hit)


def _hit(listed: CourseListed) -> SearchHit:
    titles = listed.summary.content.titles
    if listed.open:
        url = url_for("catalog.course", course_id=listed.summary.id)
    else:
        url = url_for("catalog.courses", search=titles.in_(language()))
    return SearchHit(
        Text("%(value)s", {"value": titles}), url, None if listed.open else text("Open to those with a place in it")
    )
