"""Regrades, and what each of them changed."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from lms_core.foundation.database import Json, UTCDateTime, id_column, metadata

# ``cursor`` is the last attempt that was looked at; ``previewed`` holds the figures of the preview that was approved.
regrades = Table(
    "assessment_regrade",
    metadata,
    id_column(),
    Column("exam_id", Uuid, ForeignKey("assessment_exam.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("version_id", Uuid, ForeignKey("assessment_item_version.id"), nullable=False, index=True),
    Column("part", Integer, nullable=False),
    Column("effect", String(8), nullable=False),
    Column("corrected_by", Uuid, ForeignKey("assessment_item_version.id"), nullable=True),
    Column("reason", String(300), nullable=False),
    Column("state", String(12), nullable=False),
    Column("total", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("passes", Integer, nullable=False),
    Column("fails", Integer, nullable=False),
    Column("cursor", Uuid, nullable=True),
    Column("previewed", Json, nullable=True),
    Column("proposed_by", Uuid, nullable=True, index=True),
    Column("proposed_at", UTCDateTime, nullable=False),
    Column("approved_by", Uuid, nullable=True),
    Column("approved_at", UTCDateTime, nullable=True),
    Column("finished_at", UTCDateTime, nullable=True),
    UniqueConstraint("exam_id", "number"),
)

# ``revision`` is that of the new result. While it is empty the row is a preview, and goes when the regrade is applied.
changes = Table(
    "assessment_regrade_change",
    metadata,
    Column("regrade_id", Uuid, ForeignKey("assessment_regrade.id"), nullable=False),
    Column("attempt_id", Uuid, ForeignKey("assessment_attempt.id"), nullable=False, index=True),
    Column("slots", Json, nullable=False),
    Column("before", Float, nullable=False),
    Column("after", Float, nullable=False),
    Column("passed_before", Boolean, nullable=True),
    Column("passed_after", Boolean, nullable=True),
    Column("revision", Integer, nullable=True),
    PrimaryKeyConstraint("regrade_id", "attempt_id"),
)
