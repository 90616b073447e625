import textwrap
import uuid
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, inspect, text

from lms_core.foundation.database import Database, Json, UTCDateTime, id_column
from lms_core.foundation.host import migrations
from lms_core.foundation.host.lineage import Lineage, owner, version_table


@pytest.fixture
def database(tmp_path: Path):
    database = Database(f"sqlite:///{tmp_path / 'lms.sqlite3'}")
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE catalog_course (id INTEGER PRIMARY KEY, title VARCHAR(80))"))
        connection.execute(text("INSERT INTO catalog_course VALUES (1, 'Azure')"))
    yield database
    database.dispose()


@pytest.fixture
def lineage(tmp_path: Path) -> Lineage:
    (tmp_path / "labs" / "migrations" / "versions").mkdir(parents=True)
    return Lineage("labs", tmp_path / "labs" / "migrations", version_table("labs"), owner("labs_"))


def write(lineage: Lineage, number: int, up: str, down: str = "pass") -> None:
    before = repr(f"{number - 1:04d}") if number > 1 else None
    page = f'''
        """Step {number}."""
        import sqlalchemy as sa
        from alembic import op

        revision = "{number:04d}"
        down_revision = {before}
        branch_labels = None
        depends_on = None

        def upgrade():
            {up}

        def downgrade():
            {down}
    '''
    (lineage.versions / f"{number:04d}_step.py").write_text(textwrap.dedent(page))


LABS = 'op.create_table("labs_lab", sa.Column("id", sa.Integer, primary_key=True))'
SEATS = 'op.create_table("labs_seat", sa.Column("id", sa.Integer, primary_key=True))'


def tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names())


def test_an_upgrade_runs_what_is_pending_and_says_so(database, lineage):
    write(lineage, 1, LABS, 'op.drop_table("labs_lab")')
    write(lineage, 2, SEATS, 'op.drop_table("labs_seat")')
    assert migrations.pending(database.engine, lineage) == ("0001", "0002")
    assert migrations.upgrade(database.engine, lineage) == ("0001", "0002")
    assert migrations.pending(database.engine, lineage) == ()
    assert tables(database) == {"catalog_course", "labs_lab", "labs_seat", "alembic_version_labs"}


def test_a_second_upgrade_changes_nothing(database, lineage):
    write(lineage, 1, LABS)
    migrations.upgrade(database.engine, lineage)
    assert migrations.upgrade(database.engine, lineage) == ()


def test_a_downgrade_goes_back_to_the_beginning_and_up_again(database, lineage):
    write(lineage, 1, LABS, 'op.drop_table("labs_lab")')
    migrations.upgrade(database.engine, lineage)
    migrations.downgrade(database.engine, lineage)
    assert "labs_lab" not in tables(database)
    assert migrations.upgrade(database.engine, lineage) == ("0001",)


def test_a_failure_half_way_leaves_nothing_behind(database, lineage):
    write(lineage, 1, LABS)
    write(lineage, 2, f'{SEATS}; raise RuntimeError("no")')
    with pytest.raises(migrations.MigrationFailed, match=r"labs.*no"):
        migrations.upgrade(database.engine, lineage)
    assert tables(database) == {"catalog_course"}
    assert migrations.pending(database.engine, lineage) == ("0001", "0002")


@pytest.mark.parametrize(
    "trespass",
    [
        'op.drop_table("catalog_course")',
        'op.add_column("catalog_course", sa.Column("hacked", sa.Integer))',
        'op.create_table("people_spy", sa.Column("id", sa.Integer))',
    ],
)
def test_touching_a_table_of_the_core_is_refused_and_undone(database, lineage, trespass):
    write(lineage, 1, f"{LABS}; {trespass}")
    with pytest.raises(migrations.MigrationFailed, match="not its own"):
        migrations.upgrade(database.engine, lineage)
    assert tables(database) == {"catalog_course"}
    assert [column["name"] for column in inspect(database.engine).get_columns("catalog_course")] == ["id", "title"]


def test_rows_that_point_nowhere_are_refused(database, lineage):
    write(
        lineage,
        1,
        "op.execute('CREATE TABLE labs_lab (course INTEGER REFERENCES catalog_course (id))');"
        "op.execute('INSERT INTO labs_lab VALUES (99)')",
    )
    with pytest.raises(migrations.MigrationFailed, match="labs_lab"):
        migrations.upgrade(database.engine, lineage)
    assert "labs_lab" not in tables(database)


def test_foreign_keys_are_enforced_again_afterwards(database, lineage):
    write(lineage, 1, LABS)
    migrations.upgrade(database.engine, lineage)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_dropping_takes_the_tables_and_the_memory_of_one_lineage_only(database, lineage):
    write(lineage, 1, f"{LABS}; {SEATS}")
    migrations.upgrade(database.engine, lineage)
    assert migrations.drop(database.engine, lineage) == ("alembic_version_labs", "labs_lab", "labs_seat")
    assert tables(database) == {"catalog_course"}


def test_two_lineages_do_not_know_of_each_other(database, lineage, tmp_path):
    other = Lineage("exams", tmp_path / "exams" / "migrations", version_table("exams"), owner("exams_"))
    other.versions.mkdir(parents=True)
    write(lineage, 1, LABS)
    write(other, 1, 'op.create_table("exams_exam", sa.Column("id", sa.Integer))')
    migrations.upgrade(database.engine, lineage)
    migrations.upgrade(database.engine, other)
    migrations.drop(database.engine, lineage)
    assert migrations.pending(database.engine, other) == ()
    assert tables(database) == {"catalog_course", "exams_exam", "alembic_version_exams"}


def test_a_revision_is_written_for_the_lineages_own_tables_only(database, lineage, monkeypatch):
    declared = MetaData()
    Table("labs_lab", declared, id_column(), Column("at", UTCDateTime), Column("facts", Json))
    Table("people_person", declared, Column("id", Integer, primary_key=True), Column("name", String(10)))
    monkeypatch.setattr(migrations, "metadata", declared)
    written = migrations.revise(database.engine, lineage, "first tables")
    page = written.read_text()
    assert written.name == "0001_first_tables.py"
    assert "labs_lab" in page
    assert "people_person" not in page
    assert "catalog_course" not in page
    assert "lms_core" not in page
    assert migrations.upgrade(database.engine, lineage) == ("0001",)
    second = migrations.revise(database.engine, lineage, "nothing new")
    assert "op." not in second.read_text()


def test_tables_newer_than_the_files_are_said_to_be_so(database, lineage):
    write(lineage, 1, LABS)
    write(lineage, 2, SEATS)
    migrations.upgrade(database.engine, lineage)
    (lineage.versions / "0002_step.py").unlink()
    with pytest.raises(migrations.MigrationFailed, match="newer than its files: revision 0002"):
        migrations.pending(database.engine, lineage)


@pytest.fixture
def server(postgres):
    """An empty database on PostgreSQL."""
    name = f"host_{uuid.uuid4().hex[:12]}"
    database = Database(postgres.create(name).render_as_string(hide_password=False))
    yield database
    database.dispose()
    postgres.drop(name)


@pytest.mark.postgresql
def test_on_postgresql_a_failure_leaves_nothing_and_an_upgrade_runs(server, lineage):
    with server.engine.begin() as connection:
        connection.execute(text("CREATE TABLE catalog_course (id INTEGER PRIMARY KEY)"))
    write(lineage, 1, LABS)
    write(lineage, 2, f'{SEATS}; op.drop_table("catalog_course")')
    with pytest.raises(migrations.MigrationFailed):
        migrations.upgrade(server.engine, lineage)
    assert tables(server) == {"catalog_course"}
    write(lineage, 2, SEATS)
    assert migrations.upgrade(server.engine, lineage) == ("0001", "0002")
    assert migrations.drop(server.engine, lineage) == ("alembic_version_labs", "labs_lab", "labs_seat")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def either(request):
    """An empty database, embedded and on a server."""
    return request.getfixturevalue("database" if request.param == "sqlite" else "server")


def test_what_was_brought_up_for_something_that_failed_is_taken_down_as_far_as_it_came(either, lineage):
    write(lineage, 1, LABS, 'op.drop_table("labs_lab")')
    with pytest.raises(OSError, match="full"), migrations.upgraded(either.engine, lineage):
        raise OSError("full")
    assert "labs_lab" not in tables(either)

    migrations.upgrade(either.engine, lineage)
    write(lineage, 2, SEATS, 'op.drop_table("labs_seat")')
    with pytest.raises(OSError, match="full"), migrations.upgraded(either.engine, lineage):
        raise OSError("full")
    assert "labs_lab" in tables(either)
    assert "labs_seat" not in tables(either)
    assert migrations.pending(either.engine, lineage) == ("0002",)


def test_what_cannot_be_taken_down_is_noted_on_what_failed(database, lineage):
    write(lineage, 1, LABS, 'raise ValueError("no way back")')
    with pytest.raises(OSError, match="full") as told, migrations.upgraded(database.engine, lineage):
        raise OSError("full")
    assert "not taken back" in told.value.__notes__[0]
