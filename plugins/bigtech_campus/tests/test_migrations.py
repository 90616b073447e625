from sqlalchemy import inspect

from lms_core.foundation.database import metadata
from lms_core.foundation.host.discovery import discover
from lms_core.foundation.host.lineage import plugin_lineage
from lms_core.foundation.host.migrations import downgrade, drop, upgrade


def lineage():
    (found,) = (each for each in discover() if each.id == "bigtech_campus")
    return plugin_lineage(found.manifest, found.folder)


def test_the_migrations_make_the_tables_that_the_code_knows(database):
    ours = [table for name, table in metadata.tables.items() if name.startswith("bigtech_campus_")]
    drop(database.engine, lineage())
    assert upgrade(database.engine, lineage()) == ("0001", "0002", "0003")
    for table in ours:
        found = {(one["name"], one["nullable"]) for one in inspect(database.engine).get_columns(table.name)}
        assert found == {(one.name, one.nullable) for one in table.columns}
    downgrade(database.engine, lineage())
    assert not any(inspect(database.engine).has_table(table.name) for table in ours)
