"""Responses: the save, which is one statement, and what is read of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, ColumnElement, Integer, String, Uuid, and_, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from lms_core.assessment.domain.attempts import OPEN, Receipt, Save, Standing
from lms_core.assessment.tables.attempts import attempts, responses
from lms_core.foundation.database import Database, Json, UTCDateTime
from lms_core.foundation.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Saved:
    """What is kept for a slot."""

    sequence: int
    response: Mapping[str, Any]
    flagged: bool


@dataclass(frozen=True)
class Responses:
    """Responses inside one unit of work."""

    uow: UnitOfWork

    def of(self, attempt_id: UUID) -> dict[int, Saved]:
        """Everything kept for an attempt, by slot."""
        kept = select(responses.c.slot, responses.c.sequence, responses.c.response, responses.c.flagged)
        rows = self.uow.session.execute(kept.where(responses.c.attempt_id == attempt_id).order_by(responses.c.slot))
        return {slot: Saved(sequence, response, flagged) for slot, sequence, response, flagged in rows}

    def fingerprint(self, attempt_id: UUID) -> tuple[int, int]:
        """How many are kept and the sum of their sequences: both only grow, so equal means that nothing changed."""
        counted = select(func.count(), func.coalesce(func.sum(responses.c.sequence), 0))
        count, total = self.uow.session.execute(counted.where(responses.c.attempt_id == attempt_id)).one()
        return count, int(total)


def fingerprint_of(kept: Mapping[int, Saved]) -> tuple[int, int]:
    """The same of responses that were read."""
    return len(kept), sum(saved.sequence for saved in kept.values())


@dataclass(frozen=True)
class Saves:
    """The hot path: outside of units of work, since a save records no event and asks nobody."""

    database: Database

    def keep(self, save: Save, receipt: str) -> Receipt | None:
        """Keep an answer, durably, in one statement; None where it was not taken.

        Owner, state, closing time, session and open slots stand in its WHERE clause. On PostgreSQL it shares the
        attempt's row until it is committed: a submission waits for it, and it for a submission.
        """
        statement = _SAVES[self.database.embedded, save.generation is not None]
        values: dict[str, Any] = {
            "attempt": save.attempt_id,
            "person": save.person_id,
            "slot_no": save.slot,
            "seq": save.sequence,
            "answer": dict(save.response),
            "flag": save.flagged,
            "receipt_no": receipt,
            "arrived": save.arrived_at,
        }
        if save.generation is not None:
            values["session_no"] = save.generation
        with self.database.statement() as connection:
            deadline_at: datetime | None = connection.execute(statement, values).scalar()
        return None if deadline_at is None else Receipt(receipt, save.sequence, save.arrived_at, deadline_at)

    def standing(self, save: Save) -> Standing | None:
        """How things stand with an attempt and one of its slots, in one read; None where there is no such attempt."""
        with self.database.reading() as session:
            row = session.execute(_STANDING, {"attempt": save.attempt_id, "slot_no": save.slot}).first()
        if row is None:
            return None
        kept = Receipt(row.receipt, row.sequence, row.saved_at, row.deadline_at) if row.receipt else None
        return Standing(
            person_id=row.person_id,
            generation=row.generation,
            state=row.state,
            submitted_by=row.submitted_by,
            deadline_at=row.deadline_at,
            closes_at=row.closes_at,
            first_slot=row.first_slot,
            last_slot=row.last_slot,
            kept=kept,
        )


def _conditions(*, by_session: bool) -> ColumnElement[bool]:
    slot = bindparam("slot_no", type_=Integer)
    taken = and_(
        attempts.c.id == bindparam("attempt", type_=Uuid()),
        attempts.c.person_id == bindparam("person", type_=Uuid()),
        attempts.c.state == OPEN,
        attempts.c.closes_at >= bindparam("arrived", type_=UTCDateTime()),
        attempts.c.first_slot <= slot,
        attempts.c.last_slot >= slot,
    )
    return and_(taken, attempts.c.generation == bindparam("session_no", type_=Integer)) if by_session else taken


def _save(*, embedded: bool, by_session: bool) -> ReturningInsert[Any]:
    flag = bindparam("flag", type_=Boolean())
    given = {
        "attempt_id": attempts.c.id,
        "slot": bindparam("slot_no", type_=Integer),
        "sequence": bindparam("seq", type_=BigInteger),
        "response": bindparam("answer", type_=Json),
        "flagged": func.coalesce(flag, False),
        "receipt": bindparam("receipt_no", type_=String),
        "saved_at": bindparam("arrived", type_=UTCDateTime()),
    }
    chosen = select(*given.values()).where(_conditions(by_session=by_session)).with_for_update(read=True, of=attempts)
    insert = sqlite.insert(responses) if embedded else postgresql.insert(responses)
    filled = insert.from_select(list(given), chosen, include_defaults=False)
    fresh = {name: filled.excluded[name] for name in ("sequence", "response", "receipt", "saved_at")}
    kept = filled.on_conflict_do_update(
        index_elements=[responses.c.attempt_id, responses.c.slot],
        # An answer that does not speak of the flag leaves it as it is.
        set_={**fresh, "flagged": func.coalesce(flag, responses.c.flagged)},
        where=filled.excluded.sequence > responses.c.sequence,
    )
    ends = select(attempts.c.deadline_at).where(attempts.c.id == bindparam("attempt", type_=Uuid()))
    return kept.returning(ends.scalar_subquery())


_SAVES: Final = {
    (embedded, by_session): _save(embedded=embedded, by_session=by_session)
    for embedded in (True, False)
    for by_session in (True, False)
}
_ATTEMPT = [
    attempts.c[name]
    for name in (
        "person_id",
        "generation",
        "state",
        "submitted_by",
        "deadline_at",
        "closes_at",
        "first_slot",
        "last_slot",
    )
]
_STANDING: Final = (
    select(*_ATTEMPT, responses.c.receipt, responses.c.sequence, responses.c.saved_at)
    .select_from(
        attempts.outerjoin(
            responses,
            and_(responses.c.attempt_id == attempts.c.id, responses.c.slot == bindparam("slot_no", type_=Integer)),
        )
    )
    .where(attempts.c.id == bindparam("attempt", type_=Uuid()))
)
