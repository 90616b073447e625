"""Classical test theory in plain Python: facility, discrimination, reliability.

``marks`` are rows of persons with a score from 0 to 1 an item and no gaps. Sources: Crocker and Algina (1986), chapters
7 and 14; the discrimination index with upper and lower 27 % is Kelley's (1939).
"""

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, pvariance, variance

Rows = Sequence[Sequence[float]]
TAIL = 0.27


def facility(scores: Sequence[float]) -> float | None:
    """The mean score; None without any."""
    return fmean(scores) if scores else None


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Pearson's r; None where one of the two does not vary."""
    if len(first) < 2:
        return None
    mean_first, mean_second = fmean(first), fmean(second)
    both = sum((x - mean_first) * (y - mean_second) for x, y in zip(first, second, strict=True))
    spread = sqrt(sum((x - mean_first) ** 2 for x in first) * sum((y - mean_second) ** 2 for y in second))
    return both / spread if spread > 1e-12 else None


def item_total(marks: Rows, item: int) -> float | None:
    """Point-biserial correlation of an item with the total score."""
    return correlation([row[item] for row in marks], [sum(row) for row in marks])


def item_rest(marks: Rows, item: int) -> float | None:
    """The correlation corrected for the item's own part: with the total of the others."""
    return correlation([row[item] for row in marks], [sum(row) - row[item] for row in marks])


def discrimination_index(marks: Rows, item: int) -> float | None:
    """How much better the upper 27 % answer than the lower 27 %; None for too few to have both."""
    size = round(len(marks) * TAIL)
    if size < 1:
        return None
    ordered = sorted(marks, key=sum)
    lower, upper = ordered[:size], ordered[-size:]
    return fmean(row[item] for row in upper) - fmean(row[item] for row in lower)


def alpha(marks: Rows) -> float | None:
    """Cronbach's alpha; with items scored 0 or 1 it is KR-20. None where totals do not vary."""
    if len(marks) < 2 or len(marks[0]) < 2:
        return None
    items = len(marks[0])
    whole = pvariance([sum(row) for row in marks])
    parts = sum(pvariance([row[item] for row in marks]) for item in range(items))
    return items / (items - 1) * (1 - parts / whole) if whole > 1e-12 else None


def measurement_error(marks: Rows) -> float | None:
    """The standard error of measurement of the total: its deviation times the root of one less alpha."""
    reliability = alpha(marks)
    if reliability is None:
        return None
    return sqrt(variance([sum(row) for row in marks]) * max(0.0, 1 - reliability))
