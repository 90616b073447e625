from sqlalchemy import inspect

from lms_core.foundation.database import Database, metadata
from lms_core.foundation.host.discovery import discover
from lms_core.foundation.host.lineage import Lineage, plugin_lineage
from lms_core.foundation.host.migrations import downgrade, drop, upgrade


def lineage() -> Lineage:
    (found,) = (each for each in discover() if each.id == "university_outreach")
    made = plugin_lineage(found.manifest, found.folder)
    assert made
    return made


def shape(database: Database, name: str) -> set[tuple[str, bool]]:
    return {(column["name"], column["nullable"]) for column in inspect(database.engine).get_columns(name)}


def test_the_migrations_make_the_tables_that_the_code_knows(database: Database):
    ours = [table for name, table in metadata.tables.items() if name.startswith("university_outreach_")]
    drop(database.engine, lineage())
    assert upgrade(database.engine, lineage()) == ("0001",)
    for table in ours:
        assert shape(database, table.name) == {(column.name, column.nullable) for column in table.columns}
    downgrade(database.engine, lineage())
    assert not inspect(database.engine).has_table("university_outreach_visit")
