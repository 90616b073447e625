"""The expectation and maximisation steps of marginal maximum likelihood (Bock and Aitkin 1981)."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from lms_core.assessment.domain.measurement.curves import Curves
from lms_core.assessment.domain.measurement.matrix import Floats, Marks
from lms_core.assessment.domain.measurement.population import NODES, posteriors

BLOCK = 20_000
STEPS = 4
LARGEST_STEP = 1.0
# Far beyond any usable item (see `screening`): a curve that grows without end stops here and is named.
STEEPEST = 10.0
FARTHEST = 60.0
SMALLEST = 1e-9


@dataclass(frozen=True, slots=True)
class Patterns:
    """Distinct rows of answers and how many persons gave each: equal persons are computed once."""

    marks: Marks
    counts: Floats

    @classmethod
    def of(cls, marks: Marks) -> "Patterns":
        """The distinct rows of ``marks``."""
        rows, counts = np.unique(marks, axis=0, return_counts=True)
        return cls(rows, counts.astype(np.float64))

    def blocks(self) -> list[tuple[Marks, Floats]]:
        """The rows in pieces of bounded size, so that memory does not grow with the number of persons."""
        starts = range(0, len(self.counts), BLOCK)
        return [(self.marks[at : at + BLOCK], self.counts[at : at + BLOCK]) for at in starts]


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected at each node: answers given and answers right, items in rows; and the log-likelihood so far."""

    given: Floats
    right: Floats
    log_likelihood: float


def expect(patterns: Patterns, curves: Curves) -> Expected:
    """Share every person out among the nodes."""
    shape = (patterns.marks.shape[1], len(NODES))
    given, right, log_likelihood = np.zeros(shape), np.zeros(shape), 0.0
    for marks, counts in patterns.blocks():
        weights, marginal = posteriors(marks, curves)
        weights *= counts[:, None]
        given += (marks >= 0).astype(np.float64).T @ weights
        right += (marks == 1).astype(np.float64).T @ weights
        log_likelihood += float(counts @ marginal)
    return Expected(given, right, log_likelihood)


def maximise(expected: Expected, curves: Curves, *, slopes_free: bool) -> Curves:
    """The parameters under which what is expected is likeliest: a few steps of Newton, all items at once."""
    slopes, intercepts = curves.slopes.copy(), curves.intercepts.copy()
    for _ in range(STEPS):
        chances = expit(slopes[:, None] * NODES + intercepts[:, None])
        residuals = expected.right - expected.given * chances
        weights = expected.given * chances * (1 - chances)
        if slopes_free:
            step = _joint_step(residuals, weights)
            slopes = np.clip(slopes + step[0], -STEEPEST, STEEPEST)
            intercepts = np.clip(intercepts + step[1], -FARTHEST, FARTHEST)
        else:
            intercepts += _bounded(residuals.sum(axis=1) / np.maximum(weights.sum(axis=1), SMALLEST))
    return Curves(slopes, intercepts)


def _joint_step(residuals: Floats, weights: Floats) -> tuple[Floats, Floats]:
    by_slope, by_intercept = residuals @ NODES, residuals.sum(axis=1)
    slope_slope, slope_intercept, both = weights @ NODES**2, weights @ NODES, weights.sum(axis=1)
    determinant = np.maximum(slope_slope * both - slope_intercept**2, SMALLEST)
    slope = (both * by_slope - slope_intercept * by_intercept) / determinant
    intercept = (slope_slope * by_intercept - slope_intercept * by_slope) / determinant
    return _bounded(slope), _bounded(intercept)


def _bounded(step: Floats) -> Floats:
    return np.clip(step, -LARGEST_STEP, LARGEST_STEP)
