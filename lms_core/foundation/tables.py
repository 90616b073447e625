"""The foundation's own tables: the event log, the outbox, schedules, mail and access records.

The tables of the plugin host stand in ``foundation.host.tables``.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, Uuid

from lms_core.foundation.database import Json, UTCDateTime, id_column, metadata

# Append-only: the migration adds triggers that refuse UPDATE and DELETE.
events = Table(
    "foundation_event",
    metadata,
    id_column(),
    Column("name", String(80), nullable=False),
    Column("payload", Json, nullable=False),
    Column("actor_id", Uuid, nullable=True),
    Column("scopes", Json, nullable=False),
    Column("request_id", String(64), nullable=False, default=""),
    Column("occurred_at", UTCDateTime, nullable=False),
    Index("ix_foundation_event_name_occurred_at", "name", "occurred_at"),
    Index("ix_foundation_event_actor_id_occurred_at", "actor_id", "occurred_at"),
)

# kind "task": name is a task, payload its arguments. kind "hook": name is an after hook, payload {"event": id}.
outbox = Table(
    "foundation_outbox",
    metadata,
    id_column(),
    Column("kind", String(8), nullable=False),
    Column("name", String(120), nullable=False),
    Column("plugin", String(64), nullable=False),
    Column("scopes", Json, nullable=False),
    Column("payload", Json, nullable=False),
    Column("state", String(12), nullable=False),  # ready, published, held, parked
    Column("available_at", UTCDateTime, nullable=False),
    Column("expires_at", UTCDateTime, nullable=True),
    Column("lease_until", UTCDateTime, nullable=True),
    Column("lease_by", String(80), nullable=True),
    Column("attempts", Integer, nullable=False, default=0),
    Column("held_epoch", BigInteger, nullable=True),
    Column("last_error", Text, nullable=True),
    Column("created_at", UTCDateTime, nullable=False),
    Index("ix_foundation_outbox_state_available_at", "state", "available_at"),
)

schedules = Table(
    "foundation_schedule",
    metadata,
    Column("name", String(120), primary_key=True),
    Column("next_at", UTCDateTime, nullable=False),
    Column("last_at", UTCDateTime, nullable=True),
)

mails = Table(
    "foundation_mail",
    metadata,
    id_column(),
    Column("recipient", String(320), nullable=False),
    Column("person_id", Uuid, nullable=True, index=True),
    Column("subject", String(300), nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    Column("sent_at", UTCDateTime, nullable=True),
)

access_records = Table(
    "foundation_access_record",
    metadata,
    id_column(),
    Column("actor_id", Uuid, nullable=True, index=True),
    Column("person_id", Uuid, nullable=False, index=True),
    Column("purpose", String(120), nullable=False),
    Column("request_id", String(64), nullable=False, default=""),
    Column("read_at", UTCDateTime, nullable=False),
)
