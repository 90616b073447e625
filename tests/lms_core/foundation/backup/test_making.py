import hashlib
import json
import os
import sqlite3
import threading
import zipfile

import pytest
from sqlalchemy import text

from lms_core.foundation.backup import BackupFailed, backup
from lms_core.foundation.backup.making import without_secret
from lms_core.foundation.database import Database
from lms_core.foundation.settings import Settings

SECRET = "k" * 43


def test_a_backup_holds_database_uploads_and_config_with_their_sums(site, target):
    site.write("one")
    site.upload("ab/cd", "picture")
    manifest = backup(site.settings, target)
    with zipfile.ZipFile(target) as archive:
        written = json.loads(archive.read("manifest.json"))
        sums = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in written["files"]}
    database = "database.sqlite3" if manifest.database == "sqlite" else "database.dump"
    assert set(manifest.files) == {database, "uploads/ab/cd", "config.py"}
    assert sums == {name: one["sha256"] for name, one in written["files"].items()}
    assert json.loads(manifest.json()) == written


def test_the_manifest_tells_versions_and_lineages(site, target):
    manifest = backup(site.settings, target)
    assert manifest.lineages == {"alembic_version": ("0003",), "alembic_version_labs": ("0001",)}
    assert {"lms-core", "python"} <= set(manifest.versions)


def test_the_secret_key_stays_at_home(site, target):
    backup(site.settings, target)
    with zipfile.ZipFile(target) as archive:
        config = archive.read("config.py").decode()
    assert SECRET not in config
    assert 'SITE_NAME_EN = "Academy"' in config
    assert "POOL_SIZE = 8" in config


def test_an_archive_is_readable_for_its_owner_alone(embedded_site, target):
    backup(embedded_site.settings, target)
    assert target.stat().st_mode & 0o777 == 0o600
    assert os.listdir(target.parent) == [target.name]  # noqa: PTH208 names are wanted


def test_a_backup_taken_while_others_write_is_of_one_moment(embedded_site, target):
    database = Database(embedded_site.settings.database)
    with database.writing() as session:
        session.execute(text("CREATE TABLE pair (a INTEGER, b INTEGER)"))
        session.commit()
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            with database.writing() as session:
                session.execute(text("INSERT INTO pair VALUES (1, 0)"))
                session.execute(text("UPDATE pair SET b = 1"))
                session.commit()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(3):
            backup(embedded_site.settings, target.with_name(f"{number}.zip"))
    finally:
        stop.set()
        thread.join()
        database.dispose()
    for number in range(3):
        with zipfile.ZipFile(target.with_name(f"{number}.zip")) as archive:
            copy = archive.extract("database.sqlite3", target.parent)
        with sqlite3.connect(copy) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("SELECT count(*) FROM pair WHERE a <> b").fetchone() == (0,)
        connection.close()


def test_links_among_the_uploads_are_not_followed(embedded_site, target, tmp_path):
    (tmp_path / "passwd").write_text("secret")
    embedded_site.upload("mine", "x")
    (embedded_site.home / "uploads" / "theirs").symlink_to(tmp_path / "passwd")
    assert "uploads/theirs" not in backup(embedded_site.settings, target).files


def test_a_site_without_uploads_and_config_can_be_saved(embedded_site, target):
    (embedded_site.home / "config.py").unlink()
    assert set(backup(embedded_site.settings, target).files) == {"database.sqlite3"}


def test_a_backup_that_fails_leaves_no_archive_and_spoils_no_older_one(embedded_site, target):
    backup(embedded_site.settings, target)
    before = target.read_bytes()
    (embedded_site.home / "config.py").write_text(f'OTHER = "{SECRET}"\n')
    with pytest.raises(BackupFailed, match="another place"):
        backup(embedded_site.settings, target)
    assert target.read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_database_that_is_not_there_is_not_made(tmp_path, target):
    settings = Settings(instance_path=tmp_path / "nowhere")
    with pytest.raises(BackupFailed, match="no database"):
        backup(settings, target)
    assert not (tmp_path / "nowhere" / "lms.sqlite3").exists()


@pytest.mark.postgresql
def test_without_pg_dump_it_says_what_to_install(site_on_server, target, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(BackupFailed, match="postgresql-client"):
        backup(site_on_server.settings, target)


@pytest.mark.parametrize(
    "config",
    [
        f'SECRET_KEY = "{SECRET}"\n',
        f'SECRET_KEY: str = "{SECRET}"\n',
        f'if True:\n    SECRET_KEY = "{SECRET}"\n',
        f'A = SECRET_KEY = """{SECRET}"""\n',
        f'SECRET_KEY = "".join([\n    "{SECRET}",\n])\n',
    ],
)
def test_however_the_secret_is_set_it_is_left_out(config):
    left = without_secret(f"A = 1\n{config}B = 2\n", SECRET)
    assert SECRET not in left
    assert "A = 1\n" in left
    assert left.endswith("B = 2\n")


def test_a_config_that_is_no_python_is_not_copied():
    with pytest.raises(BackupFailed, match="Python"):
        without_secret("SECRET_KEY = (", SECRET)
