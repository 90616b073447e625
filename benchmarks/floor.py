"""The floor: what the database itself does of UPSERT and commit, with nothing of ours around it."""

import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

import psycopg

TABLE = (
    "CREATE TABLE bench_response (attempt_id {uuid} NOT NULL, slot integer NOT NULL, sequence bigint NOT NULL, "
    "response {json} NOT NULL, saved_at {time} NOT NULL, PRIMARY KEY (attempt_id, slot))"
)
UPSERT = (
    "INSERT INTO bench_response VALUES ({values}, {now}) ON CONFLICT (attempt_id, slot) DO UPDATE SET "
    "sequence = excluded.sequence, response = excluded.response, saved_at = excluded.saved_at"
)
ANSWER = '{"choices": ["0123456789abcdef"]}'
# What pgbench sends: each client is an attempt of its own, as each of ours is.
SCRIPT = (
    "\\set slot random(1, 40)\n"
    "\\set sequence random(1, 1000000000)\n"
    + UPSERT.format(values=f"lpad(:client_id::text, 32, '0')::uuid, :slot, :sequence, '{ANSWER}'::jsonb", now="now()")
    + ";\n"
)


def floor(database: str, url: str, clients: int, seconds: int) -> float:
    """UPSERTs a second, each in a commit of its own: SQLite by its one writer, PostgreSQL by ``clients``."""
    return _sqlite(url, seconds) if database == "sqlite" else _postgres(url.replace("+psycopg", ""), clients, seconds)


def _sqlite(url: str, seconds: float) -> float:
    # Beside the site's own file: the same disk.
    with tempfile.TemporaryDirectory(dir=Path(url.removeprefix("sqlite:///")).parent) as folder:
        raw = sqlite3.connect(Path(folder) / "floor.sqlite3", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            raw.execute(f"PRAGMA {pragma}")
        raw.execute(TABLE.format(uuid="text", json="text", time="text"))
        written = UPSERT.format(values="?, ?, ?, ?", now="datetime('now')")
        attempt, done, end = str(uuid.uuid4()), 0, time.perf_counter() + seconds
        while time.perf_counter() < end:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(written, (attempt, done % 40, done, ANSWER))
            raw.execute("COMMIT")
            done += 1
        raw.close()
    return done / seconds


def _postgres(url: str, clients: int, seconds: int) -> float:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS bench_response")
        connection.execute(TABLE.format(uuid="uuid", json="jsonb", time="timestamptz"))
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(SCRIPT)
        script.flush()
        plan = ["-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(seconds), "-f", script.name]
        told = subprocess.run([pgbench(), *plan, url], check=True, capture_output=True, text=True).stdout
    found = re.search(r"tps = ([\d.]+)", told)
    if found is None:
        raise RuntimeError(f"pgbench told no rate: {told}")
    return float(found[1])


def pgbench() -> str:
    """The pgbench of this machine. Raises RuntimeError where there is none."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))
    found = shutil.which("pgbench") or (str(installed[-1]) if installed else None)
    if found is None:
        raise RuntimeError("pgbench is not installed here")
    return found
