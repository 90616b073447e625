"""Who takes part in a partner's courses, and the figures that the partner is told: never a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

LEARNING: Final = "learning"
LEFT: Final = "left"


@dataclass(eq=False)
class Participation:
    """A person in a course that follows a programme, as it stood when it was last heard of.

    ``person_id`` is None once the person's account was erased: the figures stay.
    """

    id: UUID
    course_id: UUID
    person_id: UUID | None
    state: str
    changed_at: datetime
    completed_at: datetime | None = None

    def stands(self, state: str, now: datetime) -> None:
        """Take note of a place got or given up."""
        if state != self.state:
            self.state, self.changed_at = state, now

    def complete(self, now: datetime) -> None:
        """Take note of the completion, once."""
        self.completed_at = self.completed_at or now


@dataclass(frozen=True, slots=True)
class Figures:
    """The people of one course: learning now, completed, and left without completing."""

    learning: int = 0
    completed: int = 0
    left: int = 0


def figures(counted: Mapping[tuple[str, bool], int]) -> Figures:
    """Figures from numbers of people by state and by whether they completed."""
    completed = sum(people for (_, complete), people in counted.items() if complete)
    return Figures(counted.get((LEARNING, False), 0), completed, counted.get((LEFT, False), 0))
