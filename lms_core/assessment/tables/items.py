"""Banks, items with their immutable versions, reviews, and imports with what became of every row."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import composite

from lms_core.assessment.domain.banks import Bank, Item, ItemReview, ItemVersion
from lms_core.assessment.domain.exams import Place
from lms_core.assessment.domain.imports import Import, ImportRow
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

# The two version ids have no foreign key: each points to a row that points back here.
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
    version_column(),
    UniqueConstraint("bank_id", "identifier"),
    Index("ix_assessment_item_bank_id_state", "bank_id", "state"),
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
mapper_registry.map_imperatively(
    Bank,
    banks,
    properties={"titles": composite(Titles, banks.c.title_ko, banks.c.title_en), "place": composite(*_place)},
    version_id_col=banks.c.version,
)
mapper_registry.map_imperatively(Item, items, version_id_col=items.c.version)
mapper_registry.map_imperatively(ItemVersion, item_versions)
mapper_registry.map_imperatively(ItemReview, item_reviews)
mapper_registry.map_imperatively(Import, imports)
mapper_registry.map_imperatively(ImportRow, import_rows)
