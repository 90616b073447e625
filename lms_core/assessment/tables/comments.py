"""What people said about questions after a simulation, before they saw its report."""

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text, Uuid

from lms_core.foundation.database import UTCDateTime, metadata

# Slot 0 is the exam as a whole: it has no item, and so no bank.
comments = Table(
    "assessment_comment",
    metadata,
    Column("attempt_id", Uuid, ForeignKey("assessment_attempt.id"), nullable=False),
    Column("slot", Integer, nullable=False),
    Column("exam_id", Uuid, ForeignKey("assessment_exam.id"), nullable=False),
    Column("bank_id", Uuid, ForeignKey("assessment_bank.id"), nullable=True),
    Column("item_id", Uuid, ForeignKey("assessment_item.id"), nullable=True, index=True),
    Column("version_id", Uuid, ForeignKey("assessment_item_version.id"), nullable=True),
    Column("words", Text, nullable=False),
    Column("written_at", UTCDateTime, nullable=False),
    PrimaryKeyConstraint("attempt_id", "slot"),
    Index("ix_assessment_comment_bank_id_written_at", "bank_id", "written_at"),
    Index("ix_assessment_comment_exam_id_written_at", "exam_id", "written_at"),
)
