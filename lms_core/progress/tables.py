"""The tables of progress, and how they map to the domain."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint, Uuid

from lms_core.foundation.database import UTCDateTime, id_column, mapper_registry, metadata
from lms_core.progress.domain import ActivityDone, Completion

# Activities keep their id through all revisions of a course, so what was done stays done when a course is revised.
activities_done = Table(
    "progress_activity_done",
    metadata,
    id_column(),
    Column("person_id", Uuid, ForeignKey("people_person.id"), nullable=False),
    Column("course_id", Uuid, ForeignKey("catalog_course.id"), nullable=False),
    Column("activity_id", Uuid, nullable=False),
    Column("source", String(12), nullable=False),
    Column("done_at", UTCDateTime, nullable=False),
    UniqueConstraint("person_id", "activity_id"),
    Index("ix_progress_activity_done_course_id_person_id", "course_id", "person_id"),
)

completions = Table(
    "progress_completion",
    metadata,
    id_column(),
    Column("person_id", Uuid, ForeignKey("people_person.id"), nullable=False),
    Column("course_id", Uuid, ForeignKey("catalog_course.id"), nullable=False, index=True),
    Column("revision_id", Uuid, nullable=True),
    Column("rule", String(120), nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("completed_at", UTCDateTime, nullable=False),
    UniqueConstraint("person_id", "course_id"),
)

mapper_registry.map_imperatively(ActivityDone, activities_done)
mapper_registry.map_imperatively(Completion, completions)
