"""Responses: the save, which is one statement, and what is read of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Integer,
    String,
    Uuid,
    and_,
    bindparam,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.sql.dml import ReturningInsert

from lms_core.assessment.domain.attempts import OPEN, Receipt, Save, Standing
from lms_core.assessment.domain.practice import FINAL_SEQUENCE
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

    def answers(
        self, attempt_ids: Collection[UUID], slots: Collection[int]
    ) -> dict[tuple[UUID, int], Mapping[str, Any]]:
        """What several attempts answered in these slots, by attempt and slot."""
        here = and_(responses.c.attempt_id.in_(attempt_ids), responses.c.slot.in_(slots))
        kept = select(responses.c.attempt_id, responses.c.slot, responses.c.response).where(here)
        return {(attempt_id, slot): response for attempt_id, slot, response in self.uow.session.execute(kept)}

    def finish(self, attempt_id: UUID, slot: int, receipt: str) -> bool:
        """Let what is kept for a slot be its last answer, or keep an empty one; False unless the attempt is open.

        The attempt's row is locked first: a save that is under way comes before, a later one finds no newer sequence.
        """
        still = and_(attempts.c.id == attempt_id, attempts.c.state == OPEN, attempts.c.last_slot >= slot)
        held = update(attempts).where(still, attempts.c.first_slot <= slot).values(state=OPEN).returning(attempts.c.id)
        if self.uow.session.scalar(held) is None:
            return False
        mine = and_(responses.c.attempt_id == attempt_id, responses.c.slot == slot)
        sealed = update(responses).where(mine).values(sequence=FINAL_SEQUENCE).returning(responses.c.slot)
        if self.uow.session.scalar(sealed) is None:
            empty = {"sequence": FINAL_SEQUENCE, "response": {}, "flagged": False, "receipt": receipt}
            values = {"attempt_id": attempt_id, "slot": slot, **empty, "saved_at": self.uow.clock.now()}
            self.uow.session.execute(insert(responses).values(values))
        return True

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
        with self.database.statement() as connection:
            return self.within(connection, save, receipt)

    @staticmethod
    def within(connection: Connection, save: Save, receipt: str) -> Receipt | None:
        """The same on a connection that is open: several share a commit."""
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
        statement = _SAVES[connection.dialect.name == "sqlite", save.generation is not None]
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


def taken(person: ColumnElement[Any], slot: ColumnElement[Any], arrived: ColumnElement[Any]) -> ColumnElement[bool]:
    """What has to hold of an attempt for an answer of ``person`` to ``slot`` that ``arrived`` then."""
    return and_(
        attempts.c.person_id == person,
        attempts.c.state == OPEN,
        attempts.c.closes_at >= arrived,
        attempts.c.first_slot <= slot,
        attempts.c.last_slot >= slot,
    )


def _conditions(*, by_session: bool) -> ColumnElement[bool]:
    person, slot = bindparam("person", type_=Uuid()), bindparam("slot_no", type_=Integer)
    here = attempts.c.id == bindparam("attempt", type_=Uuid())
    conditions = and_(here, taken(person, slot, bindparam("arrived", type_=UTCDateTime())))
    return (
        and_(conditions, attempts.c.generation == bindparam("session_no", type_=Integer)) if by_session else conditions
    )


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
