"""The tables of the organisation room."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, String, Table, UniqueConstraint, Uuid
from sqlalchemy.orm import composite

from lms_core.foundation.database import id_column, mapper_registry, metadata, version_column
from lms_core.foundation.text import Titles
from lms_core.organisation.domain import SLUG_LENGTH, TITLE_LENGTH, Campus, Department, Membership, Organisation


def _title_columns() -> tuple[Column[str], Column[str]]:
    return Column("title_ko", String(TITLE_LENGTH), nullable=False), Column(
        "title_en", String(TITLE_LENGTH), nullable=False
    )


organisations = Table(
    "organisation_organisation",
    metadata,
    id_column(),
    Column("kind", String(20), nullable=False),
    Column("slug", String(SLUG_LENGTH), nullable=False, unique=True),
    *_title_columns(),
    version_column(),
)

campuses = Table(
    "organisation_campus",
    metadata,
    id_column(),
    Column("owner_id", Uuid, ForeignKey("organisation_organisation.id"), nullable=False, index=True),
    Column("partner_id", Uuid, ForeignKey("organisation_organisation.id"), nullable=True, index=True),
    Column("slug", String(SLUG_LENGTH), nullable=False, unique=True),
    *_title_columns(),
    Column("district", String(80), nullable=False),
    Column("address", String(300), nullable=False),
    Column("opened_on", Date, nullable=True),
    version_column(),
)

departments = Table(
    "organisation_department",
    metadata,
    id_column(),
    Column("campus_id", Uuid, ForeignKey("organisation_campus.id"), nullable=False),
    Column("slug", String(SLUG_LENGTH), nullable=False),
    *_title_columns(),
    version_column(),
    UniqueConstraint("campus_id", "slug"),
)

memberships = Table(
    "organisation_membership",
    metadata,
    id_column(),
    Column("person_id", Uuid, ForeignKey("people_person.id"), nullable=False, index=True),
    Column("organisation_id", Uuid, ForeignKey("organisation_organisation.id"), nullable=True, index=True),
    Column("campus_id", Uuid, ForeignKey("organisation_campus.id"), nullable=True, index=True),
    Column("position", String(40), nullable=False),
    Column("begun_on", Date, nullable=False),
    Column("ended_on", Date, nullable=True),
    CheckConstraint("(organisation_id IS NULL) <> (campus_id IS NULL)", name="one_place"),
    Index("ix_organisation_membership_campus_id_ended_on", "campus_id", "ended_on"),
)

for _entity, _table in ((Organisation, organisations), (Campus, campuses), (Department, departments)):
    mapper_registry.map_imperatively(
        _entity,
        _table,
        properties={"titles": composite(Titles, _table.c.title_ko, _table.c.title_en)},
        version_id_col=_table.c.version,
    )
mapper_registry.map_imperatively(Membership, memberships)
