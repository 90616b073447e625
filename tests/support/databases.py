"""Databases for tests: made once, then copied or emptied, so that each test has a clean one in milliseconds."""

import pkgutil
import secrets
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy.engine import URL
from sqlalchemy.pool import QueuePool

import lms_core
from lms_core.foundation.database import Database, metadata
from lms_core.foundation.host.discovery import discover
from lms_core.foundation.uow import Work
from tests.support.clock import FixedClock
from tests.support.missing import missing
from tests.support.postgres import REMEDY, Postgres, connect, found_postgres
from tests.support.waiting import until

# Empties what holds rows. Tests leave few of them: deleting these is much quicker than truncating, which makes a new
# file for each table. As a replica the server asks no foreign key, and everything goes in any order.
EMPTY = """
DO $$ DECLARE name text; filled boolean; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || name || ')' INTO filled;
        IF filled THEN EXECUTE 'DELETE FROM ' || name; END IF;
    END LOOP;
END $$
"""
SHAPE = """
SELECT md5(string_agg(relname || attname || atttypid, ',' ORDER BY relname, attname))
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
"""


def import_every_table() -> None:
    """Import the tables of every room and plugin: a foreign key to a table that nobody imported cannot be made."""
    for package in pkgutil.iter_modules(lms_core.__path__):
        folder = Path(str(lms_core.__path__[0])) / package.name
        if (folder / "tables.py").exists() or (folder / "tables").is_dir():
            import_module(f"lms_core.{package.name}.tables")
    for plugin in discover():
        if plugin.folder and (plugin.folder / "tables.py").exists():
            import_module(f"{plugin.id}.tables")


def create_tables(url: str) -> None:
    """Make every table there is, in an empty database."""
    import_every_table()
    database = Database(url)
    metadata.create_all(database.engine)
    database.dispose()


class Servers:
    """Clean databases on one server, one after another: each is emptied after its test, and made anew if misused."""

    def __init__(self, postgres: Postgres) -> None:
        self.postgres = postgres
        self._name = f"lms_test_{secrets.token_hex(4)}"
        self._url: URL | None = None
        self._shape: object = None

    def clean(self) -> URL:
        """The URL of a database in which there is nothing but empty tables."""
        if self._url is None:
            self.postgres.drop(self._name)
            self._url = self.postgres.create(self._name)
            create_tables(self._url.render_as_string(hide_password=False))
            self._shape = _shape(self._url)
        return self._url

    def empty(self) -> None:
        """Make ready for the next test."""
        if self._url is None:
            return
        try:
            with connect(self._url) as connection:
                # Somebody's forgotten transaction must not make all tests wait.
                connection.execute("SET lock_timeout = '2s'")
                connection.execute(EMPTY)
            if _shape(self._url) != self._shape:
                self._url = None
        except Exception:  # noqa: BLE001 whatever is wrong with it, a new one is right
            self._url = None

    def drop(self) -> None:
        """Leave nothing behind."""
        self.postgres.drop(self._name)


def _shape(url: URL) -> object:
    with connect(url) as connection:
        return connection.execute(SHAPE).fetchone()


def put_away(database: Database) -> None:
    """Close every connection once all threads have given theirs back: what comes back later is closed by nobody."""
    pools = [engine.pool for engine in database.engines]
    until(lambda: not any(pool.checkedout() for pool in pools if isinstance(pool, QueuePool)))
    database.dispose()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server where databases may be created."""
    try:
        with found_postgres() as found:
            yield found
    except LookupError as why:
        missing("PostgreSQL", str(why), REMEDY)


@pytest.fixture(scope="session")
def postgres_databases(postgres: Postgres) -> Iterator[Servers]:
    """Clean databases on that server."""
    servers = Servers(postgres)
    yield servers
    servers.drop()


@pytest.fixture(scope="session")
def embedded_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedded database with every table, to be copied."""
    path = tmp_path_factory.mktemp("template") / "lms.sqlite3"
    create_tables(f"sqlite:///{path}")
    return path


@pytest.fixture
def embedded(embedded_template: Path, tmp_path: Path) -> Iterator[Database]:
    """An embedded database (SQLite) with every table and no rows."""
    path = tmp_path / "lms.sqlite3"
    shutil.copyfile(embedded_template, path)
    database = Database(f"sqlite:///{path}")
    yield database
    put_away(database)


@pytest.fixture
def on_server(postgres_databases: Servers) -> Iterator[Database]:
    """A database on PostgreSQL with every table and no rows."""
    database = Database(postgres_databases.clean().render_as_string(hide_password=False))
    yield database
    put_away(database)
    postgres_databases.empty()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database(request: pytest.FixtureRequest) -> Database:
    """A database with every table and no rows: the test runs on SQLite and on PostgreSQL."""
    chosen: Database = request.getfixturevalue("embedded" if request.param == "sqlite" else "on_server")
    return chosen


@pytest.fixture
def work(database: Database, clock: FixedClock) -> Work:
    """Units of work on ``database``, by the clock that the test moves."""
    return Work(database, clock)
