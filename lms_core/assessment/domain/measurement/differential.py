"""Differential item functioning: people of equal ability, of two groups, to whom an item is not equally hard.

Mantel and Haenszel (1959) over groups of equal total score; size by the classes of the Educational Testing Service
(Zwick and Ercikan 1989): A negligible, B moderate, C large.
"""

from dataclasses import dataclass
from math import log, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2, norm

from lms_core.assessment.domain.measurement.matrix import Floats, Marks, Responses

Size = Literal["A", "B", "C"]
Mask = NDArray[np.bool_]
DELTA = -2.35
FEWEST = 20


@dataclass(frozen=True, slots=True)
class Differential:
    """How much harder the item is for the focal group: ``delta`` below 0 says harder, on ETS's delta scale."""

    reference: int
    focal: int
    delta: float
    error: float
    probability: float
    size: Size


def differential(responses: Responses, focal: Mask, item: int) -> Differential | None:
    """Compare the ``focal`` persons with the others on ``item``; None with fewer than FEWEST on a side.

    Only those who were given every item are compared, in strata of their total score, the item included.
    """
    complete = (responses.marks >= 0).all(axis=1)
    marks, group = responses.marks[complete], focal[complete]
    sizes = int((~group).sum()), int(group.sum())
    if min(sizes) < FEWEST:
        return None
    tables = _tables(marks[:, item] == 1, group, marks.sum(axis=1), len(responses.items))
    return _compared(tables, *sizes)


def matched(right: Mask, focal: Mask, strata: Marks) -> Differential | None:
    """Compare the ``focal`` persons with the others where forms differ and totals do not compare.

    ``strata`` number groups of about equal ability from 0. None with fewer than FEWEST on a side.
    """
    sizes = int((~focal).sum()), int(focal.sum())
    if min(sizes) < FEWEST:
        return None
    return _compared(_tables(right, focal, strata, int(strata.max(initial=0))), *sizes)


def _tables(right: Mask, group: Mask, totals: Marks, highest: int) -> Floats:
    """For each total: reference right and wrong, focal right and wrong, in rows; strata without both are left out."""
    cells = [(~group) & right, (~group) & ~right, group & right, group & ~right]
    counted = np.array([np.bincount(totals[one], minlength=highest + 1) for one in cells], dtype=np.float64)
    both = (counted[:2].sum(axis=0) > 0) & (counted[2:].sum(axis=0) > 0)
    return counted[:, both]


def _compared(tables: Floats, reference: int, focal: int) -> Differential | None:
    a, b, c, d = tables
    total = tables.sum(axis=0)
    for_reference, for_focal = float((a * d / total).sum()), float((b * c / total).sum())
    if for_reference == 0 or for_focal == 0:
        return None
    delta = DELTA * log(for_reference / for_focal)
    error = abs(DELTA) * sqrt(_log_variance(a, b, c, d, total, for_reference, for_focal))
    return Differential(reference, focal, delta, error, _probability(a, b, c, d, total), _size(delta, error))


def _log_variance(a: Floats, b: Floats, c: Floats, d: Floats, total: Floats, up: float, down: float) -> float:
    """Robins, Breslow and Greenland (1986)."""
    agree, differ = (a + d) / total, (b + c) / total
    first, second = a * d / total, b * c / total
    return float(
        (agree * first).sum() / (2 * up**2)
        + (agree * second + differ * first).sum() / (2 * up * down)
        + (differ * second).sum() / (2 * down**2)
    )


def _probability(a: Floats, b: Floats, c: Floats, d: Floats, total: Floats) -> float:
    kept = total > 1
    a, b, c, d, total = a[kept], b[kept], c[kept], d[kept], total[kept]
    hoped = (a + b) * (a + c) / total
    spread = (a + b) * (c + d) * (a + c) * (b + d) / (total**2 * (total - 1))
    if spread.sum() == 0:
        return 1.0
    return float(chi2.sf(max(0.0, abs((a - hoped).sum()) - 0.5) ** 2 / spread.sum(), 1))


def _size(delta: float, error: float) -> Size:
    if abs(delta) < 1 or abs(delta) / error < norm.isf(0.025):
        return "A"
    large = abs(delta) >= 1.5 and (abs(delta) - 1) / error > norm.isf(0.05)
    return "C" if large else "B"
