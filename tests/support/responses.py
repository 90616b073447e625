"""Answers to measure with: a public data set, and simulated people."""

from itertools import product

import numpy as np

from lms_core.assessment.domain.measurement.curves import Curves
from lms_core.assessment.domain.measurement.matrix import Floats, Responses

# Law School Admission Test, section 6: how many of 1,000 persons gave each pattern, 00000 first
# (Bock and Lieberman 1970).
LSAT6_COUNTS = (
    *(3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15),
    *(10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298),
)


def lsat6() -> Responses:
    """The 1,000 persons and 5 items."""
    patterns = np.array(list(product((0, 1), repeat=5)), dtype=np.int8)
    return Responses(tuple("12345"), np.repeat(patterns, LSAT6_COUNTS, axis=0))


def drawn_curves(items: int, seed: int) -> Curves:
    """Parameters as they are found in practice: discriminations around 1, difficulties around 0."""
    chance = np.random.default_rng(seed)
    return Curves.of(chance.lognormal(0.0, 0.3, items), chance.normal(0.0, 1.0, items))


def answered(curves: Curves, abilities: Floats, seed: int) -> Responses:
    """What people of these ``abilities`` answer to items with these ``curves``."""
    chance = np.random.default_rng(seed)
    right = chance.random((len(abilities), len(curves.slopes))) < curves.probabilities(abilities).T
    return Responses(tuple(f"item{at}" for at in range(len(curves.slopes))), right.astype(np.int8))
