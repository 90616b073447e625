"""Answers that people mark: the queue, and marks, which are only ever added. The SQL."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from lms_core.assessment.domain.attempts import Attempt
from lms_core.assessment.domain.marking import STATES, WAITS, Mark, MarkedMeanwhile, Marking
from lms_core.assessment.tables.exams import form_slots
from lms_core.assessment.tables.marks import markings, marks
from lms_core.foundation.errors import NotFound
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.uow import UnitOfWork


@dataclass(frozen=True)
class Markings:
    """Markings inside one unit of work."""

    uow: UnitOfWork

    def wait(self, attempt: Attempt, slots: Iterable[int]) -> None:
        """Let the answers in these slots wait for a person, unless they do already."""
        known = select(markings.c.slot).where(markings.c.attempt_id == attempt.id)
        fresh = set(slots) - set(self.uow.session.scalars(known))
        if not fresh:
            return
        here = and_(form_slots.c.form_id == attempt.form_id, form_slots.c.slot.in_(fresh))
        chosen = select(
            literal(attempt.id, markings.c.attempt_id.type),
            form_slots.c.slot,
            literal(attempt.exam_id, markings.c.exam_id.type),
            form_slots.c.version_id,
            form_slots.c.part,
            literal(WAITS),
            literal(self.uow.clock.now(), markings.c.waits_since.type),
        )
        names = ["attempt_id", "slot", "exam_id", "version_id", "part", "state", "waits_since"]
        self.uow.session.execute(insert(markings).from_select(names, chosen.where(here)))

    def of_exam(self, exam_id: UUID, request: PageRequest) -> Page[Marking]:
        """One page of an exam's answers in the state that is asked for, those that waited longest first."""
        wanted = dict(request.filters).get("state", WAITS)
        state = wanted if wanted in STATES else WAITS
        ours = select(markings).where(markings.c.exam_id == exam_id, markings.c.state == state)
        ordered = ours.order_by(markings.c.waits_since, markings.c.attempt_id, markings.c.slot)
        return page(self.uow, ordered, request).map(_marking)

    def get(self, attempt_id: UUID, slot: int) -> Marking:
        """The answer in this slot. Raises NotFound."""
        here = and_(markings.c.attempt_id == attempt_id, markings.c.slot == slot)
        row = self.uow.session.execute(select(markings).where(here)).first()
        if row is None:
            raise NotFound
        return _marking(row)

    def marks(self, attempt_id: UUID) -> Mapping[int, tuple[Mark, ...]]:
        """The marks of an attempt by slot, the first one first."""
        theirs = select(marks).where(marks.c.attempt_id == attempt_id).order_by(marks.c.slot, marks.c.number)
        found: dict[int, tuple[Mark, ...]] = {}
        for row in self.uow.session.execute(theirs):
            mark = Mark(row.number, row.points, row.note, row.marked_by, row.marked_at)
            found[row.slot] = (*found.get(row.slot, ()), mark)
        return found

    def add(self, marking: Marking, mark: Mark, state: str) -> None:
        """Keep a mark. Raises MarkedMeanwhile if somebody gave one of this number."""
        given = {"points": dict(mark.points), "note": mark.note}
        who = {"marked_by": mark.marked_by, "marked_at": mark.marked_at}
        where = {"attempt_id": marking.attempt_id, "slot": marking.slot, "number": mark.number}
        try:
            self.uow.session.execute(insert(marks), {"id": new_id(), **where, **given, **who})
        except IntegrityError as taken:
            raise MarkedMeanwhile from taken
        here = and_(markings.c.attempt_id == marking.attempt_id, markings.c.slot == marking.slot)
        self.uow.session.execute(update(markings).where(here).values(state=state))


def _marking(row: Row[Any]) -> Marking:
    return Marking(row.attempt_id, row.slot, row.exam_id, row.version_id, row.part, row.state, row.waits_since)
