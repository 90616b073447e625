"""Writes all that a plugin keeps into one zip: a file of JSON lines for each table, and their schema."""

import base64
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, MetaData, Table, func, inspect, select

from lms_core.foundation.host.lineage import Lineage
from lms_core.foundation.host.settings.inheritance import Stored

_AT_ONCE = 1_000


def export(engine: Engine, lineage: Lineage, target: Path, settings: Sequence[Stored] = ()) -> dict[str, int]:
    """Write every table of ``lineage`` and its plugin's ``settings`` into the zip ``target``; how many rows each had.

    All tables are read in one transaction. A secret is named, its value stays here. The file appears under its name
    only once it is whole.
    """
    fresh = target.with_name(f"{target.name}.part")
    with engine.connect() as connection, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
        tables = _tables(connection, lineage)
        counts = {table.name: _rows(connection, archive, table) for table in tables}
        schema = {"plugin": lineage.name, "tables": {table.name: _columns(table) for table in tables}, "rows": counts}
        archive.writestr("settings.json", json.dumps([_set(one) for one in settings], indent=2, ensure_ascii=False))
        archive.writestr("schema.json", json.dumps(schema, indent=2, ensure_ascii=False))
    fresh.replace(target)
    return counts


def rows_kept(engine: Engine, lineage: Lineage) -> dict[str, int]:
    """How many rows each table of ``lineage`` has now."""
    with engine.connect() as connection:
        tables = _tables(connection, lineage)
        return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def _set(setting: Stored) -> dict[str, Any]:
    said = {"scope": str(setting.scope), "name": setting.name}
    return said | ({"secret": True} if setting.sealed else {"value": setting.value})


def _tables(connection: Connection, lineage: Lineage) -> list[Table]:
    names = [name for name in inspect(connection).get_table_names() if lineage.owns(name)]
    present = MetaData()
    if names:
        present.reflect(connection, only=names, resolve_fks=False)
    return sorted(present.tables.values(), key=lambda table: table.name)


def _rows(connection: Connection, archive: zipfile.ZipFile, table: Table) -> int:
    count = 0
    found = connection.execution_options(yield_per=_AT_ONCE).execute(select(table)).mappings()
    with archive.open(f"{table.name}.jsonl", "w") as raw, io.TextIOWrapper(raw, encoding="utf-8") as lines:
        for row in found:
            lines.write(json.dumps(dict(row), default=_plain, ensure_ascii=False) + "\n")
            count += 1
    return count


def _columns(table: Table) -> list[dict[str, Any]]:
    return [
        {
            "name": column.name,
            "type": str(column.type),
            "nullable": column.nullable,
            "key": column.primary_key,
            "points_to": sorted(key.target_fullname for key in column.foreign_keys),
        }
        for column in table.columns
    ]


def _plain(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")
