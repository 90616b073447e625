"""One deadline: a pure function of the start, the exam's window and an append-only ledger of granted time.

Nothing a client says moves it. The attempt row holds a copy of what the ledger says, with the ledger's revision.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any, ClassVar, Literal
from uuid import UUID

from lms_core.foundation.errors import Invalid, Refusal
from lms_core.foundation.events import Event
from lms_core.foundation.policy import Policy, RuleVersion
from lms_core.foundation.text import text

EntryKind = Literal["limit", "window", "accommodation", "incident"]
LONGEST_EXTENSION = 24 * 60 * 60


def _late(grace: timedelta, facts: Mapping[str, Any]) -> tuple[Refusal, ...]:
    late: timedelta = facts["late"]
    return (Refusal("deadline-passed", text("Time was up before this answer arrived.")),) if late > grace else ()


GRACE = Policy(
    "assessment.grace",
    (RuleVersion("2026-01", date(2020, 1, 1), timedelta(seconds=30), "our own: a save may be under way"),),
    _late,
)
"""How long after the deadline a save is still taken, by the day on which the attempt began."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """Time granted to one attempt. ``revision`` counts from 1; ``seconds`` is never negative."""

    revision: int
    kind: EntryKind
    seconds: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """When the clock runs out, until when saves are taken, and which state of the ledger says so."""

    deadline_at: datetime
    closes_at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class Accommodation:
    """More time for one person: a share of the ordinary time in percent, minutes, or both. Says nothing of why."""

    percent: int = 0
    minutes: int = 0

    def seconds_for(self, ordinary: int) -> int:
        """What it adds to ``ordinary`` seconds, rounded up."""
        return -(-ordinary * self.percent // 100) + self.minutes * 60


NO_ACCOMMODATION = Accommodation()


@dataclass(frozen=True, slots=True)
class Granted:
    """An accommodation that holds: for whom, in one exam or (``exam_id`` None) in all, and who granted it when."""

    id: UUID
    person_id: UUID
    exam_id: UUID | None
    more: Accommodation
    granted_by: UUID | None
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class AccommodationGranted(Event):
    """A person gets more time in exams from now on. How much is told by no log."""

    name: ClassVar[str] = "assessment.accommodation_granted"

    accommodation_id: UUID


@dataclass(frozen=True, slots=True)
class AccommodationRevoked(Event):
    """An accommodation holds for no later attempt."""

    name: ClassVar[str] = "assessment.accommodation_revoked"

    accommodation_id: UUID


def deadline_of(started_at: datetime, entries: Iterable[LedgerEntry], window_closes_at: datetime | None) -> Deadline:
    """What the ledger says; ``window_closes_at`` is that of the window under which the attempt began.

    The exam's window caps the ordinary limit alone: time that was granted to a person, or for an incident, comes
    on top of it, since a window that swallows it would take back what was promised.
    """
    written = list(entries)
    ordinary = ordinary_end(started_at, written, window_closes_at)
    deadline_at = ordinary + _sum(written, "accommodation") + _sum(written, "incident")
    revision = max((entry.revision for entry in written), default=0)
    return Deadline(deadline_at, deadline_at + grace_at(started_at), revision)


def ordinary_end(started_at: datetime, entries: Iterable[LedgerEntry], window_closes_at: datetime | None) -> datetime:
    """When the ordinary time ends, without what was granted: the limit within the window, and later windows."""
    written = list(entries)
    ends = started_at + _sum(written, "limit")
    if window_closes_at is not None:
        ends = max(started_at, min(ends, window_closes_at))
    return ends + _sum(written, "window")


def window_gain(
    started_at: datetime, entries: Iterable[LedgerEntry], began_under: datetime | None, closes_at: datetime | None
) -> int:
    """How many seconds more a window that closes at ``closes_at`` gives; 0 where it gives none.

    ``began_under`` is when the window closed under which the attempt began. Rounded up to whole seconds.
    """
    written = list(entries)
    limit = started_at + _sum(written, "limit")
    wanted = limit if closes_at is None else min(limit, closes_at)
    more = wanted - ordinary_end(started_at, written, began_under)
    return max(0, ceil(more.total_seconds()))


def opening_entries(
    started_at: datetime, limit: int, accommodation: Accommodation, window_closes_at: datetime | None
) -> tuple[LedgerEntry, ...]:
    """The first entries of a ledger: the limit in seconds, and what the person is granted beyond it."""
    base = LedgerEntry(1, "limit", limit)
    ordinary = deadline_of(started_at, (base,), window_closes_at).deadline_at - started_at
    more = accommodation.seconds_for(int(ordinary.total_seconds()))
    return (base, LedgerEntry(2, "accommodation", more)) if more else (base,)


def extension(entries: Iterable[LedgerEntry], kind: EntryKind, seconds: int) -> LedgerEntry:
    """The next entry, granting ``seconds`` more. Raises Invalid for time that is none, or taken away."""
    if not 0 < seconds <= LONGEST_EXTENSION:
        raise Invalid(fields={"seconds": (text("An extension lasts between 1 second and 24 hours."),)})
    return LedgerEntry(max((entry.revision for entry in entries), default=0) + 1, kind, seconds)


def largest(granted: Iterable[Accommodation], ordinary: int) -> Accommodation:
    """Of several, the one that gives most."""
    return max(granted, key=lambda one: one.seconds_for(ordinary), default=NO_ACCOMMODATION)


def grace_at(moment: datetime) -> timedelta:
    """The grace for an attempt that began at ``moment``."""
    return GRACE.version_at(moment).parameters


def _sum(entries: Iterable[LedgerEntry], kind: EntryKind) -> timedelta:
    return timedelta(seconds=sum(entry.seconds for entry in entries if entry.kind == kind))
