"""The database: one engine, reading and writing transactions, and the column types of the house.

SQLite is the embedded default, PostgreSQL a change of the URL. What differs between them stands here.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.orm import Session, registry, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection
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
IDLE = 1.0
ALONE = 8
# What was acknowledged survives a power cut, whatever the server's own default is.
DURABLE = "-c timezone=UTC -c synchronous_commit=on"


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
        """Connect lazily to ``url``; ``pool_size`` connections are kept for writing, and on a server for reading.

        ``engines`` are all of its engines: SQLite has one, a server one for each kind of transaction.
        """
        self.url = make_url(url)
        self.embedded = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(url, pool_size) if self.embedded else _server(url, pool_size)
        reader = self.engine.execution_options(lms_reads=True) if self.embedded else _reader(url, pool_size)
        self._read = sessionmaker(reader, expire_on_commit=False)
        self._write = sessionmaker(self.engine, expire_on_commit=False)
        self._alone = self.engine if self.embedded else _alone(url)
        self.engines = (self.engine,) if self.embedded else (self.engine, reader, self._alone)
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
        """Close every connection: before a restore, and at the end of a test."""
        for engine in self.engines:
            engine.dispose()

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
    limit = text("SELECT set_config('statement_timeout', :limit, false)")
    session.execute(limit, {"limit": str(int(seconds * 1000))})
    try:
        yield
    finally:
        # Where the limit struck inside a transaction nothing more can be said in it, and its rollback takes this back.
        with suppress(DBAPIError):
            session.execute(limit, {"limit": "0"})


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
    raw = cast("sqlite3.Connection", connection.connection.dbapi_connection)
    raw.execute(f"PRAGMA query_only={'ON' if reads else 'OFF'}")
    raw.execute("BEGIN" if reads else "BEGIN IMMEDIATE")


def _server(url: str, pool_size: int) -> Engine:
    return _pooled(url, pool_size, DURABLE)


def _alone(url: str) -> Engine:
    """Few connections on which every statement is a transaction of its own: saves go out together."""
    return _pooled(url, ALONE, DURABLE, isolation_level="AUTOCOMMIT", pool_reset_on_return=None)


def _reader(url: str, pool_size: int) -> Engine:
    """Connections on which every statement is a read-only transaction of its own.

    At READ COMMITTED each statement sees its own snapshot anyway: BEGIN and ROLLBACK would be two round trips more.
    """
    options = "-c timezone=UTC -c default_transaction_read_only=on"
    return _pooled(url, pool_size, options, isolation_level="AUTOCOMMIT", pool_reset_on_return=None)


def _pooled(url: str, pool_size: int, options: str, **more: Any) -> Engine:
    sizes = {"pool_size": pool_size, "max_overflow": pool_size}
    engine = create_engine(url, connect_args={"options": options}, **sizes, **more)

    def ping(raw: DBAPIConnection, entry: ConnectionPoolEntry, _: PoolProxiedConnection) -> None:
        # A server that was restarted is noticed by whoever comes after a pause; asking every time costs a round trip.
        if monotonic() - entry.info.get("returned_at", monotonic()) > IDLE:
            try:
                engine.dialect.do_ping(raw)
            except engine.dialect.loaded_dbapi.Error as gone:
                raise InvalidatePoolError from gone

    def note(_: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        entry.info["returned_at"] = monotonic()

    event.listen(engine, "checkout", ping)
    event.listen(engine, "checkin", note)
    return engine
