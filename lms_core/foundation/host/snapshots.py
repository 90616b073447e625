"""A copy of the embedded database from before it is migrated, put back if that fails.

A server's database needs none: there, each lineage is a transaction, and backups are the server's own.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lms_core.foundation.backup.errors import DatabaseServed
from lms_core.foundation.backup.sqlite_store import COMPANIONS, SqliteStore
from lms_core.foundation.database import Database

FOLDER = "snapshots"
KEPT = 3


@contextmanager
def safeguarded(database: Database, instance: Path) -> Iterator[None]:
    """Keep a copy of an embedded ``database`` under ``instance`` while what is inside changes its tables.

    If that raises, the copy takes the database's place, so that the old code finds its old tables. Not while anybody
    else has the database open, whose writes would be lost: then the copy stays, and a note on the error says where.
    The last few copies are kept.
    """
    if not database.embedded or not Path(database.url.database or "").is_file():
        yield
        return
    folder, stamp = instance / FOLDER, time.strftime("%Y%m%dT%H%M%S")
    folder.mkdir(parents=True, exist_ok=True)
    copy, store = folder / f"{time.time_ns()}.sqlite3", SqliteStore(database.url)
    store.save(copy)
    try:
        yield
    except BaseException as error:
        database.dispose()
        try:
            _put_back(store, copy, stamp)
        except DatabaseServed:
            error.add_note(f"The database is in use: its copy from before was not put back, and lies at {copy}.")
        raise
    for old in sorted(folder.glob("*.sqlite3"))[:-KEPT]:
        old.unlink()


def _put_back(store: SqliteStore, copy: Path, stamp: str) -> None:
    store.require_unserved()
    store.stage(copy, stamp)
    aside = store.swap(stamp)
    for end in ("", *COMPANIONS):
        Path(f"{aside}{end}").unlink(missing_ok=True)
