"""Progress over attempts: a person's scores on one scale in their order, and what may be concluded from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from lms_core.foundation.text import Titles
from lms_core.hooks.assessment import ScaledScore

MOST_STEPS: Final = 8
Finding = Literal["first", "higher", "lower", "open"]


@dataclass(frozen=True, slots=True)
class Step:
    """A graded attempt on the way. ``titles`` is its exam's, ``number`` counts the attempts at that exam."""

    attempt_id: UUID
    exam_id: UUID
    titles: Titles
    number: int
    submitted_at: datetime
    scaled: ScaledScore

    def share(self, value: float) -> float:
        """How far ``value`` lies along the scale, in percent."""
        scaled = self.scaled
        return 100 * (value - scaled.least) / (scaled.most - scaled.least)


@dataclass(frozen=True, slots=True)
class AttemptProgress:
    """The last attempts up to the one that is reported, the oldest first; ``left_out`` are on other scales."""

    steps: tuple[Step, ...]
    left_out: int = 0

    @property
    def finding(self) -> Finding:
        """What the first and last attempt say: a change only where their intervals lie apart."""
        if len(self.steps) < 2:
            return "first"
        before, now = self.steps[0].scaled, self.steps[-1].scaled
        if now.low > before.high:
            return "higher"
        return "lower" if now.high < before.low else "open"

    @property
    def line(self) -> float | None:
        """The pass line in percent of the scale, where every attempt had the same one."""
        lines = {step.scaled.line for step in self.steps}
        line = next(iter(lines)) if len(lines) == 1 else None
        return None if line is None else self.steps[-1].share(line)

    @property
    def several_exams(self) -> bool:
        """Whether the attempts are at several exams, so that each has to be named."""
        return len({step.exam_id for step in self.steps}) > 1


def progress_up_to(steps: Sequence[Step]) -> AttemptProgress:
    """Of ``steps``, the oldest first, those that can be compared with the last one: on its very scale."""
    alike = [step for step in steps if _scale(step.scaled) == _scale(steps[-1].scaled)]
    return AttemptProgress(tuple(alike[-MOST_STEPS:]), len(steps) - len(alike))


def _scale(scaled: ScaledScore) -> tuple[str, float, float]:
    return scaled.scale, scaled.least, scaled.most
