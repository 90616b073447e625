"""Practising: which attempts at credentials' exams, on how many days, how the results go, and who has yet to begin."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any
from uuid import UUID

# Four weeks show a habit; a fortnight is as long as anybody counts as new, or a changed result as news.
RECENT = timedelta(days=28)
FRESH = timedelta(days=14)
# As many results as one looks at to see where they go.
TREND = 4


@dataclass(eq=False)
class Practice:
    """An attempt at an exam of a credential. ``regraded_at`` is when its score last became another one.

    ``percent`` is the share of points it earned, 0 to 100; None until it has a score. ``retake`` is the decision that
    let a simulation begin, as ``retakes.told`` writes it.
    """

    attempt_id: UUID
    person_id: UUID
    exam_id: UUID
    certification: str
    started_at: datetime
    submitted_at: datetime | None = None
    regraded_at: datetime | None = None
    percent: float | None = None
    retake: dict[str, Any] | None = None


@dataclass(eq=False)
class Newcomer:
    """Somebody who joined and has not begun any attempt."""

    person_id: UUID
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody practised of late: on how many days, attempts begun and handed in, and for which credentials.

    ``trend`` are the last results in percent of the points, the oldest first.
    """

    days: int
    begun: int
    finished: int
    certifications: tuple[str, ...]
    trend: tuple[int, ...] = ()


def habit_of(practised: Collection[Practice], zone: tzinfo) -> Habit:
    """What ``practised`` come to; days are those of ``zone``."""
    return Habit(
        days=len({one.started_at.astimezone(zone).date() for one in practised}),
        begun=len(practised),
        finished=sum(one.submitted_at is not None for one in practised),
        certifications=tuple(sorted({one.certification for one in practised})),
        trend=_trend(practised),
    )


def _trend(practised: Collection[Practice]) -> tuple[int, ...]:
    scored = [(one.started_at, round(one.percent)) for one in practised if one.percent is not None]
    return tuple(percent for _, percent in sorted(scored)[-TREND:])
