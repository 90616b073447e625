from sqlalchemy import inspect

from lms_core.foundation.database import metadata
from lms_core.foundation.host.discovery import discover
from lms_core.foundation.host.lineage import plugin_lineage
from lms_core.foundation.host.migrations import downgrade, drop, upgrade


def lineage():
    (found,) = (each for each in discover() if each.id == "bigtech_campus")
    return plugin_lineage(found.manifest, found.folder)


def test_the_migrations_make_the_table_that_the_code_knows(database):
    table = metadata.tables["bigtech_campus_agreement"]
    drop(database.engine, lineage())
    assert upgrade(database.engine, lineage()) == ("0001",)
    columns = inspect(database.engine).get_columns(table.name)
    assert {(one["name"], one["nullable"]) for one in columns} == {(one.name, one.nullable) for one in table.columns}
    downgrade(database.engine, lineage())
    assert not inspect(database.engine).has_table(table.name)
