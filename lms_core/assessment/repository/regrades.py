"""Regrades and their changes, and the attempts that they reach. The SQL."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, delete, exists, func, insert, select, update

from lms_core.assessment.domain.attempts import SUBMITTED
from lms_core.assessment.domain.regrades import (
    APPLYING,
    IN_FORCE,
    Change,
    Regrade,
    Ruling,
    Tally,
    Told,
)
from lms_core.assessment.tables.attempts import attempts
from lms_core.assessment.tables.exams import form_slots
from lms_core.assessment.tables.regrades import changes, regrades
from lms_core.foundation.errors import NotFound
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.uow import UnitOfWork

_TALLY: Final = ("seen", "changed", "passes", "fails")


@dataclass(frozen=True, slots=True)
class Reached:
    """An attempt that was asked the question."""

    id: UUID
    form_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class Regrades:
    """Regrades inside one unit of work."""

    uow: UnitOfWork

    def add(self, regrade: Regrade) -> None:
        """Keep a new regrade."""
        plain = ("id", "exam_id", "number", "reason", "state", "total", "proposed_by", "proposed_at")
        row = {name: getattr(regrade, name) for name in plain}
        self.uow.session.execute(insert(regrades), {**row, **asdict(regrade.ruling), **asdict(regrade.tally)})

    def get(self, regrade_id: UUID) -> Regrade:
        """The regrade. Raises NotFound."""
        row = self.uow.session.execute(select(regrades).where(regrades.c.id == regrade_id)).first()
        if row is None:
            raise NotFound
        return _regrade(row)

    def next_number(self, exam_id: UUID) -> int:
        """The number of an exam's next regrade."""
        last = self.uow.session.scalar(select(func.max(regrades.c.number)).where(regrades.c.exam_id == exam_id))
        return (last or 0) + 1

    def of_exam(self, exam_id: UUID, request: PageRequest) -> Page[Regrade]:
        """One page of an exam's regrades, the newest first."""
        ours = select(regrades).where(regrades.c.exam_id == exam_id).order_by(regrades.c.number.desc())
        return page(self.uow, ours, request).map(_regrade)

    def applying(self, exam_id: UUID) -> bool:
        """Whether one of the exam's regrades is being applied."""
        runs = and_(regrades.c.exam_id == exam_id, regrades.c.state == APPLYING)
        return bool(self.uow.session.scalar(select(exists().where(runs))))

    def in_force(self, exam_id: UUID) -> tuple[Ruling, ...]:
        """What holds of the exam's questions, in the order in which it was ruled."""
        ours = and_(regrades.c.exam_id == exam_id, regrades.c.state.in_(IN_FORCE))
        rows = self.uow.session.execute(
            select(regrades).where(ours).order_by(regrades.c.approved_at, regrades.c.number)
        )
        return tuple(_ruling(row) for row in rows)

    def count(self, exam_id: UUID, ruling: Ruling) -> int:
        """How many attempts that were handed in and graded asked the question."""
        return (
            self.uow.session.scalar(select(func.count()).select_from(attempts).where(*_reached(exam_id, ruling))) or 0
        )

    def batch(self, regrade: Regrade, most: int) -> Sequence[Reached]:
        """The next attempts after the cursor."""
        wanted = select(attempts.c.id, attempts.c.form_id, attempts.c.person_id)
        wanted = wanted.where(*_reached(regrade.exam_id, regrade.ruling))
        if regrade.cursor is not None:
            wanted = wanted.where(attempts.c.id > regrade.cursor)
        return [Reached(*row) for row in self.uow.session.execute(wanted.order_by(attempts.c.id).limit(most))]

    def graded_since(self, regrade: Regrade, since: datetime) -> Sequence[Reached]:
        """The attempts that were graded from ``since`` on."""
        wanted = select(attempts.c.id, attempts.c.form_id, attempts.c.person_id)
        late = wanted.where(*_reached(regrade.exam_id, regrade.ruling), attempts.c.graded_at >= since)
        return [Reached(*row) for row in self.uow.session.execute(late.order_by(attempts.c.id))]

    def add_found(self, regrade: Regrade, found: Tally) -> bool:
        """Add to the figures of one that is done; False where somebody else did."""
        return self.move(regrade, **asdict(regrade.tally + found))

    def move(self, regrade: Regrade, **values: Any) -> bool:
        """Change it if it stands where ``regrade`` says: of two who work on it, one goes on."""
        here = and_(regrades.c.id == regrade.id, regrades.c.state == regrade.state)
        cursor = regrades.c.cursor.is_(None) if regrade.cursor is None else regrades.c.cursor == regrade.cursor
        moved = update(regrades).where(here, cursor).values(**values).returning(regrades.c.id)
        return self.uow.session.scalar(moved) is not None

    def advance(self, regrade: Regrade, cursor: UUID, found: Tally) -> bool:
        """Move the cursor and add to the figures; False where somebody else did."""
        return self.move(regrade, cursor=cursor, **asdict(regrade.tally + found))

    def approve(self, regrade: Regrade, by: UUID | None) -> bool:
        """Let it hold from now on; False if another regrade of the exam was approved since it was proposed."""
        other = regrades.alias()
        since = and_(other.c.exam_id == regrade.exam_id, other.c.approved_at > regrade.proposed_at)
        if self.uow.session.scalar(select(exists().where(since))):
            return False
        preview = asdict(regrade.tally)
        fresh = {"cursor": None, "previewed": preview, "approved_by": by, "approved_at": self.uow.clock.now()}
        if not self.move(regrade, state=APPLYING, **fresh, **asdict(Tally())):
            return False
        self.uow.session.execute(delete(changes).where(changes.c.regrade_id == regrade.id))
        return True

    def keep(self, regrade: Regrade, found: Sequence[Change], *, preview: bool = False) -> None:
        """Keep what changes, or what would change."""
        plain = ("attempt_id", "before", "after", "passed_before", "passed_after", "revision")
        common = {"regrade_id": regrade.id, **({"revision": None} if preview else {})}
        rows = [{**{name: getattr(one, name) for name in plain}, "slots": list(one.slots), **common} for one in found]
        if rows:
            self.uow.session.execute(insert(changes), rows)

    def changes(self, regrade_id: UUID, request: PageRequest) -> Page[Change]:
        """One page of what changes, the largest loss first. Filter: kind (all, changed, passes, fails)."""
        joined = select(changes, attempts.c.person_id).join(attempts, attempts.c.id == changes.c.attempt_id)
        ours = joined.where(changes.c.regrade_id == regrade_id, *_of_kind(request.filtered("kind")))
        ordered = ours.order_by(changes.c.after - changes.c.before, changes.c.attempt_id)
        return page(self.uow, ordered, request).map(_change)

    def told(self, attempt_id: UUID) -> tuple[Told, ...]:
        """What regrades have changed of an attempt, the first one first."""
        made = and_(changes.c.attempt_id == attempt_id, changes.c.revision.is_not(None))
        rows = self.uow.session.execute(
            select(changes, regrades.c.effect, regrades.c.reason, regrades.c.approved_at)
            .join(regrades, regrades.c.id == changes.c.regrade_id)
            .where(made)
            .order_by(changes.c.revision)
        )
        return tuple(Told(_change(row), row.effect, row.reason, row.approved_at) for row in rows)


def _reached(exam_id: UUID, ruling: Ruling) -> tuple[ColumnElement[bool], ...]:
    asked = and_(form_slots.c.version_id == ruling.version_id, form_slots.c.part == ruling.part)
    there = exists().where(form_slots.c.form_id == attempts.c.form_id, asked)
    graded = and_(attempts.c.state == SUBMITTED, attempts.c.graded_at.is_not(None))
    return attempts.c.exam_id == exam_id, graded, there


def _of_kind(kind: str) -> Sequence[ColumnElement[bool]]:
    if kind == "changed":
        return [changes.c.before != changes.c.after]
    if kind == "passes":
        return [changes.c.passed_before.is_(False), changes.c.passed_after.is_(True)]
    return [changes.c.passed_before.is_(True), changes.c.passed_after.is_(False)] if kind == "fails" else []


def _ruling(row: Row[Any]) -> Ruling:
    return Ruling(row.version_id, row.part, row.effect, row.corrected_by)


def _regrade(row: Row[Any]) -> Regrade:
    plain = (
        "id",
        "exam_id",
        "number",
        "reason",
        "state",
        "total",
        "cursor",
        "proposed_by",
        "proposed_at",
        "approved_by",
        "approved_at",
        "finished_at",
    )
    values = {name: getattr(row, name) for name in plain}
    tally = Tally(**{name: getattr(row, name) for name in _TALLY})
    return Regrade(
        ruling=_ruling(row), tally=tally, previewed=Tally(**row.previewed) if row.previewed else None, **values
    )


def _change(row: Row[Any]) -> Change:
    return Change(
        attempt_id=row.attempt_id,
        slots=tuple(row.slots),
        before=row.before,
        after=row.after,
        passed_before=row.passed_before,
        passed_after=row.passed_after,
        revision=row.revision,
        person_id=getattr(row, "person_id", None),
    )
