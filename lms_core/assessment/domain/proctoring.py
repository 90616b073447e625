"""Watching an exam while it runs: who is there, what is saved, what a device told. Facts with times, no verdicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final, Literal
from uuid import UUID

from lms_core.assessment.domain.attempts import Attempt
from lms_core.foundation.events import Event

PROCTOR: Final = "assessment.proctor"

# A room asks for its clock every four seconds; a sign of life is written every ten, and three may be missed.
SIGNS_EVERY: Final = timedelta(seconds=10)
CONNECTED_WITHIN: Final = timedelta(seconds=40)
RECENTLY: Final = timedelta(hours=6)

KINDS: Final = ("focus-lost", "focus-regained", "offline", "reconnected", "opened", "taken-over", "session-ended")
# What a room may tell; the rest is noted where it happens, on the server.
TOLD: Final = ("focus-lost", "focus-regained", "offline", "reconnected", "opened")
MOST_AT_ONCE: Final = 50
MOST_KEPT: Final = 500
State = Literal["connected", "interrupted", "handed-in"]
Shown = Literal["now", "running", "interrupted", "handed-in"]
SHOWN: Final = ("now", "running", "interrupted", "handed-in")


@dataclass(frozen=True, slots=True)
class AttemptEvent:
    """Something that a device told or the server noted. ``seconds``: how long it had lasted, where that is known."""

    id: UUID
    attempt_id: UUID
    kind: str
    at: datetime
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event on its way in. ``ago``: seconds since it happened by the device's running clock.

    The device's time of day is not asked: it may be wrong. ``id`` is of its making, so that telling twice does no harm.
    """

    id: UUID
    kind: str
    ago: float
    seconds: int | None = None


def placed(told: Sequence[ToldEvent], attempt: Attempt, now: datetime) -> tuple[AttemptEvent, ...]:
    """What was told, as it is kept: nothing lies before the attempt began, or lasted longer than it."""
    most = int((now - attempt.started_at).total_seconds())
    return tuple(
        AttemptEvent(
            one.id,
            attempt.id,
            one.kind,
            max(attempt.started_at, now - timedelta(seconds=min(one.ago, most))),
            None if one.seconds is None else min(one.seconds, most),
        )
        for one in told
    )


@dataclass(frozen=True, slots=True)
class Watched:
    """One attempt as whoever watches sees it.

    ``seen_at``: the last sign of life; ``saved_at``: the last receipt; ``answered`` of ``attempt.slots`` questions.
    ``given``: seconds of incidents and accommodations. ``away`` and ``offline`` count what the device told.
    """

    attempt: Attempt
    seen_at: datetime | None = None
    saved_at: datetime | None = None
    answered: int = 0
    given: int = 0
    away: int = 0
    offline: int = 0

    def state(self, now: datetime) -> State:
        """Connected, interrupted (nothing was heard for a while) or handed in."""
        if not self.attempt.is_open:
            return "handed-in"
        heard = max(one for one in (self.seen_at, self.saved_at, self.attempt.started_at) if one is not None)
        return "connected" if now - heard <= CONNECTED_WITHIN else "interrupted"

    def is_late(self, now: datetime) -> bool:
        """Whether time is up and answers under way are still taken."""
        return self.attempt.is_open and now > self.attempt.deadline.deadline_at


@dataclass(frozen=True, slots=True)
class Overview:
    """How many attempts run, of how many nothing was heard for a while, and how many were handed in lately."""

    running: int
    interrupted: int
    handed_in: int


@dataclass(frozen=True, slots=True)
class SessionEnded(Event):
    """Whoever watches ended the session of a device: the person has to take the attempt over to go on."""

    name: ClassVar[str] = "assessment.session_ended"

    attempt_id: UUID
    generation: int
