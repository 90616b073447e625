"""Where a figure of a sample probably lies, in plain Python: intervals of 95 %.

None where there are too few answers for an interval that means anything.
"""

from math import atanh, exp, log, sqrt, tanh
from typing import Final, NamedTuple

Z: Final = 1.959964


class Interval(NamedTuple):
    """Both ends."""

    low: float
    high: float


def of_share(share: float, count: int) -> Interval | None:
    """Of a share among ``count`` answers (Wilson 1927). Credit in parts varies less: the interval is then too wide."""
    if not count:
        return None
    square = Z * Z / count
    middle = (share + square / 2) / (1 + square)
    width = Z * sqrt(share * (1 - share) / count + square / (4 * count)) / (1 + square)
    return Interval(max(0.0, middle - width), min(1.0, middle + width))


def of_correlation(found: float | None, count: int) -> Interval | None:
    """Of a correlation over ``count`` pairs, by Fisher's z (1921)."""
    if found is None or count < 4 or abs(found) >= 1:
        return None
    width = Z / sqrt(count - 3)
    return Interval(tanh(atanh(found) - width), tanh(atanh(found) + width))


def of_alpha(found: float | None, count: int, items: int) -> Interval | None:
    """Of Cronbach's alpha, KR-20 included, over ``count`` people and ``items`` (Bonett 2002)."""
    if found is None or count < 3 or items < 2 or found >= 1:
        return None
    width = Z * sqrt(2 * items / ((items - 1) * (count - 2)))
    unreliable = log(1 - found)
    return Interval(1 - exp(unreliable + width), 1 - exp(unreliable - width))
