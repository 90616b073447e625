"""The tables of people, and how they map to the domain."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, UniqueConstraint, Uuid

from lms_core.foundation.database import UTCDateTime, id_column, mapper_registry, metadata, version_column
from lms_core.people.domain import Person, RoleGiven, Session, SingleUseLink, Token


def person_column() -> Column[object]:
    """The person a row belongs to."""
    return Column("person_id", Uuid, ForeignKey("people_person.id"), nullable=False, index=True)


persons = Table(
    "people_person",
    metadata,
    id_column(),
    Column("email", String(320), nullable=False, unique=True),
    Column("display_name", String(120), nullable=False, index=True),
    Column("language", String(8), nullable=False),
    Column("state", String(12), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    version_column(),
)

sessions = Table(
    "people_session",
    metadata,
    id_column(),
    person_column(),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("device", String(200), nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    Column("last_seen_at", UTCDateTime, nullable=False),
    Column("expires_at", UTCDateTime, nullable=False),
    Column("revoked_at", UTCDateTime, nullable=True),
)

tokens = Table(
    "people_token",
    metadata,
    id_column(),
    person_column(),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("label", String(80), nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    Column("expires_at", UTCDateTime, nullable=False),
    Column("revoked_at", UTCDateTime, nullable=True),
)

links = Table(
    "people_link",
    metadata,
    id_column(),
    person_column(),
    Column("purpose", String(16), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_at", UTCDateTime, nullable=False),
    Column("expires_at", UTCDateTime, nullable=False),
    Column("used_at", UTCDateTime, nullable=True),
)

roles = Table(
    "people_role",
    metadata,
    id_column(),
    person_column(),
    Column("role", String(64), nullable=False),
    Column("scope_kind", String(16), nullable=False),
    Column("scope_id", String(64), nullable=False),
    Column("given_at", UTCDateTime, nullable=False),
    Column("given_by", Uuid, nullable=True),
    UniqueConstraint("person_id", "role", "scope_kind", "scope_id"),
    Index("ix_people_role_scope", "scope_kind", "scope_id", "role"),
)

mapper_registry.map_imperatively(Person, persons, version_id_col=persons.c.version)
mapper_registry.map_imperatively(Session, sessions)
mapper_registry.map_imperatively(Token, tokens)
mapper_registry.map_imperatively(SingleUseLink, links)
mapper_registry.map_imperatively(RoleGiven, roles)
