"""What was answered, as measurement reads it: one sitting an attempt, a score and what was picked an item."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from lms_core.assessment.domain.practice import PRACTICE

Asked = tuple[UUID, int]
"""An item, and the question within it: 0 for one that stands alone, from 1 in a case."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose answers are meant: those at an exam, those to the items of a bank, or those of a person."""

    kind: Literal["exam", "bank", "person"]
    id: UUID


@dataclass(frozen=True, slots=True)
class Sitting:
    """A graded attempt. ``scores`` are shares from 0 to 1; what waits for a marker is missing.

    ``picked`` holds the author's names of the choices that were picked, for items of choices alone; ``seconds`` the
    time that went by until each answer was saved.
    """

    person_id: UUID
    form_id: UUID
    mode: str
    scores: Mapping[Asked, float]
    picked: Mapping[Asked, tuple[str, ...]]
    campus_id: UUID | None = None
    seconds: Mapping[Asked, float] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """The mean share; forms of different length compare by it."""
        return sum(self.scores.values()) / len(self.scores)


def seconds_between(began: datetime, saved: Iterable[tuple[Asked | None, datetime]]) -> dict[Asked, float]:
    """The time from the answer before (from the beginning for the first) until each item was saved for the last time.

    None stands for an item that is not asked about, whose time is nobody else's. Whoever comes back to a question moves
    its answer to the end: the figure is one of many people, never of one.
    """
    found: dict[Asked, float] = {}
    before = began
    for item, moment in sorted(saved, key=lambda one: one[1]):
        if item is not None:
            found[item] = (moment - before).total_seconds()
        before = moment
    return found


def first_simulations(sittings: Iterable[Sitting]) -> list[Sitting]:
    """Each person's first sitting under the conditions of an exam; ``sittings`` come in the order of time."""
    first: dict[UUID, Sitting] = {}
    for one in sittings:
        if one.mode != PRACTICE and one.scores:
            first.setdefault(one.person_id, one)
    return list(first.values())


def first_answers(sittings: Iterable[Sitting]) -> dict[UUID, dict[Asked, float]]:
    """Each person's first score for each item, in practice or simulation: a second time one may remember."""
    first: dict[UUID, dict[Asked, float]] = {}
    for one in sittings:
        known = first.setdefault(one.person_id, {})
        for item, score in one.scores.items():
            known.setdefault(item, score)
    return first


def items_of(people: Iterable[Mapping[Asked, float]]) -> Sequence[Asked]:
    """Every item that somebody answered, in a stable order."""
    return sorted({item for answered in people for item in answered})
