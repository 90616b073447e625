"""How likely somebody is to pass, as it is told: by domain and as a whole, or how many answers are missing.

The estimate is ours (decision 0017): on our questions and our line. What computes it stands in assessment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol, TypeVar

NEXT: Final = 5
"""So many objectives are named to study next."""
EVEN: Final = 0.5
Verdict = Literal["ready", "open", "behind"]


class _Hard(Protocol):
    @property
    def difficulty(self) -> float: ...


Item = TypeVar("Item", bound=_Hard)


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability (0 to 1) with its interval of 90 %, from ``answers``; None where ``missing`` more are needed."""

    domain: str
    answers: int
    missing: int
    probability: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def verdict(self) -> Verdict | None:
        """What the whole interval says: one that holds both ends of the matter says nothing yet."""
        if self.low is None or self.high is None:
            return None
        return "ready" if self.low >= EVEN else "behind" if self.high < EVEN else "open"


@dataclass(frozen=True, slots=True)
class Studied:
    """An objective: how many of one's first answers to it were right."""

    objective: str
    right: int
    answers: int

    @property
    def strength(self) -> float:
        """The share right, drawn towards one half where answers are few (Laplace's rule)."""
        return (self.right + 1) / (self.answers + 2)


@dataclass(frozen=True, slots=True)
class Preparedness:
    """What one's answers say about the next exam. ``line`` is the share of points that passes here, 0 to 1."""

    whole: Chance
    domains: tuple[Chance, ...]
    study: tuple[Studied, ...]
    line: float


def spread(items: Sequence[Item], count: int) -> list[Item]:
    """So many of ``items`` from the easiest to the hardest in even steps; some twice where there are too few."""
    ordered = sorted(items, key=lambda one: one.difficulty)
    return [ordered[(2 * at + 1) * len(ordered) // (2 * count)] for at in range(count)] if ordered else []


def weakest(studied: Sequence[Studied]) -> tuple[Studied, ...]:
    """The objectives to study next: where most is missing, those with something missing alone."""
    open_ones = [one for one in studied if one.objective and one.right < one.answers]
    return tuple(sorted(open_ones, key=lambda one: (one.strength, one.objective))[:NEXT])
