"""The window of an exam that is open: moving it, and what that means for the attempts that run.

An attempt keeps the window that it began under. A later one gives it time by an entry of its ledger; an earlier one
takes nothing away, and holds for those who begin from now on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from lms_core.assessment.domain.attempts import Attempt
from lms_core.assessment.domain.deadlines import Accommodation, LedgerEntry, largest, ordinary_end, window_gain
from lms_core.foundation.events import Event


@dataclass(frozen=True, slots=True)
class Window:
    """From when and until when attempts run; None: no limit."""

    opens_at: datetime | None
    closes_at: datetime | None


@dataclass(frozen=True, slots=True)
class WindowMoved:
    """How many attempts run, and how many of them end later now."""

    running: int
    extended: int


@dataclass(frozen=True, slots=True)
class ExamWindowMoved(Event):
    """The window of an open exam is another one now."""

    name: ClassVar[str] = "assessment.exam_window_moved"

    exam_id: UUID
    extended: int


def gained(
    attempt: Attempt, entries: Sequence[LedgerEntry], closes_at: datetime | None, granted: Iterable[Accommodation]
) -> tuple[LedgerEntry, ...]:
    """What the ledger of a running attempt gets when the window closes at ``closes_at``: nothing, or more time.

    A share of the ordinary time that was ``granted`` grows with it.
    """
    more = window_gain(attempt.started_at, entries, attempt.window_closes_at, closes_at)
    if not more:
        return ()
    last = max(entry.revision for entry in entries)
    found = [LedgerEntry(last + 1, "window", more)]
    ends = ordinary_end(attempt.started_at, [*entries, *found], attempt.window_closes_at)
    ordinary = int((ends - attempt.started_at).total_seconds())
    had = sum(entry.seconds for entry in entries if entry.kind == "accommodation")
    due = largest(granted, ordinary).seconds_for(ordinary) - had
    return (*found, LedgerEntry(last + 2, "accommodation", due)) if due > 0 else tuple(found)
