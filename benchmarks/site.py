"""A site to measure: planted in a folder of its own, served by ``lms serve`` in a process of its own."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import psycopg
from sqlalchemy import create_engine, func, select

from lms_core.foundation.tables import outbox

PLACES = ("postgresql://127.0.0.1:5432/postgres?user=postgres", "postgresql:///postgres")


@dataclass(frozen=True)
class Served:
    """A site that answers on ``port``: which database, and the tokens of its trainees."""

    database: str
    url: str
    port: int
    tokens: list[str]
    instructor: str


@contextmanager
def served(database: str, trainees: int) -> Iterator[Served]:
    """The sample academy with so many trainees, served on ``database`` (sqlite or postgresql)."""
    with tempfile.TemporaryDirectory(prefix="lms-bench-") as folder, _url(database) as url:
        environ = os.environ | {"LMS_INSTANCE_PATH": folder, "LMS_LOG_LEVEL": "ERROR", "LMS_RATE_LIMITS": "0"}
        environ |= {"LMS_DATABASE_URL": url} if url else {}
        lms = [sys.executable, "-m", "lms_core.cli"]
        planting = [*lms, "demo", "--no-serve", "--trainees", str(trainees)]
        subprocess.run(planting, env=environ, check=True, stdout=subprocess.DEVNULL)
        port = _free_port()
        processes = "1" if database == "sqlite" else "2"
        server = subprocess.Popen([*lms, "serve", "--port", str(port), "--processes", processes], env=environ)
        try:
            _wait(port)
            where = url or f"sqlite:///{folder}/lms.sqlite3"
            _settle(where)
            yield _served(database, where, port, Path(folder))
        finally:
            server.terminate()
            server.wait(20)


def databases() -> list[str]:
    """Those that can be measured here."""
    return ["sqlite", "postgresql"] if _postgres() else ["sqlite"]


def _served(database: str, url: str, port: int, folder: Path) -> Served:
    accounts = json.loads((folder / "demo-accounts.json").read_text())
    trainees = [one["token"] for one in accounts if "@load." in one["email"]]
    instructor = next(one["token"] for one in accounts if one["role"] == "instructor")
    return Served(database, url, port, trainees, instructor)


@contextmanager
def _url(database: str) -> Iterator[str]:
    if database == "sqlite":
        yield ""
        return
    place, name = _postgres(), f"lms_bench_{os.getpid()}"
    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield place.replace("postgresql://", "postgresql+psycopg://").replace("/postgres", f"/{name}", 1)
    finally:
        with psycopg.connect(place, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _postgres() -> str:
    for place in (os.environ.get("LMS_TEST_POSTGRES_URL", "").replace("+psycopg", ""), *PLACES):
        try:
            psycopg.connect(place, connect_timeout=2).close()
        except psycopg.Error:
            continue
        if place:
            return place
    return ""


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the site did not come up")


def _settle(url: str) -> None:
    """Wait until what planting left behind is done: more than a thousand events of the sample academy's history."""
    engine = create_engine(url)
    while True:
        with engine.connect() as connection:
            if not connection.scalar(select(func.count()).select_from(outbox)):
                break
        time.sleep(0.2)
    engine.dispose()


def has(tool: str) -> bool:
    """Whether a tool is on this machine."""
    return shutil.which(tool) is not None
