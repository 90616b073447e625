"""Writes all that a plugin keeps into one zip: a file of JSON lines for each table, and their schema."""

import base64
import io
import json
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, MetaData, Table, inspect, select

from lms_core.foundation.host.lineage import Lineage

_AT_ONCE = 1_000


def export(engine: Engine, lineage: Lineage, target: Path) -> dict[str, int]:
    """Write every table of ``lineage`` into the zip ``target``; how many rows each had.

    All is read in one transaction. The file appears under its name only once it is whole.
    """
    fresh = target.with_name(f"{target.name}.part")
    with engine.connect() as connection, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
        tables = _tables(connection, lineage)
        counts = {table.name: _rows(connection, archive, table) for table in tables}
        schema = {"plugin": lineage.name, "tables": {table.name: _columns(table) for table in tables}, "rows": counts}
        archive.writestr("schema.json", json.dumps(schema, indent=2, ensure_ascii=False))
    fresh.replace(target)
    return counts


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
