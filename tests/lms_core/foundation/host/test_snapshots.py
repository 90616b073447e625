"""A copy of the embedded database while its tables are changed."""

import sqlite3

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from lms_core.foundation.database import Database
from lms_core.foundation.host.snapshots import FOLDER, KEPT, safeguarded


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'lms.sqlite3'}")
    run(database, "CREATE TABLE labs_lab (name TEXT)")
    run(database, "INSERT INTO labs_lab VALUES ('before')")
    yield database
    database.dispose()


def run(database, statement):
    with database.engine.begin() as connection:
        return connection.execute(text(statement))


def upgrade(database, statement):
    """One step that is committed, and one that fails."""
    run(database, statement)
    run(database, "SELECT no_such_thing")


def labs(database):
    with database.engine.begin() as connection:
        return [name for (name,) in connection.execute(text("SELECT name FROM labs_lab"))]


def test_what_was_committed_before_the_failure_is_undone_and_nothing_is_left_beside(database, tmp_path):
    with pytest.raises(OperationalError), safeguarded(database, tmp_path):
        upgrade(database, "DROP TABLE labs_lab")
    assert labs(database) == ["before"]
    assert sorted(path.name for path in tmp_path.glob("lms.sqlite3*") if "-" not in path.name) == ["lms.sqlite3"]
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_without_a_failure_the_change_and_the_last_copies_stay(database, tmp_path):
    for number in range(KEPT + 2):
        with safeguarded(database, tmp_path):
            run(database, f"UPDATE labs_lab SET name = '{number}'")
    assert labs(database) == [str(KEPT + 1)]
    kept = sorted((tmp_path / FOLDER).iterdir())
    assert len(kept) == KEPT
    with sqlite3.connect(kept[-1]) as newest:
        assert newest.execute("SELECT name FROM labs_lab").fetchall() == [(str(KEPT),)]
    newest.close()


def test_while_somebody_else_has_it_open_their_writes_are_not_thrown_away(database, tmp_path):
    other = Database(str(database.url))
    with pytest.raises(OperationalError) as failed, safeguarded(database, tmp_path):
        upgrade(other, "INSERT INTO labs_lab VALUES ('meanwhile')")
    assert labs(other) == ["before", "meanwhile"]
    other.dispose()
    (copy,) = (tmp_path / FOLDER).iterdir()
    assert str(copy) in failed.value.__notes__[0]


def test_a_database_that_is_not_there_yet_needs_no_copy(tmp_path):
    with safeguarded(Database(f"sqlite:///{tmp_path / 'new.sqlite3'}"), tmp_path):
        pass
    assert not (tmp_path / FOLDER).exists()
