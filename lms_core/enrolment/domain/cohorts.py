"""Cohorts: one run of a course at one campus, with a number of places and a window for applications."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from lms_core.foundation.errors import Conflict, Invalid, NotFound
from lms_core.foundation.events import Event
from lms_core.foundation.text import Text, Titles, text

MOST_PLACES = 2000
HIGHEST_NUMBER = 999
STATES: Mapping[str, Text] = {
    "draft": text("Draft"),
    "open": text("Announced"),
    "closed": text("Closed"),
    "cancelled": text("Cancelled"),
}
# From which states one may go where. A cancelled cohort stays cancelled: people were told so.
MOVES: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"open", "cancelled"}),
    "open": frozenset({"closed", "cancelled"}),
    "closed": frozenset({"open", "cancelled"}),
    "cancelled": frozenset(),
}
PHASES: Mapping[str, Text] = {
    "draft": text("Draft"),
    "upcoming": text("Opens soon"),
    "taking": text("Taking applications"),
    "selecting": text("Applications closed"),
    "running": text("In progress"),
    "finished": text("Finished"),
    "cancelled": text("Cancelled"),
}


class CohortNotFound(NotFound):
    """There is no such cohort, or it may not be known."""

    code = "cohort-not-found"
    default = text("We could not find this cohort.")


class NumberTaken(Conflict):
    """The course already has a cohort of this number at this campus."""

    code = "number-taken"
    default = text("This course already has a cohort of this number at this campus. Choose another number.")

    def __init__(self) -> None:
        """Stand beside the field that it concerns."""
        super().__init__(fields={"number": (self.default,)})


class FewerThanTaken(Conflict):
    """More places are taken than would be left."""

    code = "fewer-than-taken"

    def __init__(self, taken: int) -> None:
        """Say how many places are ``taken``."""
        said = text("%(taken)s places are taken already. Enter that number or more.", taken=taken)
        super().__init__(said, fields={"capacity": (said,)})


class CohortMoved(Conflict):
    """The cohort cannot go from its state to the one wanted."""

    code = "cohort-moved"
    default = text("The cohort is no longer in a state that allows this. Load the page again.")


class CohortChangedMeanwhile(Conflict):
    """Somebody saved another version since this one was opened."""

    code = "changed-meanwhile"


@dataclass(eq=False)
class Cohort:
    """A run of a course. Both counters are kept by the database alone, in single guarded statements.

    ``applications_taken`` numbers applications in the order in which they were taken in.
    """

    id: UUID
    course_id: UUID
    campus_id: UUID
    number: int
    titles: Titles
    capacity: int
    applications_from: datetime
    applications_until: datetime
    starts_on: date
    ends_on: date
    state: str = "draft"
    places_taken: int = 0
    applications_taken: int = 0
    version: int = field(default=1, init=False)

    @property
    def free(self) -> int:
        """How many places are free."""
        return max(0, self.capacity - self.places_taken)

    def phase(self, now: datetime, today: date) -> str:
        """Where it stands at ``now``; ``today`` is the day on the site's own calendar. One of PHASES."""
        if self.state in {"draft", "cancelled"}:
            return self.state
        if today > self.ends_on:
            return "finished"
        if self.state == "open" and now < self.applications_until:
            return "upcoming" if now < self.applications_from else "taking"
        return "running" if today >= self.starts_on else "selecting"

    def move(self, state: str) -> None:
        """Go to ``state``. Raises CohortMoved where that is not possible, or people still have places in it."""
        if state not in MOVES[self.state]:
            raise CohortMoved
        if state == "cancelled" and self.places_taken:
            raise CohortMoved(text("People have places in this cohort. Withdraw them first, each with the reason."))
        self.state = state

    def describe(self, details: "CohortDetails") -> None:
        """Take new details. Raises FewerThanTaken; the caller has checked the rest."""
        if details.capacity < self.places_taken:
            raise FewerThanTaken(self.places_taken)
        self.number, self.titles, self.capacity = details.number, details.titles, details.capacity
        self.applications_from, self.applications_until = details.applications_from, details.applications_until
        self.starts_on, self.ends_on = details.starts_on, details.ends_on


@dataclass(frozen=True, slots=True)
class CohortDetails:
    """What can be said of a cohort, but for its course and campus, which it keeps for good."""

    number: int
    titles: Titles
    capacity: int
    applications_from: datetime
    applications_until: datetime
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class CohortChanged(Event):
    """A cohort was made, described anew, or moved to another state."""

    name: ClassVar[str] = "enrolment.cohort_changed"

    cohort_id: UUID
    state: str


def check_details(details: CohortDetails) -> None:
    """Raise Invalid, with every fault, unless ``details`` make sense."""
    wrong: dict[str, tuple[Text, ...]] = {}
    for name, title in (("title_ko", details.titles.ko), ("title_en", details.titles.en)):
        if not title.strip():
            wrong[name] = (text("Give the title in both languages."),)
    if not 1 <= details.capacity <= MOST_PLACES:
        wrong["capacity"] = (text("Enter a value from %(least)s to %(most)s.", least=1, most=MOST_PLACES),)
    if not 1 <= details.number <= HIGHEST_NUMBER:
        wrong["number"] = (text("Enter a value from %(least)s to %(most)s.", least=1, most=HIGHEST_NUMBER),)
    if details.applications_until <= details.applications_from:
        wrong["applications_until"] = (text("Applications have to end after they begin."),)
    if details.ends_on < details.starts_on:
        wrong["ends_on"] = (text("The last day cannot lie before the first day."),)
    if wrong:
        raise Invalid(fields=wrong)
