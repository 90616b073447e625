import json
import zipfile
from dataclasses import replace

import pytest

from lms_core.foundation.backup import (
    ArchiveDamaged,
    BackupFailed,
    DatabaseServed,
    backup,
    finish_interrupted,
    restore,
    restoring,
)
from lms_core.foundation.backup.postgres_store import PostgresStore
from lms_core.foundation.backup.sqlite_store import SqliteStore
from lms_core.foundation.database import Database
from lms_core.foundation.settings import Settings


@pytest.fixture
def saved(site, target):
    site.write("before")
    site.upload("old", "1")
    backup(site.settings, target)
    site.write("after")
    site.upload("new", "2")
    return site


@pytest.fixture
def saved_embedded(embedded_site, target):
    embedded_site.write("before")
    embedded_site.upload("old", "1")
    backup(embedded_site.settings, target)
    embedded_site.write("after")
    embedded_site.upload("new", "2")
    return embedded_site


def state(site):
    return site.subjects(), site.uploads()


UNTOUCHED = (["after", "before"], {"old": "1", "new": "2"})
RESTORED = (["before"], {"old": "1"})


def test_a_restore_brings_back_what_was_and_keeps_what_is_aside(saved, target):
    done = restore(saved.settings, target)
    assert state(saved) == RESTORED
    assert done.manifest.lineages["alembic_version"] == ("0003",)
    database, uploads = done.aside
    assert sorted(path.name for path in saved.home.glob("uploads.before-*")) == [uploads.rpartition("/")[2]]
    assert _of_database(saved, database).subjects() == ["after", "before"]
    assert not (saved.home / ".restore").exists()


def _of_database(site, aside):
    url = Database(site.settings.database).url.set(database=aside)
    return type(site)(replace(site.settings, database_url=url.render_as_string(hide_password=False)))


def test_restoring_twice_keeps_both_aside(saved, target):
    restore(saved.settings, target)
    saved.write("again")
    restore(saved.settings, target)
    assert state(saved) == RESTORED
    assert len(list(saved.home.glob("uploads.before-*"))) == 2


def test_the_secret_key_and_the_present_config_stay(saved, target):
    before = (saved.home / "config.py").read_text()
    restore(saved.settings, target)
    assert (saved.home / "config.py").read_text() == before
    (copy,) = saved.home.glob("config.from-backup-*.py")
    assert "SITE_NAME_EN" in copy.read_text()


def test_a_site_moves_to_another_machine(saved_embedded, target, tmp_path):
    elsewhere = type(saved_embedded)(Settings(instance_path=tmp_path / "elsewhere"))
    done = restore(elsewhere.settings, target)
    assert state(elsewhere) == RESTORED
    assert done.aside == ()
    assert "SITE_NAME_EN" in (elsewhere.home / "config.py").read_text()


def test_a_database_that_is_being_served_is_not_replaced(saved, target):
    serving = Database(saved.settings.database)
    with serving.reading() as session:
        session.connection()
    with pytest.raises(DatabaseServed):
        restore(saved.settings, target)
    assert state(saved) == UNTOUCHED
    serving.dispose()
    restore(saved.settings, target)
    assert state(saved) == RESTORED


def test_a_served_database_is_replaced_by_force(saved, target):
    serving = Database(saved.settings.database)
    with serving.reading() as session:
        session.connection()
    restore(saved.settings, target, force=True)
    assert state(saved) == RESTORED
    serving.dispose()


def test_an_archive_of_another_kind_of_database_is_refused(saved_embedded, target):
    settings = replace(saved_embedded.settings, database_url="postgresql+psycopg://nobody@127.0.0.1:1/none")
    with pytest.raises(BackupFailed, match="made from sqlite"):
        restore(settings, target)


def rewritten(target, change):
    """The archive with its entries changed by ``change(entries)``."""
    with zipfile.ZipFile(target) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)


def listing(entries, name):
    manifest = json.loads(entries["manifest.json"])
    manifest["files"][name] = manifest["files"]["uploads/old"]
    entries["manifest.json"] = json.dumps(manifest).encode()
    entries[name] = entries["uploads/old"]


def altered(name, content):
    return lambda entries: entries.update({name: content})


@pytest.mark.parametrize(
    "change",
    [
        altered("uploads/old", b"2"),
        altered("uploads/old", b"11"),
        altered("uploads/extra", b"1"),
        altered("manifest.json", b"{}"),
        altered("manifest.json", b"[]"),
        altered("manifest.json", b"\xff"),
        lambda entries: entries.pop("manifest.json"),
        lambda entries: entries.pop("uploads/old"),
        lambda entries: entries.pop("database.sqlite3"),
        lambda entries: listing(entries, "../escaped"),
        lambda entries: listing(entries, "uploads/../../escaped"),
        lambda entries: listing(entries, "/tmp/escaped"),
        lambda entries: listing(entries, "uploads\\..\\..\\escaped"),
        lambda entries: listing(entries, "uploads"),
        lambda entries: listing(entries, "uploads//escaped"),
        lambda entries: listing(entries, "other/escaped"),
    ],
)
def test_an_archive_that_is_not_what_it_was_changes_nothing(saved_embedded, target, change, tmp_path):
    rewritten(target, change)
    with pytest.raises(ArchiveDamaged):
        restore(saved_embedded.settings, target)
    assert state(saved_embedded) == UNTOUCHED
    assert not list(tmp_path.rglob("escaped"))
    assert not (saved_embedded.home / ".restore").exists()


@pytest.mark.parametrize("damage", [lambda raw: raw[:200], lambda raw: raw[: len(raw) // 2], lambda _: b"no zip"])
def test_a_file_that_is_cut_is_no_archive(saved_embedded, target, damage):
    target.write_bytes(damage(target.read_bytes()))
    with pytest.raises(ArchiveDamaged):
        restore(saved_embedded.settings, target)
    assert state(saved_embedded) == UNTOUCHED


def test_a_flipped_bit_is_noticed(saved_embedded, target):
    with zipfile.ZipFile(target) as archive:
        place = archive.getinfo("database.sqlite3").header_offset + 120
    raw = bytearray(target.read_bytes())
    raw[place] ^= 1
    target.write_bytes(raw)
    with pytest.raises(ArchiveDamaged):
        restore(saved_embedded.settings, target)
    assert state(saved_embedded) == UNTOUCHED


def test_a_database_that_is_none_is_refused(saved_embedded, target):
    def change(entries):
        manifest = json.loads(entries["manifest.json"])
        manifest["files"]["database.sqlite3"] = manifest["files"]["uploads/old"]
        entries["manifest.json"] = json.dumps(manifest).encode()
        entries["database.sqlite3"] = entries["uploads/old"]

    rewritten(target, change)
    with pytest.raises(ArchiveDamaged):
        restore(saved_embedded.settings, target)
    assert state(saved_embedded) == UNTOUCHED
    assert not list(saved_embedded.home.glob("*restoring*"))


class Cut(BaseException):
    """The process was killed here."""


def cut_at(monkeypatch, owner, name, after):
    original = getattr(owner, name)

    def cut(*given, **named):
        if after:
            original(*given, **named)
        raise Cut

    monkeypatch.setattr(owner, name, cut)


STEPS = [
    (restoring, "unpack", True, False),
    (SqliteStore, "stage", True, False),
    (SqliteStore, "swap", False, True),
    (SqliteStore, "swap", True, True),
    (restoring, "_put_in_place", False, True),
    (restoring, "_place_config", True, True),
]


@pytest.mark.parametrize(("owner", "name", "after", "finished"), STEPS)
def test_a_restore_that_is_cut_short_is_finished_or_forgotten(
    saved_embedded, target, monkeypatch, owner, name, after, finished
):
    with monkeypatch.context() as patch:
        # A kill runs no clean-up either.
        patch.setattr(restoring.shutil, "rmtree", lambda *_, **__: None)
        cut_at(patch, owner, name, after)
        with pytest.raises(Cut):
            restore(saved_embedded.settings, target)
    done = finish_interrupted(saved_embedded.settings)
    assert state(saved_embedded) == (RESTORED if finished else UNTOUCHED)
    assert (done is not None) == finished
    assert finish_interrupted(saved_embedded.settings) is None
    assert not list(saved_embedded.home.glob("*restoring*"))
    assert not (saved_embedded.home / ".restore").exists()


ON_SERVER = [
    (PostgresStore, "stage", True, False),
    (PostgresStore, "swap", False, True),
    (PostgresStore, "swap", True, True),
]


@pytest.mark.postgresql
@pytest.mark.parametrize(("owner", "name", "after", "finished"), ON_SERVER)
def test_on_a_server_too_it_is_finished_or_forgotten(
    site_on_server, target, monkeypatch, postgres, owner, name, after, finished
):
    site_on_server.write("before")
    backup(site_on_server.settings, target)
    site_on_server.write("after")
    with monkeypatch.context() as patch:
        patch.setattr(restoring.shutil, "rmtree", lambda *_, **__: None)
        cut_at(patch, owner, name, after)
        with pytest.raises(Cut):
            restore(site_on_server.settings, target)
    finish_interrupted(site_on_server.settings)
    assert site_on_server.subjects() == (["before"] if finished else ["after", "before"])
    own = postgres.names(str(Database(site_on_server.settings.database).url.database))
    assert sum("restoring" in one for one in own) == 0
    assert sum("before" in one for one in own) == finished


def test_a_swap_that_fails_undoes_everything(saved_embedded, target, monkeypatch):
    def fail(*_):
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(SqliteStore, "swap", fail)
        with pytest.raises(OSError, match="disk full"):
            restore(saved_embedded.settings, target)
    assert finish_interrupted(saved_embedded.settings) is None
    assert state(saved_embedded) == UNTOUCHED


def test_where_nothing_was_cut_short_there_is_nothing_to_finish(tmp_path):
    assert finish_interrupted(Settings(instance_path=tmp_path)) is None
