"""Answers that a person has to mark, and the marks they were given."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from lms_core.foundation.database import Json, UTCDateTime, id_column, metadata

# One row an answer that waits or waited for a person. ``part`` is the question within a case, 0 outside of one.
markings = Table(
    "assessment_marking",
    metadata,
    Column("attempt_id", Uuid, ForeignKey("assessment_attempt.id"), nullable=False),
    Column("slot", Integer, nullable=False),
    Column("exam_id", Uuid, ForeignKey("assessment_exam.id"), nullable=False),
    Column("version_id", Uuid, ForeignKey("assessment_item_version.id"), nullable=False),
    Column("part", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("waits_since", UTCDateTime, nullable=False),
    PrimaryKeyConstraint("attempt_id", "slot"),
    Index("ix_assessment_marking_exam_id_state", "exam_id", "state", "waits_since"),
)

# Append-only: a second look adds a mark, and the newest one counts.
marks = Table(
    "assessment_mark",
    metadata,
    id_column(),
    Column("attempt_id", Uuid, ForeignKey("assessment_attempt.id"), nullable=False),
    Column("slot", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("points", Json, nullable=False),
    Column("note", String(4000), nullable=False),
    Column("marked_by", Uuid, nullable=True, index=True),
    Column("marked_at", UTCDateTime, nullable=False),
    UniqueConstraint("attempt_id", "slot", "number"),
)
