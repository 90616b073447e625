"""How likely a person is to pass a form of the exam, from answers to calibrated items.

Each domain has an ability of its own: the person's general ability and a deviation of SPECIFIC logits (a bifactor
structure with known spread; Gibbons and Hedeker 1992). The score on a form is the sum of its items' chances, by the
recursion of Lord and Wingersky (1984); its distribution is averaged over what is believed of the person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from scipy.special import logsumexp

from lms_core.assessment.domain.measurement.fit import total_scores
from lms_core.assessment.domain.measurement.matrix import Floats
from lms_core.assessment.domain.measurement.population import LOG_WEIGHTS, NODES
from lms_core.assessment.domain.measurement.posterior import Answer, Item, Posterior

SPECIFIC = 0.4
FEWEST_ANSWERS = 20
FEWEST_IN_DOMAIN = 5
INTERVAL = (0.05, 0.95)

_GAPS = NODES[:, None] - NODES[None, :]
_NEAR = -0.5 * (_GAPS / SPECIFIC) ** 2
# SHIFT[general, specific]: log-probability of an ability in a domain, given the general one.
SHIFT: Floats = _NEAR - logsumexp(_NEAR, axis=1)[:, None]


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability of passing with the interval of 90 % in which it lies as far as the ability is known.

    ``answers`` is the number of answers it rests on.
    """

    probability: float
    low: float
    high: float
    answers: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """The chance of passing as a whole and by domain; None where the answers are too few to say."""

    whole: Chance | None
    domains: Mapping[str, Chance | None]
    answers: int
    ability: float
    error: float


def readiness(answers: Sequence[Answer], form: Sequence[Item], cut: float) -> Readiness:
    """The chance to score at least the share ``cut`` (0 to 1) on ``form``, and on its part of each domain."""
    domains = sorted({item.domain for item in form})
    by_domain = {name: [one for one in answers if one.item.domain == name] for name in domains}
    believed = {name: _evidence(some) for name, some in by_domain.items()}
    general = Posterior(LOG_WEIGHTS + sum((_marginal(logs) for logs in believed.values()), np.zeros(len(NODES))))
    counted = sum(len(some) for some in by_domain.values())
    parts = {name: [item for item in form if item.domain == name] for name in domains}
    totals = {name: _totals(believed[name], parts[name]) for name in domains}
    whole = _chance(_joined(list(totals.values())), cut, general, counted) if counted >= FEWEST_ANSWERS else None
    each = {
        name: _chance(totals[name], cut, general, len(by_domain[name]))
        if len(by_domain[name]) >= FEWEST_IN_DOMAIN
        else None
        for name in domains
    }
    return Readiness(whole, each, counted, general.mean, general.error)


def _evidence(answers: Sequence[Answer]) -> Floats:
    """The log-likelihood of a domain's answers at each node of the domain's ability."""
    return Posterior.of(answers, np.zeros(len(NODES))).logs


def _marginal(evidence: Floats) -> Floats:
    """The same at each node of the general ability."""
    return np.asarray(logsumexp(SHIFT + evidence[None, :], axis=1))


def _totals(evidence: Floats, items: Sequence[Item]) -> Floats:
    """The distribution of the number of right answers among ``items`` at each node of the general ability."""
    chances = np.exp(np.array([item.log_chances() for item in items]))
    specific = SHIFT + evidence[None, :]
    weights = np.exp(specific - logsumexp(specific, axis=1)[:, None])
    return np.asarray(total_scores(chances) @ weights.T)


def _joined(parts: Sequence[Floats]) -> Floats:
    """The distribution of the sum of several numbers of right answers, node by node."""
    whole = parts[0]
    for part in parts[1:]:
        joined = np.zeros((len(whole) + len(part) - 1, whole.shape[1]))
        for at, row in enumerate(part):
            joined[at : at + len(whole)] += whole * row
        whole = joined
    return whole


def _chance(totals: Floats, cut: float, general: Posterior, answers: int) -> Chance:
    needed = ceil(cut * (len(totals) - 1) - 1e-9)
    passing = totals[needed:].sum(axis=0)
    weights = general.weights
    probability = float(passing @ weights)
    low, high = _quantiles(passing, weights)
    return Chance(probability, min(low, probability), max(high, probability), answers)


def _quantiles(values: Floats, weights: Floats) -> tuple[float, float]:
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    at = np.searchsorted(reached, INTERVAL).clip(max=len(values) - 1)
    return float(values[order[at[0]]]), float(values[order[at[1]]])
