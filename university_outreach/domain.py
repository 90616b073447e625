"""Visits and the agreements they rest on: what they need before a course is published, and who may do what."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from lms_core.foundation.errors import Conflict, Invalid, NotFound, Refusal
from lms_core.foundation.events import Event
from lms_core.foundation.scopes import Scopes, scopes
from lms_core.foundation.text import Text, text

SEE_VISIT: Final = "university_outreach.see_visit"
PLAN_VISIT: Final = "university_outreach.plan_visit"
MANAGE_AGREEMENT: Final = "university_outreach.manage_agreement"
ACTIVITY: Final = "university_outreach.visit"
PLANNED: Final = "planned"
CANCELLED: Final = "cancelled"
PLACE_LENGTH: Final = 120
LINE_LENGTH: Final = 200
MOST_EQUIPMENT: Final = 50


class VisitNotFound(NotFound):
    """There is no such visit, or it may not be known."""

    code = "visit-not-found"
    default = text("We could not find this visit.")


class AgreementNotFound(NotFound):
    """There is no such agreement, or it may not be known."""

    code = "agreement-not-found"
    default = text("We could not find this hosting agreement.")


class VisitChanged(Conflict):
    """Somebody saved another version since this one was opened."""

    code = "visit-changed"
    default = text("Someone else saved this while you were editing. Load it again, then repeat your change.")


class VisitCancelled(Conflict):
    """The visit was called off."""

    code = "visit-cancelled"
    default = text("This visit was cancelled. Plan a new one.")


@dataclass(eq=False)
class Agreement:
    """A university's promise to host: from a day, until one if it ends. ``department`` answers for it there."""

    id: UUID
    university_id: UUID
    department: str
    signed_on: date
    ends_on: date | None = None
    note: str = ""
    version: int = field(default=1, init=False)

    @property
    def scopes(self) -> Scopes:
        """Where rules for it hold: with the university."""
        return scopes(organisation=self.university_id)

    def covers(self, first: date, last: date) -> bool:
        """Whether it is in force on all these days."""
        return self.signed_on <= first and (self.ends_on is None or last <= self.ends_on)


@dataclass(eq=False)
class Visit:
    """One stay of a course at a university. It may be planned before place, time and host are known.

    ``coordinator_id`` is the academy's own person for it: whoever planned it.
    """

    id: UUID
    course_id: UUID
    agreement_id: UUID | None
    building: str
    room: str
    address: str
    starts_at: datetime | None
    ends_at: datetime | None
    contact_role: str
    coordinator_id: UUID | None
    equipment: list[str]
    note: str
    state: str = PLANNED
    version: int = field(default=1, init=False)

    def describe(self, told: "VisitDetails") -> None:
        """Say it anew. Raises VisitCancelled."""
        if self.state == CANCELLED:
            raise VisitCancelled
        self.agreement_id, self.building, self.room = told.agreement_id, told.building, told.room
        self.address, self.starts_at, self.ends_at = told.address, told.starts_at, told.ends_at
        self.contact_role, self.equipment, self.note = told.contact_role, list(told.equipment), told.note

    def cancel(self) -> None:
        """Call it off; it stays in the list. Raises VisitCancelled."""
        if self.state == CANCELLED:
            raise VisitCancelled
        self.state = CANCELLED


@dataclass(frozen=True, slots=True)
class VisitDetails:
    """What can be said of a visit. ``contact_role`` is a role at the university, not a name."""

    agreement_id: UUID | None = None
    building: str = ""
    room: str = ""
    address: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    contact_role: str = ""
    equipment: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgreementDetails:
    """What can be said of an agreement."""

    university_id: UUID
    department: str
    signed_on: date
    ends_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class VisitPlanned(Event):
    """A visit was added or described anew."""

    name: ClassVar[str] = "university_outreach.visit_planned"

    visit_id: UUID
    course_id: UUID


@dataclass(frozen=True, slots=True)
class VisitCalledOff(Event):
    """A visit was cancelled."""

    name: ClassVar[str] = "university_outreach.visit_called_off"

    visit_id: UUID
    course_id: UUID


@dataclass(frozen=True, slots=True)
class AgreementKept(Event):
    """An agreement was added or described anew."""

    name: ClassVar[str] = "university_outreach.agreement_kept"

    agreement_id: UUID


PLACE = text("the place")
TIME = text("the date")
HOST = text("the host")


def missing(visit: Visit, agreement: Agreement | None, zone: ZoneInfo) -> tuple[Text, ...]:
    """What a visit still lacks: place, date, host (with an agreement that covers the days in ``zone``)."""
    found = []
    if not (visit.building and visit.room):
        found.append(PLACE)
    if visit.starts_at is None or visit.ends_at is None:
        found.append(TIME)
    if agreement is None or not _covered(visit, agreement, zone):
        found.append(HOST)
    return tuple(found)


def _covered(visit: Visit, agreement: Agreement, zone: ZoneInfo) -> bool:
    if visit.starts_at is None or visit.ends_at is None:
        return True
    return agreement.covers(visit.starts_at.astimezone(zone).date(), visit.ends_at.astimezone(zone).date())


def reason_against(kinds: Sequence[str], lacking: Sequence[tuple[Text, ...]]) -> Refusal | None:
    """Why a course cannot be published; ``lacking`` holds what each of its planned visits lacks."""
    if ACTIVITY not in kinds and not lacking:
        return None
    if not lacking:
        reason = text("This is a visiting course, and no visit is planned. Plan one with place, date and host.")
        return Refusal("visit-missing", reason)
    wanted = [one for one in (PLACE, TIME, HOST) if any(one in each for each in lacking)]
    if not wanted:
        return None
    reason = text(
        "This is a visiting course, and its visit lacks %(missing)s. Complete the visit first.", missing=listed(wanted)
    )
    return Refusal("visit-incomplete", reason)


def listed(words: Sequence[Text]) -> Text:
    """Several words as one, each still in the reader's language."""
    head, *rest = words
    return text("%(head)s, %(rest)s", head=head, rest=listed(rest)) if rest else head


def next_visit(visits: Iterable[Visit], now: datetime) -> Visit | None:
    """The planned visit that runs now or comes next."""
    coming = [one for one in visits if one.state == PLANNED and one.starts_at and one.ends_at and one.ends_at > now]
    return min(coming, key=lambda one: (one.starts_at, one.id)) if coming else None


def check_visit(told: VisitDetails) -> None:
    """Raise Invalid, with every fault, unless these details can stand together."""
    wrong = dict(_faults(told))
    if wrong:
        raise Invalid(fields=wrong)


def _faults(told: VisitDetails) -> Iterator[tuple[str, tuple[Text, ...]]]:
    if (told.starts_at is None) != (told.ends_at is None):
        name = "ends_at" if told.ends_at is None else "starts_at"
        yield name, (text("Give both the beginning and the end, or neither yet."),)
    elif told.starts_at and told.ends_at and told.starts_at >= told.ends_at:
        yield "ends_at", (text("It ends before it begins. Choose a later end."),)
    if len(told.equipment) > MOST_EQUIPMENT or any(len(line) > LINE_LENGTH for line in told.equipment):
        yield (
            "equipment",
            (text("At most %(most)s lines of %(length)s characters.", most=MOST_EQUIPMENT, length=LINE_LENGTH),),
        )


def check_agreement(told: AgreementDetails) -> None:
    """Raise Invalid unless these details can stand together."""
    if told.ends_on is not None and told.ends_on < told.signed_on:
        raise Invalid(fields={"ends_on": (text("It ends before it was signed. Choose a later day."),)})


def check_version(found: int, expected: int) -> None:
    """Raise VisitChanged unless what is stored is still what was read."""
    if found != expected:
        raise VisitChanged(facts={"version": str(found)})
