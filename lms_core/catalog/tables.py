"""The tables of the catalog: drafts are mapped to the domain, revisions are only written and read."""

from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, Uuid
from sqlalchemy.ext.orderinglist import ordering_list
from sqlalchemy.orm import composite, relationship

from lms_core.catalog.domain import SLUG_LENGTH, TITLE_LENGTH, Activity, Course, Module
from lms_core.foundation.database import Json, UTCDateTime, id_column, mapper_registry, metadata, version_column
from lms_core.foundation.text import Titles


def titles(name: str, kind: Any) -> tuple[Column[str], Column[str]]:
    """Two columns, one for each language."""
    return Column(f"{name}_ko", kind, nullable=False), Column(f"{name}_en", kind, nullable=False)


courses = Table(
    "catalog_course",
    metadata,
    id_column(),
    Column("slug", String(SLUG_LENGTH), nullable=False, unique=True),
    *titles("title", String(TITLE_LENGTH)),
    *titles("summary", Text),
    Column("languages", Json, nullable=False),
    Column("organisation_id", Uuid, ForeignKey("organisation_organisation.id"), nullable=False, index=True),
    Column("campus_id", Uuid, ForeignKey("organisation_campus.id"), nullable=True, index=True),
    Column("curriculum_code", String(80), nullable=False),
    Column("curriculum_version", String(40), nullable=False),
    # The revision that learners read. Every publication adds one, so it is the last.
    Column("published", Integer, nullable=True),
    Column("created_at", UTCDateTime, nullable=False),
    version_column(),
)

modules = Table(
    "catalog_module",
    metadata,
    id_column(),
    Column("course_id", Uuid, ForeignKey("catalog_course.id"), nullable=False),
    Column("position", Integer, nullable=False),
    *titles("title", String(TITLE_LENGTH)),
    Column("curriculum_key", String(80), nullable=False),
    version_column(),
    Index("ix_catalog_module_course_id_position", "course_id", "position"),
)

activities = Table(
    "catalog_activity",
    metadata,
    id_column(),
    Column("module_id", Uuid, ForeignKey("catalog_module.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", String(80), nullable=False),
    *titles("title", String(TITLE_LENGTH)),
    *titles("body", Text),
    Column("settings", Json, nullable=False),
    Column("minutes", Integer, nullable=False),
    version_column(),
    Index("ix_catalog_activity_module_id_position", "module_id", "position"),
)

# Immutable. ``outline`` is everything but the bodies, which stand page by page in catalog_page.
revisions = Table(
    "catalog_revision",
    metadata,
    id_column(),
    Column("course_id", Uuid, ForeignKey("catalog_course.id"), nullable=False),
    Column("number", Integer, nullable=False),
    *titles("title", String(TITLE_LENGTH)),
    Column("outline", Json, nullable=False),
    Column("changes", Json, nullable=False),
    Column("note", Text, nullable=False),
    Column("author_id", Uuid, nullable=True, index=True),
    Column("published_at", UTCDateTime, nullable=False),
    Column("restored_from", Integer, nullable=True),
    UniqueConstraint("course_id", "number"),
)

# Immutable. What an activity said in a revision, as written and as safe HTML.
pages = Table(
    "catalog_page",
    metadata,
    Column("revision_id", Uuid, ForeignKey("catalog_revision.id"), primary_key=True),
    Column("activity_id", Uuid, primary_key=True),
    *titles("body", Text),
    *titles("html", Text),
)

# Versions are counted by the domain, under a lock on the course: moving a thing must not make its editor's form stale.
mapper_registry.map_imperatively(
    Activity,
    activities,
    properties={
        "titles": composite(Titles, activities.c.title_ko, activities.c.title_en),
        "body": composite(Titles, activities.c.body_ko, activities.c.body_en),
    },
)
mapper_registry.map_imperatively(
    Module,
    modules,
    properties={
        "titles": composite(Titles, modules.c.title_ko, modules.c.title_en),
        "activities": relationship(
            Activity,
            order_by=activities.c.position,
            collection_class=ordering_list("position"),
            cascade="all, delete-orphan",
            lazy="raise",
        ),
    },
)
mapper_registry.map_imperatively(
    Course,
    courses,
    properties={
        "titles": composite(Titles, courses.c.title_ko, courses.c.title_en),
        "summary": composite(Titles, courses.c.summary_ko, courses.c.summary_en),
        "modules": relationship(
            Module,
            order_by=modules.c.position,
            collection_class=ordering_list("position"),
            cascade="all, delete-orphan",
            lazy="raise",
        ),
    },
)
