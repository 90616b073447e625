"""The tables of bigtech_campus, and how they map to the domain."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint, Uuid

from bigtech_campus.domain import Agreement
from bigtech_campus.domain.participation import Participation
from lms_core.foundation.database import UTCDateTime, id_column, mapper_registry, metadata

agreements = Table(
    "bigtech_campus_agreement",
    metadata,
    id_column(),
    Column("campus_id", Uuid, ForeignKey("organisation_campus.id"), nullable=False, index=True),
    Column("course_id", Uuid, ForeignKey("catalog_course.id"), nullable=False),
    Column("begins_from", Date, nullable=False),
    Column("begins_until", Date, nullable=False),
    Column("places", Integer, nullable=False),
    Column("note", String(500), nullable=False),
    Column("given_by", Uuid, ForeignKey("people_person.id"), nullable=True, index=True),
    Column("given_at", UTCDateTime, nullable=False),
    Column("withdrawn_by", Uuid, ForeignKey("people_person.id"), nullable=True, index=True),
    Column("withdrawn_at", UTCDateTime, nullable=True),
    Column("course_changed_at", UTCDateTime, nullable=True),
    CheckConstraint("begins_until >= begins_from", name="begins_in_order"),
    CheckConstraint("places > 0", name="some_places"),
    Index("ix_bigtech_campus_agreement_course_id_campus_id", "course_id", "campus_id"),
)

participations = Table(
    "bigtech_campus_participation",
    metadata,
    id_column(),
    Column("course_id", Uuid, ForeignKey("catalog_course.id"), nullable=False, index=True),
    Column("person_id", Uuid, ForeignKey("people_person.id"), nullable=True),
    Column("state", String(12), nullable=False),
    Column("changed_at", UTCDateTime, nullable=False),
    Column("completed_at", UTCDateTime, nullable=True),
    UniqueConstraint("person_id", "course_id"),
)

mapper_registry.map_imperatively(Agreement, agreements)
mapper_registry.map_imperatively(Participation, participations)
