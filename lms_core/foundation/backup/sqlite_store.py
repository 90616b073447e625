"""Saving and replacing the embedded database."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.engine import URL

from lms_core.foundation.backup.errors import ArchiveDamaged, BackupFailed, DatabaseServed
from lms_core.foundation.text import text

COMPANIONS = ("-wal", "-shm")


class SqliteStore:
    """A database file and its companions."""

    kind = "sqlite"
    file = "database.sqlite3"

    def __init__(self, url: URL) -> None:
        self._path = Path(url.database or "")

    def save(self, target: Path) -> dict[str, tuple[str, ...]]:
        """Copy it as of one moment, while others read and write."""
        if not self._path.is_file():
            raise BackupFailed(text("There is no database at %(path)s.", path=str(self._path)))
        with _open(self._path) as source, _open(target) as copy:
            # In one step: in several, it would begin anew at each write of another process.
            source.backup(copy, pages=-1)
            # As one file: in the archive there is no room for companions.
            copy.execute("PRAGMA journal_mode=DELETE")
            return _lineages(copy)

    def require_unserved(self) -> None:
        """Leaving WAL mode needs the file for oneself, so SQLite refuses it while anyone has it open."""
        if not self._path.is_file():
            return
        with _open(self._path) as connection:
            try:
                (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            except sqlite3.OperationalError as locked:
                raise DatabaseServed from locked
        if mode != "delete":
            raise DatabaseServed

    def stage(self, saved: Path, stamp: str) -> None:
        """Lay it beside the present one, on the same disk."""
        staged = self._beside("restoring", stamp)
        staged.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(saved, staged)
        try:
            with _open(staged) as connection:
                (answer,) = connection.execute("PRAGMA quick_check").fetchone()
                (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.DatabaseError as wrong:
            raise ArchiveDamaged from wrong
        # To SQLite, a file of a few bytes is an empty database.
        if answer != "ok" or not tables:
            raise ArchiveDamaged

    def swap(self, stamp: str) -> str | None:
        """Rename the staged file to the present one's name, which is atomic."""
        staged, aside = self._beside("restoring", stamp), self._beside("before", stamp)
        if staged.exists():
            for end in COMPANIONS:
                # First: an old log beside the new file would be applied to it.
                if (companion := Path(f"{self._path}{end}")).exists():
                    companion.rename(f"{aside}{end}")
            if self._path.exists() and not aside.exists():
                aside.hardlink_to(self._path)
            staged.replace(self._path)
        return str(aside) if aside.exists() else None

    def discard(self, stamp: str) -> None:
        """Delete the staged file."""
        self._beside("restoring", stamp).unlink(missing_ok=True)

    def _beside(self, what: str, stamp: str) -> Path:
        return self._path.with_name(f"{self._path.name}.{what}-{stamp}")


def _lineages(copy: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'alembic\\_version%' ESCAPE '\\'"
    tables = [name for (name,) in copy.execute(names)]
    # The names come out of the catalogue just now.
    heads = {table: copy.execute(f'SELECT version_num FROM "{table}"').fetchall() for table in tables}  # noqa: S608
    return {table: tuple(sorted(head for (head,) in rows)) for table, rows in heads.items()}


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as connection:
        yield connection
