"""Banks, items with their immutable versions, reviews, and imports with what became of every row."""

import secrets

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.orm import composite

from lms_core.assessment.domain.banks import Bank, Item, ItemReview, ItemVersion
from lms_core.assessment.domain.exams import Place
from lms_core.assessment.domain.imports import Import, ImportRow
from lms_core.assessment.domain.likeness import LikenessDecision
from lms_core.foundation.database import Json, UTCDateTime, id_column, mapper_registry, metadata, version_column
from lms_core.foundation.text import Titles

banks = Table(
    "assessment_bank",
    metadata,
    id_column(),
    Column("slug", String(64), nullable=False, unique=True),
    Column("title_ko", String(200), nullable=False),
    Column("title_en", String(200), nullable=False),
    Column("organisation_id", Uuid, nullable=True, index=True),
    Column("campus_id", Uuid, nullable=True, index=True),
    Column("course_id", Uuid, nullable=True, index=True),
    Column("cohort_id", Uuid, nullable=True, index=True),
    Column("certification", String(40), nullable=False),
    Column("created_by", Uuid, nullable=True),
    Column("created_at", UTCDateTime, nullable=False),
    version_column(),
)

# ``exam_only`` items are never asked in practice. ``lot`` is drawn once for each item: a form takes the items that
# follow a number of its own, and so reads a few of the bank and not all. ``references_expire_on`` is the first day on
# which a reference of the newest version has to be read again. The two version ids have no foreign key: each
# points to a row that points back here. ``successor_id`` is the item that is asked instead of a retired one. What was
# measured stands beside the author's ``difficulty``, in logits, with the accepted calibration that says so.
items = Table(
    "assessment_item",
    metadata,
    id_column(),
    Column("bank_id", Uuid, ForeignKey("assessment_bank.id"), nullable=False),
    Column("identifier", String(200), nullable=False),
    Column("type", String(20), nullable=False),
    Column("state", String(12), nullable=False),
    Column("latest_version_id", Uuid, nullable=False),
    Column("approved_version_id", Uuid, nullable=True),
    Column("stem", Text, nullable=False),
    Column("objective", String(80), nullable=False),
    Column("difficulty", String(8), nullable=False),
    Column("languages", String(40), nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    Column("changed_at", UTCDateTime, nullable=False),
    Column("exam_only", Boolean, nullable=False, default=False),
    Column("retired_why", String(500), nullable=False, default=""),
    Column("successor_id", Uuid, nullable=True),
    Column("references_expire_on", Date, nullable=True),
    Column("lot", BigInteger, nullable=False, default=lambda: secrets.randbits(62)),
    Column("difficulty_value", Float, nullable=True),
    Column("discrimination_value", Float, nullable=True),
    Column("calibration_id", Uuid, nullable=True),
    version_column(),
    UniqueConstraint("bank_id", "identifier"),
    Index("ix_assessment_item_bank_id_state", "bank_id", "state"),
    Index("ix_assessment_item_bank_id_lot", "bank_id", "lot"),
    Index("ix_assessment_item_bank_id_references", "bank_id", "references_expire_on"),
)

item_versions = Table(
    "assessment_item_version",
    metadata,
    id_column(),
    Column("item_id", Uuid, ForeignKey("assessment_item.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("content", Json, nullable=False),
    Column("created_by", Uuid, nullable=True, index=True),
    Column("import_id", Uuid, nullable=True, index=True),
    Column("created_at", UTCDateTime, nullable=False),
    UniqueConstraint("item_id", "number"),
)

# What the newest version of an item asks, in each language: no bank asks the same twice.
item_hashes = Table(
    "assessment_item_hash",
    metadata,
    Column("bank_id", Uuid, ForeignKey("assessment_bank.id"), primary_key=True),
    Column("language", String(8), primary_key=True),
    Column("hash", String(64), primary_key=True),
    Column("item_id", Uuid, ForeignKey("assessment_item.id", ondelete="CASCADE"), nullable=False, index=True),
)

item_reviews = Table(
    "assessment_item_review",
    metadata,
    id_column(),
    Column("item_id", Uuid, ForeignKey("assessment_item.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("version_id", Uuid, ForeignKey("assessment_item_version.id", ondelete="CASCADE"), nullable=False),
    Column("verdict", String(12), nullable=False),
    Column("note", String(2000), nullable=False),
    Column("reviewer_id", Uuid, nullable=True, index=True),
    Column("reviewed_at", UTCDateTime, nullable=False),
)

# ``first_id`` is the smaller id of the two, so that a pair is decided on once.
likenesses = Table(
    "assessment_likeness",
    metadata,
    Column("first_id", Uuid, ForeignKey("assessment_item.id", ondelete="CASCADE"), primary_key=True),
    Column("second_id", Uuid, ForeignKey("assessment_item.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("bank_id", Uuid, ForeignKey("assessment_bank.id"), nullable=False, index=True),
    Column("verdict", String(12), nullable=False),
    Column("decided_by", Uuid, nullable=True, index=True),
    Column("decided_at", UTCDateTime, nullable=False),
)

imports = Table(
    "assessment_import",
    metadata,
    id_column(),
    Column("bank_id", Uuid, ForeignKey("assessment_bank.id"), nullable=False, index=True),
    Column("file", String(255), nullable=False),
    Column("format", String(40), nullable=False),
    Column("language", String(8), nullable=False),
    Column("licence", String(64), nullable=False),
    Column("attribution", String(500), nullable=False),
    Column("author", String(200), nullable=False),
    Column("source", String(500), nullable=False),
    Column("read", Integer, nullable=False),
    Column("created", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("imported_by", Uuid, nullable=True, index=True),
    Column("imported_at", UTCDateTime, nullable=False),
    Column("undone_by", Uuid, nullable=True),
    Column("undone_at", UTCDateTime, nullable=True),
)

# previous_version_id is what an updated item goes back to when the import is undone.
import_rows = Table(
    "assessment_import_row",
    metadata,
    id_column(),
    Column("import_id", Uuid, ForeignKey("assessment_import.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("line", Integer, nullable=False),
    Column("identifier", String(200), nullable=False),
    Column("verdict", String(12), nullable=False),
    Column("item_id", Uuid, nullable=True),
    Column("version_id", Uuid, nullable=True),
    Column("previous_version_id", Uuid, nullable=True),
    Column("problems", Json, nullable=False),
    UniqueConstraint("import_id", "number"),
)

# A file between its preview and its import; gone after either, or after a day.
import_files = Table(
    "assessment_import_file",
    metadata,
    id_column(),
    Column("person_id", Uuid, ForeignKey("people_person.id"), nullable=False, index=True),
    Column("bank_id", Uuid, ForeignKey("assessment_bank.id"), nullable=False),
    Column("file", String(255), nullable=False),
    Column("options", Json, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
)

_place = Place, banks.c.organisation_id, banks.c.campus_id, banks.c.course_id, banks.c.cohort_id
# Columns that no rule about an item reads; whoever does selects them.
_ASIDE = ("lot", "exam_only", "difficulty_value", "discrimination_value", "calibration_id")

mapper_registry.map_imperatively(
    Bank,
    banks,
    properties={"titles": composite(Titles, banks.c.title_ko, banks.c.title_en), "place": composite(*_place)},
    version_id_col=banks.c.version,
)
mapper_registry.map_imperatively(Item, items, version_id_col=items.c.version, exclude_properties=[*_ASIDE])
mapper_registry.map_imperatively(ItemVersion, item_versions)
mapper_registry.map_imperatively(ItemReview, item_reviews)
mapper_registry.map_imperatively(LikenessDecision, likenesses)
mapper_registry.map_imperatively(Import, imports)
mapper_registry.map_imperatively(ImportRow, import_rows)
