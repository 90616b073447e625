"""What people say about questions after an attempt, and the log of what was taken down."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, Uuid

from lms_core.assessment.domain.question_reports import QuestionReport, ReportMessage, Takedown
from lms_core.foundation.database import UTCDateTime, id_column, mapper_registry, metadata, version_column

# One report a question and attempt: whoever has more to say adds a message.
question_reports = Table(
    "assessment_question_report",
    metadata,
    id_column(),
    Column("item_id", Uuid, ForeignKey("assessment_item.id"), nullable=False, index=True),
    Column("version_id", Uuid, ForeignKey("assessment_item_version.id"), nullable=False),
    Column("bank_id", Uuid, ForeignKey("assessment_bank.id"), nullable=False),
    Column("attempt_id", Uuid, ForeignKey("assessment_attempt.id"), nullable=False),
    Column("slot", Integer, nullable=False),
    Column("person_id", Uuid, ForeignKey("people_person.id"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("state", String(12), nullable=False),
    Column("reported_at", UTCDateTime, nullable=False),
    Column("changed_at", UTCDateTime, nullable=False),
    version_column(),
    UniqueConstraint("attempt_id", "slot"),
    Index("ix_assessment_question_report_bank_id_state", "bank_id", "state", "changed_at"),
)

report_messages = Table(
    "assessment_report_message",
    metadata,
    id_column(),
    Column("report_id", Uuid, ForeignKey("assessment_question_report.id"), nullable=False, index=True),
    Column("person_id", Uuid, ForeignKey("people_person.id"), nullable=False, index=True),
    Column("words", Text, nullable=False),
    Column("written_at", UTCDateTime, nullable=False),
)

# asked_by names whoever holds the rights, as they gave it: they need no account here.
takedowns = Table(
    "assessment_takedown",
    metadata,
    id_column(),
    Column("item_id", Uuid, ForeignKey("assessment_item.id"), nullable=False, index=True),
    Column("bank_id", Uuid, ForeignKey("assessment_bank.id"), nullable=False, index=True),
    Column("asked_by", String(200), nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded_by", Uuid, nullable=True, index=True),
    Column("recorded_at", UTCDateTime, nullable=False),
    Column("outcome", String(12), nullable=False),
    Column("done", Text, nullable=False),
    Column("decided_by", Uuid, nullable=True),
    Column("decided_at", UTCDateTime, nullable=True),
    version_column(),
)

mapper_registry.map_imperatively(QuestionReport, question_reports, version_id_col=question_reports.c.version)
mapper_registry.map_imperatively(ReportMessage, report_messages)
mapper_registry.map_imperatively(Takedown, takedowns, version_id_col=takedowns.c.version)
