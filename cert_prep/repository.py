"""The SQL of cert_prep."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Executable, Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from cert_prep.domain.practice import Newcomer, Practice
from cert_prep.domain.withdrawn import WithdrawnCatalogue
from cert_prep.tables import newcomers, practices, withdrawn
from lms_core.foundation.uow import UnitOfWork

# More attempts than anybody makes in four weeks: a script's, whose habit is no matter.
MOST: Final = 500
_INSERTS: Final[dict[str, Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


@dataclass(frozen=True)
class Practices:
    """Attempts at credentials' exams inside one unit of work."""

    uow: UnitOfWork

    def keep(self, practice: Practice, news: Collection[str]) -> None:
        """Keep what is known of an attempt by now, in one statement, also when two come at once.

        A decision stays the first, a moment of handing in is never taken back; the columns ``news`` are told anew.
        """
        known = {column.name: getattr(practice, column.name) for column in practices.columns}
        row = {name: value for name, value in known.items() if value is not None}
        self.uow.session.execute(_keeping(_dialect(self.uow), frozenset(news)), row)

    def find(self, attempt_id: UUID) -> Practice | None:
        """What is known of an attempt, locked where it may be written."""
        return self.uow.session.get(Practice, attempt_id, with_for_update=self.uow.writes or None)

    def since(self, person_id: UUID, since: datetime) -> Sequence[Practice]:
        """What somebody began after ``since``, the latest first."""
        theirs = select(Practice).where(practices.c.person_id == person_id, practices.c.started_at >= since)
        return self.uow.session.scalars(theirs.order_by(practices.c.started_at.desc()).limit(MOST)).all()

    def regraded(self, person_id: UUID, since: datetime) -> Practice | None:
        """The attempt of somebody whose score changed last, after ``since``."""
        theirs = select(Practice).where(practices.c.person_id == person_id, practices.c.regraded_at >= since)
        return self.uow.session.scalars(theirs.order_by(practices.c.regraded_at.desc()).limit(1)).first()


@dataclass(frozen=True)
class Newcomers:
    """People who have not begun yet, inside one unit of work."""

    uow: UnitOfWork

    def keep(self, newcomer: Newcomer) -> None:
        """Somebody joined; hearing it again changes nothing."""
        _insert(self.uow, newcomers, {"person_id": newcomer.person_id, "joined_at": newcomer.joined_at})

    def is_new(self, person_id: UUID, since: datetime) -> bool:
        """Whether somebody joined after ``since`` and has not begun."""
        theirs = select(newcomers.c.person_id).where(newcomers.c.person_id == person_id)
        return self.uow.session.execute(theirs.where(newcomers.c.joined_at >= since)).first() is not None

    def forget(self, before: datetime) -> None:
        """Those who joined ``before`` are new no longer, whatever they did."""
        self.uow.session.execute(delete(newcomers).where(newcomers.c.joined_at < before))

    def begun(self, person_id: UUID) -> None:
        """Somebody is new no longer."""
        self.uow.session.execute(delete(newcomers).where(newcomers.c.person_id == person_id))


@dataclass(frozen=True)
class WithdrawnCatalogues:
    """Catalogues that are off, inside one unit of work."""

    uow: UnitOfWork

    def keep(self, found: WithdrawnCatalogue) -> None:
        """One was switched off; hearing it again leaves the first moment."""
        if self.uow.session.get(WithdrawnCatalogue, found.plugin) is None:
            self.uow.session.add(found)

    def back(self, plugin: str) -> None:
        """It is on again."""
        self.uow.session.execute(delete(withdrawn).where(withdrawn.c.plugin == plugin))

    def listed(self) -> Sequence[WithdrawnCatalogue]:
        """All of them, the longest first."""
        return self.uow.session.scalars(select(WithdrawnCatalogue).order_by(withdrawn.c.since)).all()


def _insert(uow: UnitOfWork, table: Table, row: dict[str, Any]) -> None:
    """One row, if it is not there yet; the primary key is the only judge."""
    uow.session.execute(_INSERTS[_dialect(uow)](table).values(**row).on_conflict_do_nothing())


@cache
def _keeping(dialect: str, news: frozenset[str]) -> Executable:
    filled = _INSERTS[dialect](practices)
    given = filled.excluded
    told = {
        "submitted_at": func.coalesce(given.submitted_at, practices.c.submitted_at),
        "retake": func.coalesce(practices.c.retake, given.retake),
    }
    told |= {name: given[name] for name in news}
    kept: Executable = filled.on_conflict_do_update(index_elements=[practices.c.attempt_id], set_=told)
    return kept


def _dialect(uow: UnitOfWork) -> str:
    return uow.session.get_bind().dialect.name
