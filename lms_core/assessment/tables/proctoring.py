"""What is known of attempts while they run: signs of life, and what their devices told."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Uuid

from lms_core.foundation.database import UTCDateTime, id_column, metadata

# Apart from the attempt's own row, which saves share and wait for.
presences = Table(
    "assessment_presence",
    metadata,
    Column("attempt_id", Uuid, ForeignKey("assessment_attempt.id"), primary_key=True),
    Column("seen_at", UTCDateTime, nullable=False),
)

attempt_events = Table(
    "assessment_attempt_event",
    metadata,
    id_column(),
    Column("attempt_id", Uuid, ForeignKey("assessment_attempt.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("seconds", Integer, nullable=True),
    Column("received_at", UTCDateTime, nullable=False),
    Index("ix_assessment_attempt_event_attempt_id_at", "attempt_id", "at"),
)
