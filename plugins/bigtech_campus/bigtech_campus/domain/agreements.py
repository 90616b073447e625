"""The partner's agreement: to which course, for cohorts that begin when, for how many places."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from lms_core.foundation.errors import Conflict, Invalid, NotFound
from lms_core.foundation.events import Event
from lms_core.foundation.text import text

NOTE_LENGTH = 500
MOST_PLACES = 1_000


class AgreementNotFound(NotFound):
    """There is no such agreement, or it may not be known."""

    code = "agreement-not-found"
    default = text("We could not find this agreement.")


class WithdrawnAlready(Conflict):
    """It was withdrawn before."""

    code = "withdrawn-already"
    default = text("This agreement was already withdrawn.")


@dataclass(eq=False)
class Agreement:
    """A partner agreed to cohorts of a course at a campus that begin between two days, both included.

    ``course_changed_at`` is when the course was last published in another form than the partner agreed to.
    """

    id: UUID
    campus_id: UUID
    course_id: UUID
    begins_from: date
    begins_until: date
    places: int
    note: str
    given_by: UUID | None
    given_at: datetime
    withdrawn_by: UUID | None = None
    withdrawn_at: datetime | None = None
    course_changed_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None

    def covers(self, starts_on: date) -> bool:
        """Whether it lets a cohort begin on that day."""
        return self.stands and self.begins_from <= starts_on <= self.begins_until

    def course_changed(self, at: datetime) -> None:
        """Take note that the course was published anew; what was published before the agreement is what it is on."""
        if self.stands and at > self.given_at:
            self.course_changed_at = max(at, self.course_changed_at or at)

    def withdraw(self, by: UUID | None, now: datetime) -> None:
        """Take it back; it stays in the records. Raises WithdrawnAlready."""
        if not self.stands:
            raise WithdrawnAlready
        self.withdrawn_by, self.withdrawn_at = by, now


@dataclass(frozen=True, slots=True)
class AgreementDetails:
    """What the partner agrees to."""

    course_id: UUID
    begins_from: date
    begins_until: date
    places: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgreementGiven(Event):
    """A partner agreed to cohorts of a course."""

    name: ClassVar[str] = "bigtech_campus.agreement_given"

    agreement_id: UUID
    course_id: UUID


@dataclass(frozen=True, slots=True)
class AgreementWithdrawn(Event):
    """A partner took its agreement back."""

    name: ClassVar[str] = "bigtech_campus.agreement_withdrawn"

    agreement_id: UUID
    course_id: UUID


def check_agreement(details: AgreementDetails, courses: Iterable[UUID]) -> None:
    """Raise Invalid, with every fault; ``courses`` are those that can be agreed to at this campus."""
    wrong = {}
    if details.course_id not in set(courses):
        wrong["course_id"] = (text("Choose one of this campus's courses that follow your curriculum."),)
    if details.begins_until < details.begins_from:
        wrong["begins_until"] = (text("Choose a day on or after the first one."),)
    if not 1 <= details.places <= MOST_PLACES:
        wrong["places"] = (text("Enter between 1 and %(most)s places.", most=MOST_PLACES),)
    if wrong:
        raise Invalid(fields=wrong)


def covering(agreements: Iterable[Agreement], starts_on: date) -> Agreement | None:
    """The first agreement that lets a cohort begin on that day."""
    return next((one for one in agreements if one.covers(starts_on)), None)
