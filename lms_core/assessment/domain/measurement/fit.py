"""How well the model describes each item.

S-X2 (Orlando and Thissen 2000); infit and outfit (Wright and Masters 1982).
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from lms_core.assessment.domain.measurement.abilities import expected
from lms_core.assessment.domain.measurement.curves import Curves
from lms_core.assessment.domain.measurement.matrix import Floats, Responses
from lms_core.assessment.domain.measurement.population import LOG_WEIGHTS, NODES

FEWEST_EXPECTED = 1.0


@dataclass(frozen=True, slots=True)
class ItemFit:
    """Mean squares near 1 fit; a small ``probability`` says that right answers by total score do not follow the curve.

    ``s_x2`` rests on those who were given every item; None where they are too few to fill two groups.
    """

    infit: float
    outfit: float
    s_x2: float | None
    freedom: int
    probability: float | None


def fits(responses: Responses, curves: Curves, parameters: int) -> tuple[ItemFit, ...]:
    """The fit of every item of calibrated ``responses``; ``parameters`` were estimated for each."""
    infit, outfit = _mean_squares(responses, curves)
    groups = [_by_total(responses.complete(), curves, item) for item in range(len(responses.items))]
    tested = [_tested(*one, parameters) for one in groups]
    return tuple(ItemFit(float(infit[at]), float(outfit[at]), *one) for at, one in enumerate(tested))


def total_scores(chances: Floats) -> Floats:
    """The probability of each total at each node: totals in rows (Lord and Wingersky 1984)."""
    totals = np.zeros((len(chances) + 1, chances.shape[1]))
    totals[0] = 1.0
    for at, right in enumerate(chances, 1):
        totals[1 : at + 1] = totals[1 : at + 1] * (1 - right) + totals[:at] * right
        totals[0] *= 1 - right
    return totals


def _mean_squares(responses: Responses, curves: Curves) -> tuple[Floats, Floats]:
    chances = curves.probabilities(expected(responses.marks, curves).estimates).T
    given = responses.marks >= 0
    spread = chances * (1 - chances)
    squares = np.where(given, (responses.marks - chances) ** 2, 0.0)
    infit = squares.sum(axis=0) / np.where(given, spread, 0.0).sum(axis=0)
    return infit, (squares / spread).sum(axis=0) / given.sum(axis=0)


def _by_total(complete: Responses, curves: Curves, item: int) -> tuple[Floats, Floats, Floats]:
    """For totals 1 to one less than all: how many persons, their share of right answers, and the share expected."""
    chances = curves.probabilities(NODES)
    weights = np.exp(LOG_WEIGHTS)
    others = total_scores(np.delete(chances, item, axis=0))
    wanted = (others[:-1] * chances[item]) @ weights / (total_scores(chances)[1:-1] @ weights)
    totals = complete.marks.sum(axis=1)
    counts = np.bincount(totals, minlength=len(chances) + 1)[1:-1]
    right = np.bincount(totals, weights=complete.marks[:, item], minlength=len(chances) + 1)[1:-1]
    return counts.astype(np.float64), right.astype(np.float64), wanted


def _tested(counts: Floats, right: Floats, wanted: Floats, parameters: int) -> tuple[float | None, int, float | None]:
    groups = _joined(counts, right, wanted)
    freedom = len(groups) - parameters
    if freedom <= 0:
        return None, 0, None
    statistic = sum((hits - hoped) ** 2 * persons / (hoped * (persons - hoped)) for persons, hits, hoped in groups)
    return statistic, freedom, float(chi2.sf(statistic, freedom))


def _joined(counts: Floats, right: Floats, wanted: Floats) -> list[tuple[float, float, float]]:
    """Persons, right answers and expected right answers; neighbours are joined until enough of each are expected."""
    groups: list[tuple[float, float, float]] = []
    persons = hits = hoped = 0.0
    for count, hit, share in zip(counts.tolist(), right.tolist(), wanted.tolist(), strict=True):
        persons, hits, hoped = persons + count, hits + hit, hoped + count * share
        if min(hoped, persons - hoped) >= FEWEST_EXPECTED:
            groups.append((persons, hits, hoped))
            persons = hits = hoped = 0.0
    if groups and persons:
        last = groups.pop()
        groups.append((last[0] + persons, last[1] + hits, last[2] + hoped))
    return groups
