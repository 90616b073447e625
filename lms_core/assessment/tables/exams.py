"""Exams, the domains their items belong to, and the forms drawn for them.

What a form shows and what it keeps back lie in different tables: nothing reads the second before submission.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Uuid,
)
from sqlalchemy.orm import composite
from sqlalchemy.types import TypeDecorator

from lms_core.assessment.domain.exams import Exam, Place
from lms_core.assessment.domain.specifications import ExamSpecification
from lms_core.foundation.database import Json, UTCDateTime, id_column, mapper_registry, metadata, version_column
from lms_core.foundation.scopes import Scopes, parse_scope
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import written


class SpecificationColumn(TypeDecorator[ExamSpecification]):
    """An exam's specification as JSON. The value is frozen: it is replaced, never changed in place."""

    impl = Json
    cache_ok = True

    def process_bind_param(self, value: ExamSpecification | None, dialect: Dialect) -> Any:  # noqa: ARG002 the base class names it
        """Write it."""
        return None if value is None else value.to_json()

    def process_result_value(self, value: Any, dialect: Dialect) -> ExamSpecification | None:  # noqa: ARG002 the base class names it
        """Read it."""
        return None if value is None else ExamSpecification.from_json(value)


class ScopesColumn(TypeDecorator[Scopes]):
    """A scope set as a JSON list."""

    impl = Json
    cache_ok = True

    def process_bind_param(self, value: Scopes | None, dialect: Dialect) -> Any:  # noqa: ARG002 the base class names it
        """Write it."""
        return None if value is None else written(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Scopes | None:  # noqa: ARG002 the base class names it
        """Read it."""
        return None if value is None else frozenset(parse_scope(each) for each in value)


exams = Table(
    "assessment_exam",
    metadata,
    id_column(),
    Column("title_ko", String(200), nullable=False),
    Column("title_en", String(200), nullable=False),
    Column("organisation_id", Uuid, nullable=True, index=True),
    Column("campus_id", Uuid, nullable=True, index=True),
    Column("course_id", Uuid, nullable=True, index=True),
    Column("cohort_id", Uuid, nullable=True, index=True),
    Column("scopes", ScopesColumn, nullable=False),
    Column("certification", String(40), nullable=False),
    Column("specification_version", String(40), nullable=False),
    Column("specification", SpecificationColumn, nullable=False),
    Column("state", String(12), nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    Column("published_at", UTCDateTime, nullable=True),
    Column("closed_at", UTCDateTime, nullable=True),
    version_column(),
    Index("ix_assessment_exam_state_created_at", "state", "created_at"),
)

# One domain an item and certification; the same item may serve several certifications.
item_domains = Table(
    "assessment_item_domain",
    metadata,
    Column("item_id", Uuid, ForeignKey("assessment_item.id", ondelete="CASCADE"), nullable=False),
    Column("certification", String(40), nullable=False),
    Column("domain", String(80), nullable=False),
    PrimaryKeyConstraint("item_id", "certification"),
    Index("ix_assessment_item_domain_certification_domain", "certification", "domain"),
)

# Both sides of an item version, rendered once a language: forms are joined from these. They can always be made anew,
# so a release that renders otherwise empties this table in its migration.
renderings = Table(
    "assessment_rendering",
    metadata,
    Column("version_id", Uuid, ForeignKey("assessment_item_version.id"), nullable=False),
    Column("language", String(8), nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("version_id", "language"),
)

# person_id is empty for a form drawn ahead, which anybody may get.
forms = Table(
    "assessment_form",
    metadata,
    id_column(),
    Column("exam_id", Uuid, ForeignKey("assessment_exam.id"), nullable=False),
    Column("person_id", Uuid, ForeignKey("people_person.id"), nullable=True, index=True),
    Column("seed", BigInteger, nullable=False),
    Column("slots", Integer, nullable=False),
    Column("answer_schema", Json, nullable=False),
    Column("groups", Json, nullable=False),
    Column("sections", Json, nullable=False, default=list),
    Column("uses", Integer, nullable=False, default=0),
    Column("retired", Boolean, nullable=False, default=False),
    Column("created_at", UTCDateTime, nullable=False),
    Index("ix_assessment_form_exam_id_person_id_uses", "exam_id", "person_id", "uses"),
)

form_slots = Table(
    "assessment_form_slot",
    metadata,
    Column("form_id", Uuid, ForeignKey("assessment_form.id"), nullable=False),
    Column("slot", Integer, nullable=False),
    Column("item_id", Uuid, ForeignKey("assessment_item.id"), nullable=False, index=True),
    Column("version_id", Uuid, ForeignKey("assessment_item_version.id"), nullable=False),
    Column("part", Integer, nullable=False),
    Column("domain", String(80), nullable=False),
    Column("choices", Json, nullable=False),
    PrimaryKeyConstraint("form_id", "slot"),
)

# The questions as they are sent: one line of JSON a slot.
papers = Table(
    "assessment_paper",
    metadata,
    Column("form_id", Uuid, ForeignKey("assessment_form.id"), nullable=False),
    Column("language", String(8), nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("form_id", "language"),
)

# The key, and the same lines with key and explanations: read for handed in attempts alone.
form_keys = Table(
    "assessment_form_key",
    metadata,
    Column("form_id", Uuid, ForeignKey("assessment_form.id"), primary_key=True),
    Column("keys", Json, nullable=False),
)
solutions = Table(
    "assessment_solution",
    metadata,
    Column("form_id", Uuid, ForeignKey("assessment_form.id"), nullable=False),
    Column("language", String(8), nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("form_id", "language"),
)

mapper_registry.map_imperatively(
    Exam,
    exams,
    properties={
        "titles": composite(Titles, exams.c.title_ko, exams.c.title_en),
        "place": composite(Place, exams.c.organisation_id, exams.c.campus_id, exams.c.course_id, exams.c.cohort_id),
    },
    version_id_col=exams.c.version,
)
