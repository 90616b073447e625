from datetime import UTC, datetime, timedelta, timezone
from threading import Thread
from time import sleep

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, OperationalError, StatementError

from lms_core.foundation import database as module
from lms_core.foundation.database import Database, time_limit
from lms_core.foundation.errors import Unavailable
from lms_core.foundation.identity import new_id
from lms_core.foundation.tables import mails

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def mail(created_at: datetime = NOON) -> dict[str, object]:
    return {"id": new_id(), "recipient": "a@b.kr", "subject": "s", "body": "b", "created_at": created_at}


def kept(database: Database) -> list[datetime]:
    with database.reading() as session:
        return list(session.scalars(select(mails.c.created_at)))


def test_what_is_committed_is_read_by_the_next_session(database):
    with database.writing() as session:
        session.execute(insert(mails), mail())
        session.commit()
    assert kept(database) == [NOON]


def test_what_is_not_committed_is_gone(database):
    with database.writing() as session:
        session.execute(insert(mails), mail())
    assert kept(database) == []


def test_a_reading_session_refuses_to_write(database):
    with database.reading() as session, pytest.raises(DBAPIError):
        session.execute(insert(mails), mail())
    assert kept(database) == []


def test_a_connection_that_has_read_may_write_again(database):
    for _ in range(3):
        assert len(kept(database)) == _
        with database.writing() as session:
            session.execute(insert(mails), mail())
            session.commit()


def test_moments_come_back_in_utc_whatever_zone_they_went_in_with(database):
    seoul = NOON.astimezone(timezone(timedelta(hours=9)))
    with database.writing() as session:
        session.execute(insert(mails), mail(seoul))
        session.commit()
    (found,) = kept(database)
    assert (found, found.utcoffset()) == (NOON, timedelta(0))


def test_a_naive_moment_is_refused(database):
    with database.writing() as session, pytest.raises(StatementError, match="naive"):
        session.execute(insert(mails), mail(datetime(2026, 3, 2)))  # noqa: DTZ001 that is the point


def test_foreign_keys_hold_and_acknowledged_commits_survive_a_power_cut(embedded):
    with embedded.reading() as session:
        settings = {
            name: session.scalar(text(f"PRAGMA {name}")) for name in ("foreign_keys", "synchronous", "journal_mode")
        }
    assert settings == {"foreign_keys": 1, "synchronous": 2, "journal_mode": "wal"}


@pytest.mark.postgresql
def test_postgresql_waits_for_the_disk_and_speaks_utc(on_server):
    asked = text("SELECT current_setting('synchronous_commit'), current_setting('timezone')")
    with on_server.writing() as session:
        assert session.execute(asked).one() == ("on", "UTC")
    with on_server.statement() as connection:
        assert connection.execute(asked).one() == ("on", "UTC")


@pytest.mark.postgresql
def test_a_server_that_dropped_its_connections_is_noticed_after_a_pause(on_server, monkeypatch):
    monkeypatch.setattr(module, "IDLE", -1.0)
    assert kept(on_server) == []
    with on_server.writing() as session:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        session.execute(text(f"{others} AND pid <> pg_backend_pid()"))
    assert kept(on_server) == []


def test_writers_in_one_process_wait_for_each_other(database):
    def write() -> None:
        for _ in range(5):
            with database.writing() as session:
                session.execute(insert(mails), mail())
                session.commit()

    threads = [Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept(database)) == 40


def test_who_waits_too_long_for_the_turn_is_told_so(embedded, monkeypatch):
    monkeypatch.setattr(module, "LOCK_WAIT", 0.05)
    with embedded.writing(), pytest.raises(Unavailable), embedded.writing():
        pass


def test_a_writer_that_raises_gives_its_turn_back(embedded):
    with pytest.raises(RuntimeError), embedded.writing():
        raise RuntimeError
    with embedded.writing() as session:
        session.execute(insert(mails), mail())
        session.commit()
    assert len(kept(embedded)) == 1


def test_sql_that_runs_too_long_is_stopped_by_the_database(database):
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        if database.embedded
        else "SELECT pg_sleep(30)"
    )
    with database.reading() as session, pytest.raises(OperationalError), time_limit(session, 0.1):
        session.execute(text(endless))


def test_a_time_limit_ends_with_its_block(database):
    with database.reading() as session:
        with time_limit(session, 0.2):
            session.execute(text("SELECT 1"))
        sleep(0.25)
        many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT count(*) FROM n"
        assert session.scalar(text(many)) == 20_000


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(url):
    with pytest.raises(ValueError, match="a file"):
        Database(url)
