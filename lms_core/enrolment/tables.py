"""The tables of enrolment, and how they map to the domain."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.orm import composite

from lms_core.enrolment.domain.applications import LIVE, Application, Enrolment
from lms_core.enrolment.domain.cohorts import Cohort
from lms_core.foundation.database import Json, UTCDateTime, id_column, mapper_registry, metadata, version_column
from lms_core.foundation.text import Titles

# The two counters are the truth about places and arrivals: every writer goes through one guarded statement on them.
cohorts = Table(
    "enrolment_cohort",
    metadata,
    id_column(),
    Column("course_id", Uuid, ForeignKey("catalog_course.id"), nullable=False),
    Column("campus_id", Uuid, ForeignKey("organisation_campus.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("title_ko", String(200), nullable=False),
    Column("title_en", String(200), nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("applications_from", UTCDateTime, nullable=False),
    Column("applications_until", UTCDateTime, nullable=False),
    Column("starts_on", Date, nullable=False, index=True),
    Column("ends_on", Date, nullable=False),
    Column("state", String(12), nullable=False),
    Column("places_taken", Integer, nullable=False),
    Column("applications_taken", Integer, nullable=False),
    version_column(),
    UniqueConstraint("course_id", "campus_id", "number"),
    CheckConstraint("places_taken >= 0 AND places_taken <= capacity", name="never_over_capacity"),
    CheckConstraint("starts_on <= ends_on", name="ends_after_start"),
    CheckConstraint("applications_from < applications_until", name="window_is_open_for_a_while"),
    Index("ix_enrolment_cohort_state_applications_until", "state", "applications_until"),
)

applications = Table(
    "enrolment_application",
    metadata,
    id_column(),
    Column("cohort_id", Uuid, ForeignKey("enrolment_cohort.id"), nullable=False),
    Column("person_id", Uuid, ForeignKey("people_person.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("applied_at", UTCDateTime, nullable=False),
    Column("answers", Json, nullable=True),
    Column("by_staff", Boolean, nullable=False),
    Column("state", String(12), nullable=False),
    Column("decided_at", UTCDateTime, nullable=True),
    Column("decided_by", Uuid, nullable=True),
    Column("note", Text, nullable=True),
    Column("held", Json, nullable=True),
    version_column(),
    UniqueConstraint("cohort_id", "number"),
    Index("ix_enrolment_application_cohort_id_state_number", "cohort_id", "state", "number"),
)
_live = applications.c.state.in_(LIVE)
Index(
    "uq_enrolment_application_live",
    applications.c.cohort_id,
    applications.c.person_id,
    unique=True,
    sqlite_where=_live,
    postgresql_where=_live,
)

enrolments = Table(
    "enrolment_enrolment",
    metadata,
    id_column(),
    Column("cohort_id", Uuid, ForeignKey("enrolment_cohort.id"), nullable=False),
    Column("person_id", Uuid, ForeignKey("people_person.id"), nullable=False, index=True),
    Column("application_id", Uuid, ForeignKey("enrolment_application.id"), nullable=False, unique=True),
    Column("enrolled_at", UTCDateTime, nullable=False),
    Column("explanation", Json, nullable=False),
    Column("state", String(12), nullable=False),
    Column("ended_at", UTCDateTime, nullable=True),
    Column("ended_by", Uuid, nullable=True),
    Column("reason", Text, nullable=True),
    Index("ix_enrolment_enrolment_cohort_id_state", "cohort_id", "state"),
)
_active = enrolments.c.state == "active"
Index(
    "uq_enrolment_enrolment_active",
    enrolments.c.cohort_id,
    enrolments.c.person_id,
    unique=True,
    sqlite_where=_active,
    postgresql_where=_active,
)

# Append-only: what was decided about whom, by which version of which rule, on which facts.
decisions = Table(
    "enrolment_decision",
    metadata,
    id_column(),
    Column("application_id", Uuid, ForeignKey("enrolment_application.id"), nullable=False, index=True),
    Column("person_id", Uuid, ForeignKey("people_person.id"), nullable=False, index=True),
    Column("occasion", String(16), nullable=False),
    Column("verdict", Boolean, nullable=False),
    Column("rule", String(80), nullable=False),
    Column("rule_version", String(20), nullable=False),
    Column("facts", Json, nullable=False),
    Column("reasons", Json, nullable=False),
    Column("override", Text, nullable=True),
    Column("decided_by", Uuid, nullable=True),
    Column("decided_at", UTCDateTime, nullable=False),
)

mapper_registry.map_imperatively(
    Cohort,
    cohorts,
    properties={"titles": composite(Titles, cohorts.c.title_ko, cohorts.c.title_en)},
    version_id_col=cohorts.c.version,
)
mapper_registry.map_imperatively(Application, applications, version_id_col=applications.c.version)
mapper_registry.map_imperatively(Enrolment, enrolments)
