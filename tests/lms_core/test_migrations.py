"""The migrations make the very tables that the code knows, on both databases, up, down and up again."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from lms_core.foundation.database import Database, metadata
from lms_core.foundation.host.migrations import downgrade, pending, upgrade
from lms_core.migrations import core_lineage


@pytest.fixture
def bare(database: Database) -> Database:
    """A database without a table."""
    metadata.drop_all(database.engine)
    return database


def test_the_migrations_make_the_tables_that_the_code_knows(bare: Database) -> None:
    lineage = core_lineage()
    upgrade(bare.engine, lineage)
    assert pending(bare.engine, lineage) == ()
    with bare.engine.connect() as connection:
        ours = {
            "include_object": lambda thing, name, kind, *_: lineage.owns(name if kind == "table" else thing.table.name)
        }
        context = MigrationContext.configure(connection, opts={"compare_type": False, **ours})
        assert compare_metadata(context, metadata) == []


def test_they_go_down_and_up_again(bare: Database) -> None:
    lineage = core_lineage()
    upgrade(bare.engine, lineage)
    downgrade(bare.engine, lineage)
    assert not [name for name in inspect(bare.engine).get_table_names() if lineage.owns(name)]
    assert upgrade(bare.engine, lineage)


@pytest.mark.parametrize("change", ["UPDATE foundation_event SET name = 'x'", "DELETE FROM foundation_event"])
def test_the_log_can_be_added_to_and_not_changed(bare: Database, change: str) -> None:
    upgrade(bare.engine, core_lineage())
    written = (
        "INSERT INTO foundation_event (id, name, payload, scopes, request_id, occurred_at) "
        "VALUES ('00000000000000000000000000000001', 'people.signed_in', '{}', '[]', '', '2026-03-02 00:00:00')"
    )
    with bare.engine.begin() as connection:
        connection.execute(text(written))
    with pytest.raises(DatabaseError, match="append-only"), bare.engine.begin() as connection:
        connection.execute(text(change))
