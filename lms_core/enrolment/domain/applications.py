"""Applications and places: what may become of each, and the words for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from lms_core.foundation.errors import Conflict, NotFound, Refusal, Refused
from lms_core.foundation.events import Event
from lms_core.foundation.text import Text, text

APPLICATION_STATES: Mapping[str, Text] = {
    "submitted": text("Being reviewed"),
    "waiting": text("On the waiting list"),
    "placed": text("Place given"),
    "declined": text("Declined"),
    "withdrawn": text("Withdrawn"),
}
ENROLMENT_STATES: Mapping[str, Text] = {"active": text("Enrolled"), "withdrawn": text("Withdrawn")}
# An application that is live keeps its person from applying to the same cohort once more.
LIVE = ("submitted", "waiting", "placed")
LONGEST_ANSWER = 2000
LONGEST_REASON = 500


class ApplicationNotFound(NotFound):
    """There is no such application, or it may not be known."""

    code = "application-not-found"
    default = text("We could not find this application.")


class EnrolmentNotFound(NotFound):
    """There is no such enrolment, or it may not be known."""

    code = "enrolment-not-found"
    default = text("We could not find this enrolment.")


class ApplicationDecided(Conflict):
    """What is wanted of the application is no longer possible in its state."""

    code = "application-decided"
    default = text("This application was decided or withdrawn meanwhile. Load the page again.")


class AlreadyWithdrawn(Conflict):
    """The place was given up before."""

    code = "already-withdrawn"
    default = text("This place was given up already.")


class AppliedAlready(Conflict):
    """The person has a live application for this cohort."""

    code = "applied-already"
    default = text("There is an application of this person for this cohort already.")


class ApplicationsClosed(Conflict):
    """The window for applications is not open at this moment."""

    code = "applications-closed"
    default = text("Applications for this cohort are not open at this moment.")


class NotEligible(Refused):
    """Rules or reviewers stand against it; ``reasons`` holds every one."""

    code = "not-eligible"
    default = text("This is not possible, for the reasons below.")


@dataclass(eq=False)
class Application:
    """A person's wish for a place. ``number`` is its place in the order of arrival, given by the database.

    ``held`` says why it was passed over in the line, if it was: refusals as JSON.
    """

    id: UUID
    cohort_id: UUID
    person_id: UUID
    number: int
    applied_at: datetime
    answers: Mapping[str, Any] | None = None
    by_staff: bool = False
    state: str = "submitted"
    decided_at: datetime | None = None
    decided_by: UUID | None = None
    note: str | None = None
    held: list[Any] | None = None
    version: int = field(default=1, init=False)

    @property
    def live(self) -> bool:
        """Whether something may still come of it, or has."""
        return self.state in LIVE

    def accept(self, now: datetime, by: UUID | None) -> None:
        """Join the line. Raises ApplicationDecided unless it still waits for a decision."""
        self._decide("waiting", ("submitted",), now, by)

    def decline(self, now: datetime, by: UUID | None, note: str) -> None:
        """Say no, with a reason for the applicant. Raises ApplicationDecided once there is a place."""
        self._decide("declined", ("submitted", "waiting"), now, by)
        self.note = note

    def withdraw(self) -> None:
        """Take it back. Raises ApplicationDecided if it was declined or taken back before."""
        if not self.live:
            raise ApplicationDecided
        self.state, self.held = "withdrawn", None

    def hold(self, reasons: list[Any]) -> None:
        """Be passed over, for ``reasons``, and keep the place in the line."""
        if self.held != reasons:
            self.held = reasons

    def place(self) -> None:
        """Get the place. Raises ApplicationDecided unless it stands in the line."""
        if self.state != "waiting":
            raise ApplicationDecided
        self.state, self.held = "placed", None

    def _decide(self, state: str, out_of: tuple[str, ...], now: datetime, by: UUID | None) -> None:
        if self.state not in out_of:
            raise ApplicationDecided
        self.state, self.decided_at, self.decided_by, self.held = state, now, by, None


@dataclass(eq=False)
class Enrolment:
    """A place that somebody has, or had. ``explanation`` says why it went to them, as JSON."""

    id: UUID
    cohort_id: UUID
    person_id: UUID
    application_id: UUID
    enrolled_at: datetime
    explanation: Mapping[str, Any] = field(default_factory=dict)
    state: str = "active"
    ended_at: datetime | None = None
    ended_by: UUID | None = None
    reason: str | None = None

    def end(self, now: datetime, by: UUID | None, reason: str) -> None:
        """Give the place up. Raises AlreadyWithdrawn."""
        if self.state != "active":
            raise AlreadyWithdrawn
        self.state, self.ended_at, self.ended_by, self.reason = "withdrawn", now, by, reason


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one application in a bulk decision: its state, its place in the line (from 1), all reasons."""

    application_id: UUID
    person_id: UUID
    state: str
    position: int | None = None
    reasons: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class ApplicationTaken(Event):
    """An application was taken in."""

    name: ClassVar[str] = "enrolment.application_taken"

    application_id: UUID
    person_id: UUID
    cohort_id: UUID


@dataclass(frozen=True, slots=True)
class ApplicationAnswered(Event):
    """Staff accepted or declined an application."""

    name: ClassVar[str] = "enrolment.application_answered"

    application_id: UUID
    person_id: UUID
    cohort_id: UUID
    accepted: bool


@dataclass(frozen=True, slots=True)
class ApplicationWithdrawn(Event):
    """An applicant took the application back before there was a place."""

    name: ClassVar[str] = "enrolment.application_withdrawn"

    application_id: UUID
    person_id: UUID
    cohort_id: UUID
