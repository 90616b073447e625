"""Marginal maximum likelihood: expectation and maximisation, accelerated (SQUAREM, Varadhan and Roland 2008)."""

from dataclasses import dataclass

import numpy as np

from lms_core.assessment.domain.measurement.curves import Curves
from lms_core.assessment.domain.measurement.expectation import Expected, Patterns, expect, maximise
from lms_core.assessment.domain.measurement.matrix import Floats

TOLERANCE = 1e-6
CYCLES = 400


@dataclass(frozen=True, slots=True)
class Estimate:
    """Curves that make the answers likeliest, and how the search ended.

    ``change`` is the largest change of a parameter in the last step.
    """

    curves: Curves
    log_likelihood: float
    iterations: int
    change: float
    converged: bool


@dataclass(eq=False)
class Search:
    """One search: counts what it costs."""

    patterns: Patterns
    slopes_free: bool
    iterations: int = 0

    def run(self, start: Curves) -> Estimate:
        """Climb from ``start`` until no parameter moves by TOLERANCE, or CYCLES are used up."""
        curves, change = start, np.inf
        while change > TOLERANCE and self.iterations < CYCLES:
            once, _ = self._step(curves)
            twice, at_once = self._step(once)
            change = float(np.abs(_packed(twice) - _packed(once)).max())
            curves = self._leap(curves, once, twice, at_once.log_likelihood) if change > TOLERANCE else twice
        log_likelihood = expect(self.patterns, curves).log_likelihood
        return Estimate(curves, log_likelihood, self.iterations, change, change <= TOLERANCE)

    def _step(self, curves: Curves) -> tuple[Curves, Expected]:
        self.iterations += 1
        expected = expect(self.patterns, curves)
        return maximise(expected, curves, slopes_free=self.slopes_free), expected

    def _leap(self, curves: Curves, once: Curves, twice: Curves, reached: float) -> Curves:
        first = _packed(once) - _packed(curves)
        bend = _packed(twice) - _packed(once) - first
        length = -max(1.0, float(np.linalg.norm(first)) / max(float(np.linalg.norm(bend)), 1e-12))
        far = _unpacked(_packed(curves) - 2 * length * first + length**2 * bend)
        settled, before = self._step(far)
        # A leap may overshoot: keep it only if it is likelier than where the plain steps were.
        likelier = np.isfinite(before.log_likelihood) and before.log_likelihood >= reached
        return settled if likelier else twice


def _packed(curves: Curves) -> Floats:
    return np.concatenate([curves.slopes, curves.intercepts])


def _unpacked(packed: Floats) -> Curves:
    slopes, intercepts = np.split(packed, 2)
    return Curves(slopes, intercepts)
