"""The tables of cert_prep, and how they map to the domain."""

from sqlalchemy import Column, Float, ForeignKey, Index, String, Table, Uuid

from cert_prep.domain.practice import Newcomer, Practice
from cert_prep.domain.withdrawn import WithdrawnCatalogue
from lms_core.foundation.database import Json, UTCDateTime, mapper_registry, metadata

practices = Table(
    "cert_prep_practice",
    metadata,
    Column("attempt_id", Uuid, ForeignKey("assessment_attempt.id"), primary_key=True),
    Column("person_id", Uuid, ForeignKey("people_person.id"), nullable=False),
    Column("exam_id", Uuid, ForeignKey("assessment_exam.id"), nullable=False, index=True),
    Column("certification", String(60), nullable=False),
    Column("started_at", UTCDateTime, nullable=False),
    Column("submitted_at", UTCDateTime, nullable=True),
    Column("regraded_at", UTCDateTime, nullable=True),
    Column("retake", Json, nullable=True),
    Column("percent", Float, nullable=True),
    Index("ix_cert_prep_practice_person_id_started_at", "person_id", "started_at"),
)

newcomers = Table(
    "cert_prep_newcomer",
    metadata,
    Column("person_id", Uuid, ForeignKey("people_person.id"), primary_key=True),
    Column("joined_at", UTCDateTime, nullable=False),
)

withdrawn = Table(
    "cert_prep_withdrawn_catalogue",
    metadata,
    Column("plugin", String(60), primary_key=True),
    Column("since", UTCDateTime, nullable=False),
)

mapper_registry.map_imperatively(Practice, practices)
mapper_registry.map_imperatively(Newcomer, newcomers)
mapper_registry.map_imperatively(WithdrawnCatalogue, withdrawn)
