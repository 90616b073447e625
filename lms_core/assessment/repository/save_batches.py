"""Many saves in one commit: one statement on a server, one transaction on SQLite."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import (
    BigInteger,
    Boolean,
    DateTime,
    Integer,
    String,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.sql.dml import ReturningInsert
from sqlalchemy.types import TypeEngine

from lms_core.assessment.domain.attempts import Receipt, Save
from lms_core.assessment.repository.responses import Saves, taken
from lms_core.assessment.tables.attempts import attempts, responses
from lms_core.foundation.database import Database


class Away(Exception):
    """The database does not answer. Asking again is safe: what was committed unheard has its sequence already."""


class Unreadable(Exception):
    """The database cannot take one of the answers, and took none of them."""


Slot = tuple[UUID, int]
Numbered = tuple[Save, str]


@dataclass(frozen=True)
class SaveBatches:
    """What ``Saves.keep`` does, for several saves at once."""

    database: Database

    def keep(self, batch: Sequence[Numbered]) -> Mapping[Slot, Receipt]:
        """Keep each save under its receipt's number, all in one commit; those that were taken, by attempt and slot.

        One save a slot. On a server an attempt that somebody else is changing is passed over, so that a batch waits
        for nobody (a single save does); SQLite has one writer. Raises Away, Unreadable.
        """
        try:
            return self._together(batch) if len(batch) > 1 and not self.database.embedded else self._one_by_one(batch)
        except (OperationalError, InterfaceError) as away:
            raise Away from away
        except DBAPIError as unreadable:
            raise Unreadable from unreadable

    def _together(self, batch: Sequence[Numbered]) -> Mapping[Slot, Receipt]:
        with self.database.statement() as connection:
            # As text: to compile so large a statement, or to look for it among the compiled, costs more than to run it.
            rows = connection.exec_driver_sql(_SQL, {**_CONSTANTS, SENT: _written(batch)}).all()
        ends = {(attempt_id, slot): deadline_at for attempt_id, slot, deadline_at in rows}
        return {
            (save.attempt_id, save.slot): Receipt(number, save.sequence, save.arrived_at, end)
            for save, number in batch
            if (end := ends.get((save.attempt_id, save.slot))) is not None
        }

    def _one_by_one(self, batch: Sequence[Numbered]) -> Mapping[Slot, Receipt]:
        with self.database.statement() as connection:
            kept = [(save, Saves.within(connection, save, number)) for save, number in batch]
        return {(save.attempt_id, save.slot): receipt for save, receipt in kept if receipt is not None}


SENT: Final = "sent"
_TYPES: Final[Mapping[str, TypeEngine[Any]]] = {
    "attempt": Uuid(),
    "person": Uuid(),
    "session_no": Integer(),
    "slot_no": Integer(),
    "seq": BigInteger(),
    "answer": JSONB(),
    "flag": Boolean(),
    "receipt_no": String(),
    "arrived": DateTime(timezone=True),
}


def _written(batch: Sequence[Numbered]) -> str:
    # In one order everywhere: two batches that meet in a slot wait for each other, and never in a circle.
    ordered = sorted(batch, key=lambda one: (one[0].attempt_id, one[0].slot))
    return orjson.dumps([_row(save, number) for save, number in ordered]).decode()


def _row(save: Save, number: str) -> dict[str, Any]:
    return {
        "attempt": save.attempt_id,
        "person": save.person_id,
        "session_no": save.generation,
        "slot_no": save.slot,
        "seq": save.sequence,
        "answer": save.response,
        "flag": save.flagged,
        "receipt_no": number,
        "arrived": save.arrived_at,
    }


def _together() -> ReturningInsert[Any]:
    # One value, written once, whatever the batch's size: nine arrays cost the sender several times as much.
    sent = cast(bindparam(SENT, type_=Text()), JSONB)
    table = func.jsonb_to_recordset(sent).table_valued(*(column(name, kind) for name, kind in _TYPES.items()))
    given = select(*table.render_derived(name="told", with_types=True).c).cte("given")
    session = or_(given.c.session_no.is_(None), attempts.c.generation == given.c.session_no)
    conditions = and_(session, taken(given.c.person, given.c.slot_no, given.c.arrived))
    values = {
        "attempt_id": attempts.c.id,
        "slot": given.c.slot_no,
        "sequence": given.c.seq,
        "response": given.c.answer,
        "flagged": func.coalesce(given.c.flag, False),
        "receipt": given.c.receipt_no,
        "saved_at": given.c.arrived,
    }
    chosen = select(*values.values()).join_from(given, attempts, attempts.c.id == given.c.attempt).where(conditions)
    shared = chosen.order_by(attempts.c.id, given.c.slot_no).with_for_update(read=True, of=attempts, skip_locked=True)
    filled = insert(responses).from_select(list(values), shared, include_defaults=False)
    # An answer that does not speak of the flag leaves it as it is; what it spoke of is no column of the answer's row.
    this = and_(
        given.c.attempt == literal_column("excluded.attempt_id"), given.c.slot_no == literal_column("excluded.slot")
    )
    said = select(given.c.flag).where(this)
    kept = filled.on_conflict_do_update(
        index_elements=[responses.c.attempt_id, responses.c.slot],
        set_={
            **{name: filled.excluded[name] for name in ("sequence", "response", "receipt", "saved_at")},
            "flagged": func.coalesce(said.scalar_subquery(), responses.c.flagged),
        },
        where=filled.excluded.sequence > responses.c.sequence,
    )
    # SQLAlchemy does not see that RETURNING stands inside the statement, so the row's column is named by hand.
    ends = select(attempts.c.deadline_at).where(attempts.c.id == literal_column(str(responses.c.attempt_id)))
    return kept.returning(responses.c.attempt_id, responses.c.slot, ends.scalar_subquery().label("deadline_at"))


_COMPILED: Final = _together().compile(dialect=make_url("postgresql+psycopg://").get_dialect()())
_SQL: Final = str(_COMPILED)
_CONSTANTS: Final = {name: value for name, value in _COMPILED.params.items() if name != SENT}
