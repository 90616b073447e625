"""Marking by people: an answer waits, one person marks it along its rubric, a second one may look again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

from lms_core.foundation.errors import Conflict, Invalid
from lms_core.foundation.events import Event
from lms_core.foundation.text import Text, text
from lms_core.hooks.item_types import Component

MARK_ANSWERS: Final = "assessment.mark_answers"
WAITS: Final = "waits"
MARKED: Final = "marked"
CONFIRMED: Final = "confirmed"
STATES: Final = (WAITS, MARKED, CONFIRMED)
LONGEST_NOTE: Final = 4_000


class SecondLookNeeded(Conflict):
    """Whoever marked an answer cannot be the second person who looks at it."""

    code = "second-look"
    default = text("You marked this answer. A second look is somebody else's.")


class MarkedMeanwhile(Conflict):
    """Somebody else marked it since it was opened."""

    code = "marked-meanwhile"


@dataclass(frozen=True, slots=True)
class Marking:
    """An answer that waits or waited for a person."""

    attempt_id: UUID
    slot: int
    exam_id: UUID
    version_id: UUID
    part: int
    state: str
    waits_since: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """Points by criterion with a note to the candidate. ``number`` counts from 1; the newest mark counts."""

    number: int
    points: Mapping[str, float]
    note: str
    marked_by: UUID | None
    marked_at: datetime


@dataclass(frozen=True, slots=True)
class MarkAnswer:
    """Give points by criterion. ``seen`` is the number of the mark that was read before: 0 where there was none."""

    attempt_id: UUID
    slot: int
    points: Mapping[str, float]
    note: str
    seen: int


@dataclass(frozen=True, slots=True)
class AnswerMarked(Event):
    """A person marked an answer, or looked at its mark a second time."""

    name: ClassVar[str] = "assessment.answer_marked"

    attempt_id: UUID
    slot: int
    number: int


def require_within(rubric: Mapping[str, float], points: Mapping[str, float]) -> None:
    """Raise Invalid unless every criterion has points, from none to what it is worth."""
    wrong: dict[str, tuple[Text, ...]] = {}
    for criterion, most in rubric.items():
        given = points.get(criterion)
        if given is None or not 0 <= given <= most:
            wrong[criterion] = (text("Give between 0 and %(most)s points.", most=most),)
    if wrong or points.keys() - rubric.keys():
        raise Invalid(fields=wrong)


def state_after(before: Mark | None, by: UUID | None) -> str:
    """What becomes of an answer that ``by`` marks. Raises SecondLookNeeded."""
    if before is None:
        return MARKED
    if before.marked_by == by:
        raise SecondLookNeeded
    return CONFIRMED


def components_of(rubric: Mapping[str, float], mark: Mark) -> tuple[Component, ...]:
    """A mark as what each criterion earned."""
    return tuple(Component(name, mark.points.get(name, 0.0), float(most)) for name, most in rubric.items())
