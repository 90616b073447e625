"""The one statement that keeps many saves, on each database: what was sent goes along as one value of JSON.

As text, for to compile so large a statement, or to look for it among the compiled, costs more than to run it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import (
    CTE,
    BigInteger,
    Boolean,
    Compiled,
    DateTime,
    Integer,
    Select,
    String,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    make_url,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection
from sqlalchemy.sql.dml import ReturningInsert
from sqlalchemy.types import TypeEngine

from lms_core.assessment.domain.attempts import Save
from lms_core.assessment.repository.responses import taken
from lms_core.assessment.tables.attempts import attempts, responses

Numbered = tuple[Save, str]
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


@dataclass(frozen=True)
class Together:
    """The statement of one database: ``given`` reads what was sent; ids and moments are written and read its way."""

    driver: str
    insert: Callable[..., Any]
    given: Callable[[], CTE]
    written_id: Callable[[UUID], Any]
    written_moment: Callable[[datetime], Any]
    read_id: Callable[[Any], UUID]
    read_moment: Callable[[Any], datetime]

    def keep(self, connection: Connection, batch: Sequence[Numbered]) -> dict[tuple[UUID, int], datetime]:
        """Keep each save under its receipt's number, one save a slot; the deadlines of those taken, by their slots."""
        sent = orjson.dumps([self._row(save, number) for save, number in batch]).decode()
        rows = connection.exec_driver_sql(self._sql, {**self._constants, SENT: sent}).all()
        return {(self.read_id(attempt), slot): self.read_moment(end) for attempt, slot, end in rows}

    def _row(self, save: Save, number: str) -> dict[str, Any]:
        return {
            "attempt": self.written_id(save.attempt_id),
            "person": self.written_id(save.person_id),
            "session_no": save.generation,
            "slot_no": save.slot,
            "seq": save.sequence,
            "answer": save.response,
            "flag": save.flagged,
            "receipt_no": number,
            "arrived": self.written_moment(save.arrived_at),
        }

    @cached_property
    def _sql(self) -> str:
        return str(self._compiled)

    @cached_property
    def _constants(self) -> Mapping[str, Any]:
        return {name: value for name, value in self._compiled.params.items() if name != SENT}

    @cached_property
    def _compiled(self) -> Compiled:
        dialect = make_url(self.driver).get_dialect()
        style = {"paramstyle": "named"} if dialect.name == "sqlite" else {}
        return _keeping(self.insert, self.given()).compile(dialect=dialect(**style))


def _keeping(insert: Callable[..., Any], given: CTE) -> ReturningInsert[Any]:
    filled = insert(responses).from_select(
        ["attempt_id", "slot", "sequence", "response", "flagged", "receipt", "saved_at"],
        _chosen(given),
        include_defaults=False,
    )
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
    returning: ReturningInsert[Any] = kept.returning(
        responses.c.attempt_id, responses.c.slot, ends.scalar_subquery().label("deadline_at")
    )
    return returning


def _chosen(given: CTE) -> Select[Any]:
    session = or_(given.c.session_no.is_(None), attempts.c.generation == given.c.session_no)
    conditions = and_(session, taken(given.c.person, given.c.slot_no, given.c.arrived))
    flag = func.coalesce(given.c.flag, False)
    values = (attempts.c.id, given.c.slot_no, given.c.seq, given.c.answer, flag, given.c.receipt_no, given.c.arrived)
    chosen = select(*values).join_from(given, attempts, attempts.c.id == given.c.attempt).where(conditions)
    shared = chosen.order_by(attempts.c.id, given.c.slot_no)
    # SQLite has one writer, and nothing to lock.
    return shared.with_for_update(read=True, of=attempts, skip_locked=True)


def _given_to_a_server() -> CTE:
    sent = cast(bindparam(SENT, type_=Text()), JSONB)
    table = func.jsonb_to_recordset(sent).table_valued(*(column(name, kind) for name, kind in _TYPES.items()))
    return select(*table.render_derived(name="told", with_types=True).c).cte("given")


def _given_to_sqlite() -> CTE:
    told = func.json_each(bindparam(SENT, type_=Text())).table_valued("value", name="told")
    values = (
        type_coerce(func.json_extract(told.c.value, literal_column(f"'$.{name}'")), kind).label(name)
        for name, kind in _TYPES.items()
    )
    return select(*values).cte("given")


def _as_it_is(value: Any) -> Any:
    return value


TOGETHER: Final[Mapping[str, Together]] = {
    "postgresql": Together("postgresql+psycopg://", postgresql.insert, _given_to_a_server, *(_as_it_is,) * 4),
    "sqlite": Together(
        "sqlite://",
        sqlite.insert,
        _given_to_sqlite,
        written_id=lambda one: one.hex,
        written_moment=lambda one: one.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds"),
        read_id=UUID,
        read_moment=lambda one: datetime.fromisoformat(one).replace(tzinfo=UTC),
    ),
}
