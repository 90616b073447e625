"""The two kinds of database, as far as saving them and putting them back goes."""

from pathlib import Path
from typing import Protocol

from lms_core.foundation.backup.postgres_store import PostgresStore
from lms_core.foundation.backup.sqlite_store import SqliteStore
from lms_core.foundation.database import Database
from lms_core.foundation.settings import Settings

Lineages = dict[str, tuple[str, ...]]


class Store(Protocol):
    """A database: saved while it is served, replaced while it is not."""

    kind: str
    file: str

    def save(self, target: Path) -> Lineages:
        """Write a consistent copy to ``target``; the heads of the lineages in it."""
        ...

    def require_unserved(self) -> None:
        """Raise DatabaseServed if anyone is connected."""
        ...

    def stage(self, saved: Path, stamp: str) -> None:
        """Bring ``saved`` to where one step makes it the database, and check that it works."""
        ...

    def swap(self, stamp: str) -> str | None:
        """Make what is staged the database; where the old one lies. May be repeated: without effect."""
        ...

    def discard(self, stamp: str) -> None:
        """Forget what is staged."""
        ...


def store(settings: Settings, *, force: bool = False) -> Store:
    """The site's database. ``force`` replaces it though it is served."""
    database = Database(settings.database)
    return SqliteStore(database.url) if database.embedded else PostgresStore(database.url, force=force)
