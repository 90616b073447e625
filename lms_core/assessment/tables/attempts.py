"""Attempts, their deadline ledgers, their responses and their results."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
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

# deadline_at, closes_at and revision are a copy of what the ledger says, so that a save needs no other row.
attempts = Table(
    "assessment_attempt",
    metadata,
    id_column(),
    Column("exam_id", Uuid, ForeignKey("assessment_exam.id"), nullable=False),
    Column("form_id", Uuid, ForeignKey("assessment_form.id"), nullable=False, index=True),
    Column("person_id", Uuid, ForeignKey("people_person.id"), nullable=False),
    Column("mode", String(12), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("first_slot", Integer, nullable=False),
    Column("last_slot", Integer, nullable=False),
    Column("started_at", UTCDateTime, nullable=False),
    Column("deadline_at", UTCDateTime, nullable=False),
    Column("closes_at", UTCDateTime, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("submitted_at", UTCDateTime, nullable=True),
    Column("submitted_by", String(8), nullable=True),
    Column("graded_at", UTCDateTime, nullable=True),
    Column("address", String(45), nullable=False, default=""),
    Column("window_closes_at", UTCDateTime, nullable=True),
    UniqueConstraint("exam_id", "person_id", "number"),
    Index("ix_assessment_attempt_person_id_started_at", "person_id", "started_at"),
    Index("ix_assessment_attempt_exam_id_id", "exam_id", "id"),
)
_is_open = attempts.c.state == "open"
Index(
    "uq_assessment_attempt_open",
    attempts.c.exam_id,
    attempts.c.person_id,
    unique=True,
    sqlite_where=_is_open,
    postgresql_where=_is_open,
)
Index("ix_assessment_attempt_open_closes_at", attempts.c.closes_at, sqlite_where=_is_open, postgresql_where=_is_open)
_ungraded = attempts.c.graded_at.is_(None)
Index("ix_assessment_attempt_ungraded", attempts.c.state, sqlite_where=_ungraded, postgresql_where=_ungraded)

# Append-only: an entry that was written is never changed.
deadlines = Table(
    "assessment_deadline",
    metadata,
    Column("attempt_id", Uuid, ForeignKey("assessment_attempt.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("seconds", Integer, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("actor_id", Uuid, nullable=True),
    Column("created_at", UTCDateTime, nullable=False),
    PrimaryKeyConstraint("attempt_id", "revision"),
    CheckConstraint("seconds >= 0", name="never_shortens"),
)

responses = Table(
    "assessment_response",
    metadata,
    Column("attempt_id", Uuid, ForeignKey("assessment_attempt.id"), nullable=False),
    Column("slot", Integer, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("response", Json, nullable=False),
    Column("flagged", Boolean, nullable=False),
    Column("receipt", String(24), nullable=False),
    Column("saved_at", UTCDateTime, nullable=False),
    PrimaryKeyConstraint("attempt_id", "slot"),
)

# Append-only: a regrade adds a revision.
results = Table(
    "assessment_result",
    metadata,
    Column("attempt_id", Uuid, ForeignKey("assessment_attempt.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("points", Float, nullable=False),
    Column("possible", Float, nullable=False),
    Column("scaled", Json, nullable=False),
    Column("sections", Json, nullable=False),
    Column("slots", Json, nullable=False),
    Column("rule", String(80), nullable=False),
    Column("rule_version", String(20), nullable=False),
    Column("graded_at", UTCDateTime, nullable=False),
    PrimaryKeyConstraint("attempt_id", "revision"),
)

# Health and circumstances are told by nobody here: only how much more time was granted, to whom, with what consent.
accommodations = Table(
    "assessment_accommodation",
    metadata,
    id_column(),
    Column("person_id", Uuid, ForeignKey("people_person.id"), nullable=False, index=True),
    Column("exam_id", Uuid, ForeignKey("assessment_exam.id"), nullable=True),
    Column("percent", Integer, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("consented_at", UTCDateTime, nullable=False),
    Column("granted_by", Uuid, nullable=True),
    Column("granted_at", UTCDateTime, nullable=False),
    Column("revoked_at", UTCDateTime, nullable=True),
)

# Append-only as well. Both person_id and network empty: it reached everybody who sat the exam.
incidents = Table(
    "assessment_incident",
    metadata,
    id_column(),
    Column("exam_id", Uuid, ForeignKey("assessment_exam.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("person_id", Uuid, ForeignKey("people_person.id"), nullable=True, index=True),
    Column("network", String(43), nullable=False),
    Column("seconds", Integer, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("actor_id", Uuid, nullable=True),
    Column("created_at", UTCDateTime, nullable=False),
    UniqueConstraint("exam_id", "number"),
    CheckConstraint("seconds > 0", name="gives_time"),
)
