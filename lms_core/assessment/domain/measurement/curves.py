"""Item response curves: how likely a person of some ability answers an item right.

Two-parameter logistic model (Birnbaum, in Lord and Novick 1968): P = 1 / (1 + exp(-a (theta - b))). The Rasch model is
the same with a = 1. No scaling constant of 1.7 is used.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from lms_core.assessment.domain.measurement.matrix import Floats


@dataclass(frozen=True, slots=True)
class Curves:
    """The parameters of several items: ``slopes`` a and ``intercepts`` d = -a b."""

    slopes: Floats
    intercepts: Floats

    @classmethod
    def of(cls, discriminations: Floats, difficulties: Floats) -> "Curves":
        """From discriminations and difficulties, as they are reported."""
        slopes = np.asarray(discriminations, dtype=np.float64)
        return cls(slopes, -slopes * np.asarray(difficulties, dtype=np.float64))

    @property
    def difficulties(self) -> Floats:
        """The abilities at which half of the answers are right."""
        return -self.intercepts / self.slopes

    def logits(self, abilities: Floats) -> Floats:
        """The log-odds of a right answer: items in rows, abilities in columns."""
        return self.slopes[:, None] * abilities[None, :] + self.intercepts[:, None]

    def probabilities(self, abilities: Floats) -> Floats:
        """The probability of a right answer: items in rows, abilities in columns."""
        return np.asarray(expit(self.logits(abilities)))

    def information(self, abilities: Floats) -> Floats:
        """What each item tells about each ability, in squared inverse logits: a^2 P (1 - P)."""
        right = self.probabilities(abilities)
        return np.asarray(self.slopes[:, None] ** 2 * right * (1 - right))

    def only(self, columns: Floats | list[int]) -> "Curves":
        """Some of the items."""
        return Curves(self.slopes[columns], self.intercepts[columns])
