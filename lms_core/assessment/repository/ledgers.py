"""The deadline ledgers of the attempts that run at an exam, written all at once or not at all: the SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, insert, or_, select, update

from lms_core.assessment.domain.attempts import OPEN, Attempt
from lms_core.assessment.domain.deadlines import Accommodation, Deadline, LedgerEntry
from lms_core.assessment.repository.attempts import Attempts
from lms_core.assessment.tables.attempts import accommodations, attempts, deadlines
from lms_core.foundation.errors import Conflict
from lms_core.foundation.uow import UnitOfWork

Moved = tuple[Attempt, Sequence[LedgerEntry], Deadline]
"""An attempt, the entries its ledger gets, and what the ledger says then."""


@dataclass(frozen=True)
class Ledgers:
    """Ledgers inside one unit of work."""

    uow: UnitOfWork

    def running(self, exam_id: UUID) -> Sequence[tuple[Attempt, Sequence[LedgerEntry]]]:
        """Every running attempt at an exam with its ledger: two queries."""
        found = Attempts(self.uow).running_at(exam_id)
        ids = [one.id for one in found]
        rows = self.uow.session.execute(
            select(deadlines).where(deadlines.c.attempt_id.in_(ids)).order_by(deadlines.c.revision)
        )
        ledgers: Mapping[UUID, list[LedgerEntry]] = {one: [] for one in ids}
        for row in rows:
            ledgers[row.attempt_id].append(LedgerEntry(row.revision, row.kind, row.seconds))
        return [(one, ledgers[one.id]) for one in found]

    def granted(self, exam_id: UUID) -> Mapping[UUID, Sequence[Accommodation]]:
        """What those who sit the exam now are granted for it or for every exam, by person: one query."""
        running = select(attempts.c.person_id).where(attempts.c.exam_id == exam_id, attempts.c.state == OPEN)
        theirs = and_(accommodations.c.person_id.in_(running), accommodations.c.revoked_at.is_(None))
        here = or_(accommodations.c.exam_id == exam_id, accommodations.c.exam_id.is_(None))
        found: dict[UUID, list[Accommodation]] = {}
        for row in self.uow.session.execute(select(accommodations).where(theirs, here)):
            found.setdefault(row.person_id, []).append(Accommodation(row.percent, row.minutes))
        return found

    def append(self, moved: Sequence[Moved], reason: str, by: UUID | None) -> None:
        """Write the entries and copy what the ledgers say now. Raises Conflict if any of them moved meanwhile."""
        if not moved:
            return
        self._move([_copy(attempt, deadline) for attempt, _, deadline in moved])
        common = {"reason": reason, "actor_id": by, "created_at": self.uow.clock.now()}
        rows = [
            {"attempt_id": attempt.id, "revision": one.revision, "kind": one.kind, "seconds": one.seconds, **common}
            for attempt, entries, _ in moved
            for one in entries
        ]
        self.uow.session.execute(insert(deadlines), rows)

    def _move(self, rows: Sequence[Mapping[str, Any]]) -> None:
        still = (attempts.c.id == bindparam("is_id"), attempts.c.state == OPEN)
        seen = attempts.c.revision == bindparam("was_revision")
        result = self.uow.session.connection().execute(update(attempts).where(*still, seen), list(rows))
        if result.rowcount != len(rows):
            raise Conflict


def _copy(attempt: Attempt, to: Deadline) -> dict[str, Any]:
    moved = {"deadline_at": to.deadline_at, "closes_at": to.closes_at, "revision": to.revision}
    return {"is_id": attempt.id, "was_revision": attempt.deadline.revision, **moved}
