"""Attempts and their ledgers: the SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Update, and_, func, insert, literal, or_, select, update
from sqlalchemy.exc import IntegrityError

from lms_core.assessment.domain.attempts import OPEN, SUBMITTED, Attempt, Before, By
from lms_core.assessment.domain.deadlines import Accommodation, Deadline, LedgerEntry
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.forms import Stage
from lms_core.assessment.tables.attempts import accommodations, attempts, deadlines
from lms_core.assessment.tables.exams import exams, forms
from lms_core.foundation.errors import Conflict, Invalid, NotFound
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.text import text
from lms_core.foundation.uow import UnitOfWork


class BegunMeanwhile(Conflict):
    """Another request of the same person began an attempt first, or the exam was changed: look again."""


@dataclass(frozen=True)
class Attempts:
    """Attempts inside one unit of work."""

    uow: UnitOfWork

    def before(self, exam_id: UUID, person_id: UUID) -> tuple[Exam, Before]:
        """The exam with the person's attempts so far, in one query. Raises NotFound."""
        mine = and_(attempts.c.exam_id == exams.c.id, attempts.c.person_id == person_id)
        joined = select(Exam, attempts.c.id, attempts.c.state, attempts.c.closes_at).outerjoin(attempts, mine)
        rows = self.uow.session.execute(joined.where(exams.c.id == exam_id)).all()
        if not rows:
            raise NotFound
        begun = [row for row in rows if row.id is not None]
        still_open = next((row for row in begun if row.state == OPEN), None)
        if still_open is None:
            return rows[0][0], Before(len(begun))
        return rows[0][0], Before(len(begun), still_open.id, still_open.closes_at)

    def earlier(self, person_id: UUID, certification: str, mode: str) -> tuple[datetime, ...]:
        """When the person began attempts in this mode at any exam for a certification, the oldest first."""
        if not certification:
            return ()
        theirs = and_(attempts.c.person_id == person_id, attempts.c.mode == mode)
        begun = select(attempts.c.started_at).join(exams, exams.c.id == attempts.c.exam_id)
        found = begun.where(theirs, exams.c.certification == certification).order_by(attempts.c.started_at)
        return tuple(self.uow.session.scalars(found))

    def granted(self, person_id: UUID, exam_id: UUID) -> Sequence[Accommodation]:
        """What the person is granted for this exam, or for every exam."""
        theirs = and_(accommodations.c.person_id == person_id, accommodations.c.revoked_at.is_(None))
        here = or_(accommodations.c.exam_id == exam_id, accommodations.c.exam_id.is_(None))
        found = select(accommodations.c.percent, accommodations.c.minutes).where(theirs, here)
        return [Accommodation(percent, minutes) for percent, minutes in self.uow.session.execute(found)]

    def grant(
        self, person_id: UUID, exam_id: UUID | None, more: Accommodation, by: UUID | None, consented_at: datetime
    ) -> UUID:
        """Keep an accommodation. Raises Invalid for a person who does not exist."""
        identifier = new_id()
        values = {"id": identifier, "person_id": person_id, "exam_id": exam_id, "granted_by": by}
        more_time = {"percent": more.percent, "minutes": more.minutes}
        dates = {"consented_at": consented_at, "granted_at": self.uow.clock.now()}
        try:
            self.uow.session.execute(insert(accommodations), {**values, **more_time, **dates})
        except IntegrityError as unknown:
            raise Invalid(fields={"person_id": (text("There is no such person."),)}) from unknown
        return identifier

    def begin(self, attempt: Attempt, entries: Sequence[LedgerEntry], exam_version: int) -> None:
        """Keep a new attempt with its ledger, if the exam is still as it was when it was checked.

        Raises BegunMeanwhile: one attempt is open per person and exam, and each has its own number.
        """
        values = _values(attempt)
        still = and_(exams.c.id == attempt.exam_id, exams.c.state == "published", exams.c.version == exam_version)
        chosen = select(*(literal(value, attempts.c[name].type) for name, value in values.items())).where(still)
        try:
            # Sharing the exam's row keeps its window as it is until the attempt stands there.
            begins = chosen.select_from(exams).with_for_update(read=True, of=exams)
            begun = insert(attempts).from_select(list(values), begins).returning(attempts.c.id)
            if self.uow.session.scalar(begun) is None:
                raise BegunMeanwhile
        except IntegrityError as taken:
            raise BegunMeanwhile from taken
        self._write(attempt.id, entries, "", None)
        counted = update(forms).where(forms.c.id == attempt.form_id).values(uses=forms.c.uses + 1)
        self.uow.session.execute(counted)

    def get(self, attempt_id: UUID) -> Attempt:
        """The attempt. Raises NotFound."""
        row = self.uow.session.execute(selected().where(attempts.c.id == attempt_id)).first()
        if row is None:
            raise NotFound
        return attempt_of(row)

    def sat(self, attempt_id: UUID) -> tuple[Attempt, Exam]:
        """The attempt and its exam, in one query. Raises NotFound."""
        row = self.uow.session.execute(selected().add_columns(Exam).where(attempts.c.id == attempt_id)).first()
        if row is None:
            raise NotFound
        return attempt_of(row), row.Exam

    def of_person(self, person_id: UUID, request: PageRequest) -> Page[Attempt]:
        """One page of a person's attempts, the latest first."""
        mine = selected().where(attempts.c.person_id == person_id)
        if exam_id := request.filtered("exam"):
            mine = mine.where(attempts.c.exam_id == UUID(exam_id))
        return page(self.uow, mine.order_by(attempts.c.started_at.desc(), attempts.c.id), request).map(attempt_of)

    def of_exam(self, exam_id: UUID, request: PageRequest) -> Page[Attempt]:
        """One page of the attempts at an exam, the latest first."""
        there = selected().where(attempts.c.exam_id == exam_id)
        return page(self.uow, there.order_by(attempts.c.started_at.desc(), attempts.c.id), request).map(attempt_of)

    def take_over(self, attempt_id: UUID, person_id: UUID, address: str) -> int | None:
        """Count a new session at ``address``; its generation, or None where no attempt of the person is open."""
        mine = and_(attempts.c.id == attempt_id, attempts.c.person_id == person_id, attempts.c.state == OPEN)
        bumped = update(attempts).where(mine).values(generation=attempts.c.generation + 1, address=address)
        generation: int | None = self.uow.session.scalar(bumped.returning(attempts.c.generation))
        return generation

    def enter(self, attempt: Attempt, stage: Stage) -> bool:
        """Open ``stage`` in place of what is open; False if that moved meanwhile, or the attempt is over.

        A save that is under way shares this row: it comes before, and a later one finds its slot closed.
        """
        here = and_(attempts.c.first_slot == attempt.first_slot, attempts.c.closes_at >= self.uow.clock.now())
        still = and_(attempts.c.id == attempt.id, attempts.c.state == OPEN, here)
        return self._moved(update(attempts).where(still).values(first_slot=stage.first, last_slot=stage.last))

    def submit(self, attempt_id: UUID, by: By, at: datetime, due_before: datetime | None = None) -> bool:
        """Close it to saves and mark it graded; False if it was closed already, or is not yet due.

        Saves that are under way hold a share of this row: this waits for them, and later ones find it closed.
        """
        still = and_(attempts.c.id == attempt_id, attempts.c.state == OPEN)
        if due_before is not None:
            still = and_(still, attempts.c.closes_at < due_before)
        # Where somebody sat is of use while they sit there, and is forgotten then.
        ended = {"submitted_at": at, "submitted_by": by, "address": ""}
        values = {"state": SUBMITTED, **ended, "graded_at": self.uow.clock.now()}
        return self._moved(update(attempts).where(still).values(values))

    def ungrade(self, attempt_id: UUID) -> None:
        """Mark it as waiting for its score."""
        self.uow.session.execute(update(attempts).where(attempts.c.id == attempt_id).values(graded_at=None))

    def grade(self, attempt_id: UUID, at: datetime) -> bool:
        """Mark it graded; False if it was already."""
        still = and_(attempts.c.id == attempt_id, attempts.c.state == SUBMITTED, attempts.c.graded_at.is_(None))
        return self._moved(update(attempts).where(still).values(graded_at=at))

    def due(self, now: datetime, most: int) -> Sequence[UUID]:
        """Open attempts whose time is over, the oldest first."""
        over = and_(attempts.c.state == OPEN, attempts.c.closes_at < now)
        return self.uow.session.scalars(
            select(attempts.c.id).where(over).order_by(attempts.c.closes_at).limit(most)
        ).all()

    def ungraded(self, most: int) -> Sequence[UUID]:
        """Attempts that were handed in and have no result yet."""
        waiting = and_(attempts.c.state == SUBMITTED, attempts.c.graded_at.is_(None))
        return self.uow.session.scalars(select(attempts.c.id).where(waiting).limit(most)).all()

    def running_at(self, exam_id: UUID) -> Sequence[Attempt]:
        """The attempts at an exam that are running."""
        running = selected().where(attempts.c.exam_id == exam_id, attempts.c.state == OPEN).order_by(attempts.c.id)
        return [attempt_of(row) for row in self.uow.session.execute(running)]

    def count_running(self) -> int:
        """How many attempts run, at any exam."""
        return self.uow.session.scalar(select(func.count()).where(attempts.c.state == OPEN)) or 0

    def running_of(self, person_id: UUID, exam_id: UUID | None) -> Sequence[UUID]:
        """A person's running attempts: at one exam, or (None) at all."""
        running = and_(attempts.c.person_id == person_id, attempts.c.state == OPEN)
        if exam_id is not None:
            running = and_(running, attempts.c.exam_id == exam_id)
        return self.uow.session.scalars(select(attempts.c.id).where(running)).all()

    def ledger(self, attempt_id: UUID) -> Sequence[LedgerEntry]:
        """The entries of an attempt's ledger in order."""
        theirs = select(deadlines.c.revision, deadlines.c.kind, deadlines.c.seconds)
        theirs = theirs.where(deadlines.c.attempt_id == attempt_id).order_by(deadlines.c.revision)
        return [LedgerEntry(revision, kind, seconds) for revision, kind, seconds in self.uow.session.execute(theirs)]

    def extend(self, attempt: Attempt, entry: LedgerEntry, moved: Deadline, reason: str, by: UUID | None) -> None:
        """Append to the ledger and copy what it says now. Raises Conflict if another entry came first."""
        last = and_(
            attempts.c.id == attempt.id,
            attempts.c.state == OPEN,
            attempts.c.revision == attempt.deadline.revision,
        )
        values = {"deadline_at": moved.deadline_at, "closes_at": moved.closes_at, "revision": moved.revision}
        if not self._moved(update(attempts).where(last).values(values)):
            raise Conflict
        self._write(attempt.id, (entry,), reason, by)

    def _moved(self, change: Update) -> bool:
        return self.uow.session.scalar(change.returning(attempts.c.id)) is not None

    def _write(self, attempt_id: UUID, entries: Sequence[LedgerEntry], reason: str, by: UUID | None) -> None:
        common = {"attempt_id": attempt_id, "reason": reason, "actor_id": by, "created_at": self.uow.clock.now()}
        rows = [{"revision": one.revision, "kind": one.kind, "seconds": one.seconds, **common} for one in entries]
        self.uow.session.execute(insert(deadlines), rows)


def selected() -> Select[Any]:
    """Attempts with what stands in other rows: how many slots the form has, and the exam's scopes."""
    return (
        select(attempts, forms.c.slots, exams.c.scopes)
        .join_from(attempts, forms)
        .join(exams, exams.c.id == attempts.c.exam_id)
    )


def _values(attempt: Attempt) -> dict[str, Any]:
    plain = ("id", "exam_id", "form_id", "person_id", "mode", "number", "state", "generation", "started_at", "address")
    window = {"window_closes_at": attempt.window_closes_at}
    ends = {"deadline_at": attempt.deadline.deadline_at, "closes_at": attempt.deadline.closes_at}
    slots = {"first_slot": attempt.first_slot, "last_slot": attempt.last_slot, "revision": attempt.deadline.revision}
    return {name: getattr(attempt, name) for name in plain} | ends | slots | window


def attempt_of(row: Row[Any]) -> Attempt:
    """The attempt of a row that ``selected`` found."""
    return Attempt(
        id=row.id,
        exam_id=row.exam_id,
        form_id=row.form_id,
        person_id=row.person_id,
        mode=row.mode,
        number=row.number,
        state=row.state,
        generation=row.generation,
        started_at=row.started_at,
        deadline=Deadline(row.deadline_at, row.closes_at, row.revision),
        slots=row.slots,
        first_slot=row.first_slot,
        last_slot=row.last_slot,
        submitted_at=row.submitted_at,
        submitted_by=row.submitted_by,
        scopes=row.scopes,
        address=row.address,
        window_closes_at=row.window_closes_at,
    )
