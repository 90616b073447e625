"""Adaptive practice: the next item tells most, within the shares of the domains and without wearing items out.

Maximum information at the expected ability (Lord 1980), chosen at random among the best few (Kingsbury and Zara 1989,
randomesque), from the domain that is farthest behind its share; items over their exposure cap rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from lms_core.assessment.domain.measurement.posterior import Answer, Item, Posterior

BEST = 5


@dataclass(frozen=True, slots=True)
class Practice:
    """What adaptive practice aims at.

    ``shares`` are the domains' parts of a form (empty for one domain); ``cap`` is the largest part of all sessions in
    which an item may stand; practice ends at ``longest`` items, or when the standard error is at or under ``error``.
    """

    shares: Mapping[str, float]
    longest: int = 30
    error: float = 0.3
    cap: float = 0.25
    best: int = BEST


@dataclass(frozen=True, slots=True)
class Exposure:
    """In how many of all ``sessions`` each item stood."""

    sessions: int
    counts: Mapping[str, int]

    def rate(self, item: Item) -> float:
        """The part of all sessions in which the item stood."""
        return self.counts.get(item.name, 0) / self.sessions if self.sessions else 0.0


def is_over(answers: Sequence[Answer], practice: Practice) -> bool:
    """Whether enough was asked."""
    return len(answers) >= practice.longest or Posterior.of(answers).error <= practice.error


def next_item(
    pool: Sequence[Item], answers: Sequence[Answer], practice: Practice, exposure: Exposure, chance: Random
) -> Item | None:
    """The item to ask next, or None when the pool is used up. The cap yields when nothing else is left."""
    return _told_most(pool, [one.item for one in answers], Posterior.of(answers).mean, practice, exposure, chance)


def next_step(
    pool: Sequence[Item], answers: Sequence[Answer], practice: Practice, exposure: Exposure, chance: Random
) -> list[Item]:
    """The items of a step that is answered as a whole, ``practice.longest`` of them or as many as there are.

    What was answered before is not asked again and says how able the person is; the shares hold within the step.
    """
    known, able = {one.item.name for one in answers}, Posterior.of(answers).mean
    fresh, chosen = [item for item in pool if item.name not in known], list[Item]()
    while len(chosen) < practice.longest:
        item = _told_most(fresh, chosen, able, practice, exposure, chance)
        if item is None:
            break
        chosen.append(item)
    return chosen


def _told_most(
    pool: Sequence[Item], asked: Sequence[Item], able: float, practice: Practice, exposure: Exposure, chance: Random
) -> Item | None:
    names = {one.name for one in asked}
    fresh = [item for item in pool if item.name not in names]
    rested = [item for item in fresh if exposure.rate(item) < practice.cap] or fresh
    if not rested:
        return None
    domain = _behind(rested, asked, practice.shares)
    ranked = sorted((item for item in rested if item.domain == domain), key=lambda item: -item.information(able))
    return chance.choice(ranked[: practice.best])


def _behind(fresh: Sequence[Item], before: Sequence[Item], shares: Mapping[str, float]) -> str:
    """The domain, among those with fresh items, whose part of what was asked is farthest under its share."""
    asked = [one.domain for one in before]
    whole = len(asked) + 1

    def missing(domain: str) -> float:
        return shares.get(domain, 0.0) - asked.count(domain) / whole

    return max(sorted({item.domain for item in fresh}), key=missing)
