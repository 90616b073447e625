"""The database: one engine, reading and writing transactions, and the column types of the house.

SQLite is the embedded default, PostgreSQL a change of the URL. What differs between them stands here.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any, cast

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    Uuid,
    create_engine,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session, registry, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from lms_core.foundation.errors import Unavailable
from lms_core.foundation.identity import new_id

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
mapper_registry = registry(metadata=metadata)
Json = JSON().with_variant(JSONB(), "postgresql")
LOCK_WAIT = 10.0


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC. SQLite drops time zones, so they are put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive moment cannot be stored: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 the base class names it
        """Give UTC back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def id_column() -> Column[Any]:
    """A UUIDv7 primary key."""
    return Column("id", Uuid, primary_key=True, default=new_id)


def version_column() -> Column[int]:
    """The row's version, for ``version_id_col``: a write on a stale copy raises Conflict."""
    return Column("version", Integer, nullable=False)


class Database:
    """An engine that knows whether a transaction may write."""

    def __init__(self, url: str, pool_size: int = 16) -> None:
        """Connect lazily to ``url``; ``pool_size`` connections are kept."""
        self.url = make_url(url)
        self.embedded = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(url, pool_size) if self.embedded else _server(url, pool_size)
        self._read = sessionmaker(_reading(self.engine), expire_on_commit=False)
        self._write = sessionmaker(self.engine, expire_on_commit=False)
        self._alone = self.engine if self.embedded else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        # SQLite's own busy handler is unfair: waiting in a queue of ours keeps the slowest write 10 times quicker.
        self._turn = threading.Lock() if self.embedded else None

    def reading(self) -> Session:
        """A session in which the database refuses every write."""
        return self._read()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that may write; on SQLite after its turn has come. Raises Unavailable past LOCK_WAIT."""
        with self._my_turn(), self._write() as session:
            yield session

    @contextmanager
    def statement(self) -> Iterator[Connection]:
        """A connection for one statement that writes, committed when this is left; nothing may be read back after it.

        No session, and on a server no round trips for BEGIN and COMMIT. Raises Unavailable past LOCK_WAIT.
        """
        with self._my_turn(), self._alone.begin() as connection:
            yield connection

    def dispose(self) -> None:
        """Close the pool: before a restore, and at the end of a test."""
        self.engine.dispose()

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=LOCK_WAIT):
            raise Unavailable
        try:
            yield
        finally:
            self._turn.release()


@contextmanager
def time_limit(session: Session, seconds: float) -> Iterator[None]:
    """Let the database itself stop any SQL in ``session`` that runs longer than ``seconds``."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        with _progress_limit(connection, seconds):
            yield
        return
    session.execute(text("SELECT set_config('statement_timeout', :limit, true)"), {"limit": str(int(seconds * 1000))})
    yield
    session.execute(text("SELECT set_config('statement_timeout', '0', true)"))


@contextmanager
def _progress_limit(connection: Connection, seconds: float) -> Iterator[None]:
    raw = cast("sqlite3.Connection", connection.connection.dbapi_connection)
    end = monotonic() + seconds
    raw.set_progress_handler(lambda: monotonic() > end, 2_000)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)


def _sqlite(url: str, pool_size: int) -> Engine:
    path = make_url(url).database
    if not path or path == ":memory:":
        # Every connection of the pool would see a database of its own.
        raise ValueError("the embedded database is a file: sqlite:///path/to/lms.sqlite3")
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": LOCK_WAIT},
        pool_size=pool_size,
        max_overflow=pool_size,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(raw: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # FULL, not NORMAL: an answer that was acknowledged must survive a power cut.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={int(LOCK_WAIT * 1000)}",
        "temp_store=MEMORY",
    ):
        raw.cursor().execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that begins to write fails at once when another has written: so say it at the start.
    reads = connection.get_execution_options().get("lms_reads", False)
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reads else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _server(url: str, pool_size: int) -> Engine:
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        connect_args={"options": "-c timezone=UTC -c synchronous_commit=on"},
    )


def _reading(engine: Engine) -> Engine:
    return (
        engine.execution_options(lms_reads=True)
        if engine.dialect.name == "sqlite"
        else engine.execution_options(postgresql_readonly=True)
    )
