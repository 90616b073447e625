"""Attempts: who sits which form until when, which saves are taken, and why others are refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final, Literal
from uuid import UUID

from lms_core.assessment.domain.deadlines import Deadline
from lms_core.assessment.domain.forms import Stage
from lms_core.assessment.domain.responses import HIGHEST_SEQUENCE
from lms_core.assessment.domain.specifications import ExamSpecification
from lms_core.foundation.errors import Conflict, NotFound, Refusal
from lms_core.foundation.events import Event
from lms_core.foundation.scopes import Scopes
from lms_core.foundation.text import text

OPEN: Final = "open"
SUBMITTED: Final = "submitted"
By = Literal["person", "server"]


class AttemptOpen(Conflict):
    """The person has an attempt at this exam that is not handed in; ``facts`` holds its id."""

    code = "attempt-open"
    default = text("You have already begun this exam. Continue the attempt that is open.")


class NotYetOpen(Conflict):
    """The exam's window has not begun; ``facts`` holds the moment."""

    code = "not-yet-open"


class DeadlinePassed(Conflict):
    """It arrived after the deadline and its grace."""

    code = "deadline-passed"
    default = text("Time was up before this answer arrived. What was saved earlier counts.")


class AttemptClosed(Conflict):
    """The attempt was handed in."""

    code = "attempt-closed"
    default = text("This attempt was handed in, so it cannot be changed.")


class SessionSuperseded(Conflict):
    """Another device took the attempt over."""

    code = "session-superseded"
    default = text("This exam was opened on another device. Continue there, or take over here.")


class SlotLocked(Conflict):
    """The question lies in a part that was left and cannot be returned to."""

    code = "slot-locked"
    default = text("This part of the exam is closed.")


class StageAhead(Conflict):
    """The part lies behind others that are not left yet."""

    code = "stage-ahead"
    default = text("The parts before this one have to be left first.")


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt as it stands. ``slots`` counts the questions; ``first_slot`` to ``last_slot`` can be answered.

    ``address`` is that of the device that began it or took it over last: a room is told by it. ``window_closes_at`` is
    when the exam's window closed as the attempt began: a window that moves later is an entry of the ledger.
    """

    id: UUID
    exam_id: UUID
    form_id: UUID
    person_id: UUID
    mode: str
    number: int
    state: str
    generation: int
    started_at: datetime
    deadline: Deadline
    slots: int
    first_slot: int
    last_slot: int
    submitted_at: datetime | None
    submitted_by: str | None
    scopes: Scopes
    address: str = ""
    window_closes_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it was not handed in."""
        return self.state == OPEN

    def is_due(self, now: datetime) -> bool:
        """Whether the server has to hand it in."""
        return self.is_open and now > self.deadline.closes_at


@dataclass(frozen=True, slots=True)
class Save:
    """One answer on its way in. ``generation`` None: by the person's own token, whichever device that is."""

    attempt_id: UUID
    person_id: UUID
    generation: int | None
    slot: int
    sequence: int
    response: Mapping[str, Any]
    flagged: bool | None
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """The promise that an answer is kept: given only after the commit."""

    receipt: str
    sequence: int
    saved_at: datetime
    deadline_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What the database says when a save was not taken. ``kept`` is what is stored for that slot."""

    person_id: UUID
    generation: int
    state: str
    submitted_by: str | None
    deadline_at: datetime
    closes_at: datetime
    first_slot: int
    last_slot: int
    kept: Receipt | None


def explain(save: Save, standing: Standing | None) -> Receipt | None:
    """Why ``save`` was not taken: the newer receipt where a newer answer is kept, else the error that says it.

    None means that nothing speaks against it any more (the deadline was moved meanwhile): try again.
    """
    if standing is None or standing.person_id != save.person_id:
        raise NotFound
    if save.generation is not None and save.generation != standing.generation:
        raise SessionSuperseded
    if standing.kept is not None and standing.kept.sequence > HIGHEST_SEQUENCE:
        raise SlotLocked(text("You have seen the solution of this question, so its answer stays."))
    if standing.kept is not None and standing.kept.sequence >= save.sequence:
        return standing.kept
    if standing.state != OPEN:
        raise DeadlinePassed if standing.submitted_by == "server" else AttemptClosed
    if save.arrived_at > standing.closes_at:
        raise DeadlinePassed
    if not standing.first_slot <= save.slot <= standing.last_slot:
        raise SlotLocked
    return None


def stage_entered(attempt: Attempt, stages: Sequence[Stage], slot: int, now: datetime) -> Stage | None:
    """The stage that going on to ``slot`` opens; None where that is open already, so that asking again does no harm.

    Raises AttemptClosed, DeadlinePassed, SlotLocked for what was left, StageAhead for what is not next, NotFound for
    a slot that the form does not have.
    """
    if not attempt.is_open:
        raise DeadlinePassed if attempt.submitted_by == "server" else AttemptClosed
    if now > attempt.deadline.closes_at:
        raise DeadlinePassed
    if not 1 <= slot <= attempt.slots:
        raise NotFound
    if slot < attempt.first_slot:
        raise SlotLocked
    if slot <= attempt.last_slot:
        return None
    following = next(stage for stage in stages if stage.first == attempt.last_slot + 1)
    if slot > following.last:
        raise StageAhead
    return following


@dataclass(frozen=True, slots=True)
class Before:
    """A person's earlier attempts at an exam: how many, and the one that is open with its ``closes_at``."""

    count: int = 0
    open_id: UUID | None = None
    open_closes_at: datetime | None = None


def require_startable(specification: ExamSpecification, before: Before, now: datetime) -> None:
    """Raise AttemptOpen or NotYetOpen where these stand in the way."""
    if before.open_id is not None:
        raise AttemptOpen(facts={"id": str(before.open_id), "attempt_id": str(before.open_id)})
    opens_at = specification.opens_at
    if opens_at is not None and now < opens_at:
        reason = text("This exam opens on %(opens_at)s.", opens_at=opens_at)
        raise NotYetOpen(reason, facts={"opens_at": opens_at.isoformat()})


def reasons_against(state: str, specification: ExamSpecification, before: Before, now: datetime) -> tuple[Refusal, ...]:
    """Every other reason of the core against beginning now."""
    found: list[Refusal] = []
    if state != "published":
        found.append(Refusal("exam-closed", text("This exam takes no more attempts.")))
    if specification.closes_at is not None and now >= specification.closes_at:
        reason = text("This exam closed on %(closes_at)s.", closes_at=specification.closes_at)
        found.append(Refusal("window-closed", reason))
    allowed = specification.attempts_allowed
    if allowed is not None and before.count >= allowed:
        reason = text("You have used all %(allowed)s attempts of this exam.", allowed=allowed)
        found.append(Refusal("attempts-used", reason))
    return tuple(found)


def against_practice(mode: str, specification: ExamSpecification) -> tuple[Refusal, ...]:
    """Why the exam is not practised, where it is for simulations only."""
    if mode == "practice" and not specification.practice:
        return (Refusal("simulation-only", text("This exam is for simulations only. It cannot be practised.")),)
    return ()


@dataclass(frozen=True, slots=True)
class SessionTaken(Event):
    """Another device took an attempt over."""

    name: ClassVar[str] = "assessment.session_taken"

    attempt_id: UUID
    generation: int


@dataclass(frozen=True, slots=True)
class StageEntered(Event):
    """A part of the exam was left for the next one, and stays left."""

    name: ClassVar[str] = "assessment.stage_entered"

    attempt_id: UUID
    first_slot: int
    last_slot: int


@dataclass(frozen=True, slots=True)
class DeadlineMoved(Event):
    """Time was granted to a running attempt."""

    name: ClassVar[str] = "assessment.deadline_moved"

    attempt_id: UUID
    revision: int
    kind: str
    seconds: int
