"""A PostgreSQL server to try migrations on, if one answers where databases may be created."""

import getpass
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.engine import URL, make_url

VARIABLE = "LMS_TEST_POSTGRES_URL"
NONE = f"no PostgreSQL answers at 127.0.0.1:5432; name one with --postgres or {VARIABLE}"


@contextmanager
def empty_database(given: str = "") -> Iterator[str]:
    """The URL of an empty database, dropped at the end. Raises LookupError where no server lets us make one."""
    named = given or os.environ.get(VARIABLE, "")
    url, name, why = _server(named), f"lms_check_{secrets.token_hex(4)}", NONE
    if url is None:
        raise LookupError(f"{named.rpartition('@')[2]} does not let us create a database" if named else why)
    _run(url, f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        _run(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _server(named: str) -> URL | None:
    users = dict.fromkeys(("postgres", getpass.getuser()))
    local = [URL.create("postgresql+psycopg", user, host="127.0.0.1", port=5432, database="postgres") for user in users]
    places = [make_url(named).set(drivername="postgresql+psycopg")] if named else local
    return next((url for url in places if _may_create(url)), None)


def _may_create(url: URL) -> bool:
    try:
        with _connect(url) as connection:
            asked = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            return bool((connection.execute(asked).fetchone() or (False,))[0])
    except psycopg.Error:
        return False


def _run(url: URL, statement: str) -> None:
    with _connect(url) as connection:
        connection.execute(statement.encode())


def _connect(url: URL) -> "psycopg.Connection[tuple[object, ...]]":
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True, connect_timeout=3)
