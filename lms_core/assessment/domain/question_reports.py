"""What trainees report about questions, and what others ask to be taken down: states, and what leads to each."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Final, Literal
from uuid import UUID

from lms_core.foundation.errors import Conflict
from lms_core.foundation.events import Event
from lms_core.foundation.text import text

ReportKind = Literal["key", "unclear", "outdated", "language", "other"]
ReportState = Literal["open", "answered", "closed"]
REPORT_STATES: Final[tuple[ReportState, ...]] = ("open", "answered", "closed")
LONGEST: Final = 2000


class ReportClosed(Conflict):
    """The report was closed: nothing is added to it any more."""

    code = "report-closed"
    default = text("This report is closed.")


class TakedownDecided(Conflict):
    """Somebody decided on this request already."""

    code = "takedown-decided"
    default = text("This request was decided already.")


@dataclass(frozen=True, slots=True)
class ReportQuestion:
    """A person says what is wrong with a question of an attempt that was handed in."""

    attempt_id: UUID
    slot: int
    kind: ReportKind
    words: str


@dataclass(frozen=True, slots=True)
class RequestTakedown:
    """Somebody asks that an item be asked no more: who, and why."""

    item_id: UUID
    asked_by: str
    reason: str


@dataclass(eq=False)
class QuestionReport:
    """One person's report of one question of one attempt."""

    id: UUID
    item_id: UUID
    version_id: UUID
    bank_id: UUID
    attempt_id: UUID
    slot: int
    person_id: UUID
    kind: ReportKind
    state: ReportState
    reported_at: datetime
    changed_at: datetime
    version: int = field(default=1, init=False)

    def say(self, by_reporter: bool, now: datetime) -> None:
        """Somebody adds a message: the reporter opens it anew, anybody else answers it. Raises ReportClosed."""
        if self.state == "closed":
            raise ReportClosed
        self.state, self.changed_at = "open" if by_reporter else "answered", now

    def close(self, now: datetime) -> None:
        """Nothing is left to do. Raises ReportClosed if that was said before."""
        if self.state == "closed":
            raise ReportClosed
        self.state, self.changed_at = "closed", now

    def reopen(self, now: datetime) -> None:
        """There is something to do after all."""
        self.state, self.changed_at = "open", now


@dataclass(eq=False)
class ReportMessage:
    """What one person wrote about a report."""

    id: UUID
    report_id: UUID
    person_id: UUID
    words: str
    written_at: datetime


@dataclass(eq=False)
class Takedown:
    """A request to ask an item no more, and what was done. ``outcome`` is empty until somebody decides."""

    id: UUID
    item_id: UUID
    bank_id: UUID
    asked_by: str
    reason: str
    recorded_by: UUID | None
    recorded_at: datetime
    outcome: Literal["", "kept_out", "restored"] = ""
    done: str = ""
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    version: int = field(default=1, init=False)

    def decide(self, outcome: Literal["kept_out", "restored"], done: str, by: UUID | None, now: datetime) -> None:
        """Say what came of it. Raises TakedownDecided."""
        if self.outcome:
            raise TakedownDecided
        self.outcome, self.done, self.decided_by, self.decided_at = outcome, done, by, now


@dataclass(frozen=True, slots=True)
class QuestionReported(Event):
    """Somebody reported a question."""

    name: ClassVar[str] = "assessment.question_reported"

    report_id: UUID
    item_id: UUID


@dataclass(frozen=True, slots=True)
class ReportChanged(Event):
    """A report was answered, closed or opened anew."""

    name: ClassVar[str] = "assessment.report_changed"

    report_id: UUID
    state: str


@dataclass(frozen=True, slots=True)
class TakedownChanged(Event):
    """An item was withdrawn because somebody asked for it, or that was decided."""

    name: ClassVar[str] = "assessment.takedown_changed"

    takedown_id: UUID
    item_id: UUID
