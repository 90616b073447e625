"""What a person may expect on the exam's items as they answer now: a share of right answers, with its interval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lms_core.assessment.domain.measurement.intervals import Z
from lms_core.assessment.domain.measurement.posterior import Answer, Item, Posterior

CLOSE: Final = 0.3
"""From this standard error (logits) on, more answers sharpen the estimate little."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The expected share of right answers in percent with its interval of 95 %, from so many ``answers``.

    ``error`` is the standard error of the ability in logits.
    """

    percent: float
    low: float
    high: float
    answers: int
    error: float

    @property
    def is_close(self) -> bool:
        """Whether more answers would sharpen it little."""
        return self.error <= CLOSE


def expected_share(pool: Sequence[Item], answers: Sequence[Answer], shares: Mapping[str, float]) -> Expected:
    """What to expect on ``pool``, each domain by its share of the exam. ``pool`` has an item of some shared domain."""
    found = Posterior.of(answers)
    able, error = found.mean, found.error
    low, percent, high = (_percent(pool, shares, able + off * error) for off in (-Z, 0.0, Z))
    return Expected(percent, low, high, len(answers), error)


def _percent(pool: Sequence[Item], shares: Mapping[str, float], ability: float) -> float:
    """Domains without a calibrated item are left out, and the others stand for them."""
    chances: dict[str, list[float]] = {}
    for item in pool:
        chances.setdefault(item.domain, []).append(item.probability(ability))
    held = {domain: shares.get(domain, 0.0) for domain in chances}
    summed = sum(held[domain] * sum(each) / len(each) for domain, each in chances.items())
    return 100 * summed / sum(held.values())
