"""Saving and replacing a database on PostgreSQL, by its own programs."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL

from lms_core.foundation.backup.errors import BackupFailed, DatabaseServed
from lms_core.foundation.text import text

Connection = psycopg.Connection[tuple[object, ...]]
# libpq's name for each part of a URL. They go by the environment, since anyone may read a process's arguments.
VARIABLES = {"host": "PGHOST", "port": "PGPORT", "username": "PGUSER", "password": "PGPASSWORD"}
QUERY = {"host": "PGHOST", "port": "PGPORT", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}


class PostgresStore:
    """A database and its neighbours on one server. Replacing it needs the right to create databases."""

    kind = "postgresql"
    file = "database.dump"

    def __init__(self, url: URL, *, force: bool = False) -> None:
        self._url = url
        self._name = url.database or ""
        self._force = force

    def save(self, target: Path) -> dict[str, tuple[str, ...]]:
        """Let pg_dump take a snapshot, in its custom format."""
        arguments = ("--format=custom", "--no-owner", "--no-privileges", f"--file={target}", f"--dbname={self._name}")
        self._run("pg_dump", *arguments)
        with self._connected(self._name) as connection:
            return _lineages(connection)

    def require_unserved(self) -> None:
        """Ask the server who is connected."""
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        with self._connected() as connection:
            if connection.execute(others, (self._name,)).fetchone() != (0,):
                raise DatabaseServed

    def stage(self, saved: Path, stamp: str) -> None:
        """Load it into a new database, whole."""
        staged = self._beside("restoring", stamp)
        with self._connected() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(staged)))
        flags = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges")
        self._run("pg_restore", *flags, f"--dbname={staged}", str(saved))

    def swap(self, stamp: str) -> str | None:
        """Exchange the names of the two databases in one transaction."""
        staged, aside = self._beside("restoring", stamp), self._beside("before", stamp)
        with self._connected() as connection:
            present = {str(name) for (name,) in connection.execute("SELECT datname FROM pg_database")}
            if staged not in present:
                return aside if aside in present else None
            try:
                self._exchange(connection, staged, aside, present)
            except psycopg.errors.ObjectInUse as used:
                raise DatabaseServed from used
        return aside if self._name in present else None

    def discard(self, stamp: str) -> None:
        """Drop the staged database."""
        staged = sql.Identifier(self._beside("restoring", stamp))
        with self._connected() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(staged))

    def _exchange(self, connection: Connection, staged: str, aside: str, present: set[str]) -> None:
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        with connection.transaction():
            if self._name in present:
                if self._force:
                    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
                    connection.execute(ended, (self._name,))
                connection.execute(rename.format(sql.Identifier(self._name), sql.Identifier(aside)))
            connection.execute(rename.format(sql.Identifier(staged), sql.Identifier(self._name)))

    def _beside(self, what: str, stamp: str) -> str:
        # Names are cut at 63 bytes, and the stamp has to stay.
        return f"{self._name[:30]}_{what}_{stamp}".lower()

    @contextmanager
    def _connected(self, database: str = "postgres") -> Iterator[Connection]:
        url = self._url.set(drivername="postgresql", database=database).render_as_string(hide_password=False)
        try:
            with psycopg.connect(url, autocommit=True) as connection:
                yield connection
        except psycopg.OperationalError as away:
            raise BackupFailed(text("PostgreSQL said: %(said)s", said=str(away).strip())) from away
        except psycopg.errors.InsufficientPrivilege as refused:
            reason = text("The database's user may not create and rename databases, which restoring needs.")
            raise BackupFailed(reason) from refused

    def _run(self, program: str, *arguments: str) -> None:
        try:
            done = subprocess.run(  # noqa: S603 the program is named here, and a database's name is no option
                [program, "--no-password", *arguments],
                env=self._environment(),
                capture_output=True,
                text=True,
                check=False,
            )
        except FileNotFoundError as missing:
            reason = text(
                "%(program)s was not found. Install PostgreSQL's client programs (Debian: postgresql-client).",
                program=program,
            )
            raise BackupFailed(reason) from missing
        if done.returncode:
            said = done.stderr.strip() or f"exit status {done.returncode}"
            raise BackupFailed(text("%(program)s said: %(said)s", program=program, said=said))

    def _environment(self) -> dict[str, str]:
        named = {key: getattr(self._url, part) for part, key in VARIABLES.items()}
        queried = {QUERY[part]: value for part, value in self._url.query.items() if part in QUERY}
        return dict(os.environ) | {key: str(value) for key, value in (named | queried).items() if value is not None}


def _lineages(connection: Connection) -> dict[str, tuple[str, ...]]:
    names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'alembic\\_version%'"
    tables = [str(name) for (name,) in connection.execute(names).fetchall()]
    heads = sql.SQL("SELECT version_num FROM {}")
    found = {table: connection.execute(heads.format(sql.Identifier(table))).fetchall() for table in tables}
    return {table: tuple(sorted(str(head) for (head,) in rows)) for table, rows in found.items()}
