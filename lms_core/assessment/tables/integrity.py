"""The conditions under which an exam is begun and sat. Apart from the exam, which is frozen once it is published."""

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, Uuid

from lms_core.foundation.database import Json, UTCDateTime, metadata

exam_integrity = Table(
    "assessment_exam_integrity",
    metadata,
    Column("exam_id", Uuid, ForeignKey("assessment_exam.id"), primary_key=True),
    Column("networks", Json, nullable=False),
    Column("password_hash", String(255), nullable=False),
    Column("browser_required", Boolean, nullable=False),
    Column("quit_hash", String(64), nullable=False),
    Column("filters", Json, nullable=False),
    Column("exam_keys", Json, nullable=False),
    Column("changed_by", Uuid, nullable=True),
    Column("changed_at", UTCDateTime, nullable=False),
)
