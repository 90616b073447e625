"""The floor: what the database itself does of UPSERT and commit, with nothing of ours around it."""

import sqlite3
import tempfile
import threading
import time
import uuid
from pathlib import Path

import psycopg

TABLE = (
    "CREATE TABLE bench_response (attempt_id {uuid} NOT NULL, slot integer NOT NULL, sequence integer NOT NULL, "
    "response {json} NOT NULL, saved_at {time} NOT NULL, PRIMARY KEY (attempt_id, slot))"
)
UPSERT = (
    "INSERT INTO bench_response VALUES ({0}, {0}, {0}, {0}, {now}) ON CONFLICT (attempt_id, slot) DO UPDATE SET "
    "sequence = excluded.sequence, response = excluded.response, saved_at = excluded.saved_at"
)
ANSWER = '{"choices": ["0123456789abcdef"]}'


def floor(database: str, url: str, clients: int, seconds: float) -> float:
    """UPSERTs a second, each in a commit of its own: SQLite by its one writer, PostgreSQL by ``clients``."""
    return _sqlite(seconds) if database == "sqlite" else _postgres(url.replace("+psycopg", ""), clients, seconds)


def _sqlite(seconds: float) -> float:
    with tempfile.TemporaryDirectory(prefix="lms-bench-") as folder:
        raw = sqlite3.connect(Path(folder) / "floor.sqlite3", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            raw.execute(f"PRAGMA {pragma}")
        raw.execute(TABLE.format(uuid="text", json="text", time="text"))
        written = UPSERT.format("?", now="datetime('now')")
        attempt, done, end = str(uuid.uuid4()), 0, time.perf_counter() + seconds
        while time.perf_counter() < end:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(written, (attempt, done % 40, done, ANSWER))
            raw.execute("COMMIT")
            done += 1
        raw.close()
    return done / seconds


def _postgres(url: str, clients: int, seconds: float) -> float:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS bench_response")
        connection.execute(TABLE.format(uuid="uuid", json="jsonb", time="timestamptz"))
    counts = [0] * clients
    written = UPSERT.format("%s", now="now()")

    def one(number: int) -> None:
        attempt = uuid.uuid4()
        with psycopg.connect(url, autocommit=True, options="-c synchronous_commit=on") as connection:
            end = time.perf_counter() + seconds
            while time.perf_counter() < end:
                connection.execute(written, (attempt, counts[number] % 40, counts[number], ANSWER), prepare=True)
                counts[number] += 1

    threads = [threading.Thread(target=one, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds
