"""Sharing a number of items among domains by their published weights."""

from collections.abc import Sequence
from fractions import Fraction


def counts_by_weight(ranges: Sequence[tuple[float, float]], total: int) -> tuple[int, ...]:
    """Share ``total`` items among domains by the midpoints of their published ranges.

    Midpoints are scaled to the whole, and the largest remainders get what is left (earlier domains first among
    equals): the counts sum to ``total`` and each lies within one of its exact share.
    Raises ValueError when there is no weight to share by.
    """
    middles = [(Fraction(str(least)) + Fraction(str(most))) / 2 for least, most in ranges]
    whole = sum(middles)
    if whole <= 0 or any(middle < 0 for middle in middles) or total < 0:
        raise ValueError("weights are positive and a total is not negative")
    shares = [middle * total / whole for middle in middles]
    counts = [int(share) for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda place: counts[place] - shares[place])
    for place in by_remainder[: total - sum(counts)]:
        counts[place] += 1
    return tuple(counts)
