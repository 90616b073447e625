"""Rows made by the database itself: attempts that were handed in long ago, each with an answer."""

import sqlite3

import psycopg

COPIED = ("exam_id", "form_id", "person_id", "mode", "started_at", "deadline_at", "closes_at", "revision")
SQLITE_ID = "lower(hex(randomblob(16)))"


def pile_up(url: str, attempt_id: str, rows: int) -> None:
    """Store copies of an attempt until there are ``rows`` of them, handed in and answered."""
    if url.startswith("sqlite"):
        _sqlite(url.removeprefix("sqlite:///"), attempt_id.replace("-", ""), rows)
    else:
        _postgres(url.replace("+psycopg", ""), attempt_id, rows)


def _copy(identifier: str, numbers: str, wanted: str) -> str:
    columns = ", ".join(COPIED)
    return (
        f"INSERT INTO assessment_attempt (id, {columns}, number, state, generation, first_slot, last_slot, graded_at)"
        f" SELECT {identifier}, {columns}, 1000 + n, 'submitted', 1, 1, last_slot, started_at"
        f" FROM assessment_attempt, {numbers} WHERE id = {wanted}"
    )


ANSWERED = (
    "INSERT INTO assessment_response (attempt_id, slot, sequence, response, flagged, receipt, saved_at)"
    " SELECT id, 1, 1, '{\"choices\": []}', false, 'piled', started_at FROM assessment_attempt"
    " WHERE number > 1000 ON CONFLICT DO NOTHING"
)


def _sqlite(path: str, attempt_id: str, rows: int) -> None:
    with sqlite3.connect(path, timeout=60) as connection:
        (stored,) = connection.execute("SELECT count(*) FROM assessment_attempt").fetchone()
        series = (
            "(WITH RECURSIVE s(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM s WHERE n < :last) SELECT n FROM s)"
        )
        if stored < rows:
            given = {"first": stored, "last": rows, "id": attempt_id}
            connection.execute(_copy(SQLITE_ID, series, ":id"), given)
            connection.execute(ANSWERED)
    connection.close()


def _postgres(url: str, attempt_id: str, rows: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        (stored,) = connection.execute("SELECT count(*) FROM assessment_attempt").fetchone() or (0,)
        if stored < rows:
            series = f"generate_series({stored:d}, {rows:d}) AS n"
            connection.execute(_copy("gen_random_uuid()", series, "%s"), (attempt_id,))
            connection.execute(ANSWERED)
        connection.execute("VACUUM ANALYZE assessment_attempt, assessment_response")
