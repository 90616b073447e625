from sqlalchemy import inspect

from lms_core.foundation.database import Database, metadata
from lms_core.foundation.host.discovery import discover
from lms_core.foundation.host.lineage import Lineage, plugin_lineage
from lms_core.foundation.host.migrations import downgrade, drop, upgrade


def lineage() -> Lineage:
    (found,) = (each for each in discover() if each.id == "cert_prep")
    made = plugin_lineage(found.manifest, found.folder)
    assert made
    return made


def test_the_migrations_make_the_tables_that_the_code_knows(database: Database):
    ours = [table for name, table in metadata.tables.items() if name.startswith("cert_prep_")]
    drop(database.engine, lineage())
    assert upgrade(database.engine, lineage()) == ("0001", "0002", "0003")
    for table in ours:
        found = {(one["name"], one["nullable"]) for one in inspect(database.engine).get_columns(table.name)}
        assert found == {(one.name, one.nullable) for one in table.columns}
    downgrade(database.engine, lineage())
    assert not any(inspect(database.engine).has_table(table.name) for table in ours)
