"""The tables of university_outreach, and how they map to the domain."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, String, Table, Text, Uuid

from lms_core.foundation.database import Json, UTCDateTime, id_column, mapper_registry, metadata, version_column
from university_outreach.domain import PLACE_LENGTH, Agreement, Visit

agreements = Table(
    "university_outreach_agreement",
    metadata,
    id_column(),
    Column("university_id", Uuid, ForeignKey("organisation_organisation.id"), nullable=False, index=True),
    Column("department", String(PLACE_LENGTH), nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("ends_on", Date, nullable=True),
    Column("note", Text, nullable=False),
    version_column(),
    CheckConstraint("ends_on IS NULL OR ends_on >= signed_on", name="ends_after_it_begins"),
)

visits = Table(
    "university_outreach_visit",
    metadata,
    id_column(),
    Column("course_id", Uuid, ForeignKey("catalog_course.id"), nullable=False),
    Column("agreement_id", Uuid, ForeignKey("university_outreach_agreement.id"), nullable=True, index=True),
    Column("building", String(PLACE_LENGTH), nullable=False),
    Column("room", String(PLACE_LENGTH), nullable=False),
    Column("address", String(300), nullable=False),
    Column("starts_at", UTCDateTime, nullable=True),
    Column("ends_at", UTCDateTime, nullable=True),
    # A role ("career centre, programme office"), not a name: people change, and names are personal data.
    Column("contact_role", String(PLACE_LENGTH), nullable=False),
    Column("coordinator_id", Uuid, ForeignKey("people_person.id"), nullable=True, index=True),
    Column("equipment", Json, nullable=False),
    Column("note", Text, nullable=False),
    Column("state", String(12), nullable=False),
    version_column(),
    CheckConstraint("ends_at IS NULL OR starts_at < ends_at", name="ends_after_it_begins"),
    Index("ix_university_outreach_visit_course_id_starts_at", "course_id", "starts_at"),
)

mapper_registry.map_imperatively(Agreement, agreements, version_id_col=agreements.c.version)
mapper_registry.map_imperatively(Visit, visits, version_id_col=visits.c.version)
