"""What the catalog brings to the house."""

from collections.abc import Sequence

from flask import Blueprint

from lms_core.catalog.api import api
from lms_core.catalog.domain import LINK, PAGE
from lms_core.catalog.pages import pages
from lms_core.catalog.pages.reading import search_courses
from lms_core.catalog.service import CourseDirectory, course_scopes, show_link, show_page
from lms_core.foundation.text import text
from lms_core.foundation.web import provide
from lms_core.hooks import hookimpl
from lms_core.hooks.catalog import ActivityKind
from lms_core.hooks.site import MenuItem, Permission, PersonalData, Role, ScopeSource, SearchSource

READ = "catalog.read_course"
AUTHOR = "catalog.author_course"
CREATE = "catalog.create_course"
PUBLISH = "catalog.publish_course"

PERMISSIONS = (
    Permission(READ, text("Read published courses")),
    Permission(AUTHOR, text("Write drafts of courses")),
    Permission(CREATE, text("Begin courses")),
    Permission(PUBLISH, text("Publish courses and go back to older revisions")),
)
LINK_SETTINGS = (("url", text("Web address")), ("label", text("Words of the link")))
WRITING = frozenset({READ, AUTHOR, CREATE, PUBLISH})


@hookimpl
def lms_register_blueprints() -> Sequence[Blueprint]:
    """Pages and API."""
    return [pages, api]


@hookimpl
def lms_register_permissions() -> Sequence[Permission]:
    """What can be done to courses."""
    return PERMISSIONS


@hookimpl
def lms_register_roles() -> Sequence[Role]:
    """The instructor, and what the roles of places may do with courses."""
    return [
        Role("instructor", text("Instructor"), WRITING, ("organisation", "campus", "course")),
        Role("campus_operator", text("Campus operator"), WRITING, ("organisation", "campus")),
        Role("partner_manager", text("Partner manager"), frozenset({READ}), ("organisation", "campus")),
        Role("university_coordinator", text("University coordinator"), frozenset({READ}), ("organisation",)),
        Role("city_official", text("City official"), frozenset({READ}), ("site", "organisation")),
        Role("trainee", text("Trainee"), frozenset({READ}), ("course",)),
    ]


@hookimpl
def lms_register_menus() -> Sequence[MenuItem]:
    """Courses for everyone, their drafts for authors."""
    return [
        MenuItem("catalog.courses", text("Courses"), rank=20),
        MenuItem("catalog.drafts", text("Authoring"), AUTHOR, rank=50),
    ]


@hookimpl
def lms_register_personal_data() -> Sequence[PersonalData]:
    """Who published."""
    purpose = text("Knowing who published which revision of a course")
    return [PersonalData("catalog_revision", "author_id", purpose, text("As long as the course is kept"), "keep")]


@hookimpl
def lms_register_scope_sources() -> Sequence[ScopeSource]:
    """Courses."""
    return [ScopeSource("course", course_scopes, lambda ids: provide(CourseDirectory).titles(ids))]


@hookimpl
def lms_register_search_sources() -> Sequence[SearchSource]:
    """Published courses."""
    return [SearchSource("catalog.courses", text("Courses"), search_courses)]


@hookimpl
def lms_register_activity_kinds() -> Sequence[ActivityKind]:
    """A page to read, and a link to follow."""
    page = text("A text with headings, lists, tables, pictures and code.")
    link = text("Something elsewhere: a document, a video, a tool. The text says what it is for.")
    return [
        ActivityKind(PAGE, text("Text page"), page, show_page),
        ActivityKind(
            LINK, text("Link"), link, show_link, (("url", text("Web address")), ("label", text("Words of the link")))
        ),
    ]
