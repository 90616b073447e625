"""The host's tables: what is installed, where it is on, how it is set, and the number that tells of every change."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table, Uuid

from lms_core.foundation.database import Json, UTCDateTime, metadata

plugins = Table(
    "foundation_plugin",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", String(64), nullable=False),
    Column("state", String(12), nullable=False),  # installed, or kept: uninstalled, but its tables stay
    Column("consent", Json, nullable=False),  # what was disclosed when somebody said yes; and registered
    Column("installed_at", UTCDateTime, nullable=False),
    Column("changed_at", UTCDateTime, nullable=False),
)

gates = Table(
    "foundation_plugin_gate",
    metadata,
    Column("plugin", String(64), primary_key=True),
    Column("scope_kind", String(16), primary_key=True),
    Column("scope_id", String(64), primary_key=True),
    Column("enabled", Boolean, nullable=False),
    Column("changed_at", UTCDateTime, nullable=False),
    Column("changed_by", Uuid, nullable=True),
)

epochs = Table(
    "foundation_epoch",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False),
)

plugin_settings = Table(
    "foundation_plugin_setting",
    metadata,
    Column("plugin", String(64), primary_key=True),
    Column("scope_kind", String(16), primary_key=True),
    Column("scope_id", String(64), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("value", Json, nullable=True),
    Column("sealed", Boolean, nullable=False),  # then the value is closed under the site's secret key
    Column("changed_at", UTCDateTime, nullable=False),
    Column("changed_by", Uuid, nullable=True),
)
