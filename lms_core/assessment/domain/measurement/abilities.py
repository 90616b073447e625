"""How able a person is, from answers to calibrated items: EAP and maximum likelihood, with standard errors."""

from dataclasses import dataclass

import numpy as np

from lms_core.assessment.domain.measurement.curves import Curves
from lms_core.assessment.domain.measurement.matrix import Floats, Marks
from lms_core.assessment.domain.measurement.population import NODES, posteriors

STEPS = 50
TOLERANCE = 1e-8
LARGEST = 12.0


@dataclass(frozen=True, slots=True)
class Abilities:
    """One estimate a person in logits, and its standard error; NaN where there is none."""

    estimates: Floats
    errors: Floats


def expected(marks: Marks, curves: Curves) -> Abilities:
    """Expected a posteriori (Bock and Mislevy 1982): always finite, drawn towards the mean where answers are few."""
    weights, _ = posteriors(marks, curves)
    means = weights @ NODES
    spread = weights @ NODES**2 - means**2
    return Abilities(means, np.sqrt(spread))


def likeliest(marks: Marks, curves: Curves) -> Abilities:
    """Maximum likelihood. All right, all wrong or no answer at all has no finite estimate: NaN."""
    given, right = (marks >= 0).astype(np.float64), (marks == 1).sum(axis=1)
    finite = (right > 0) & (right < given.sum(axis=1)) & (curves.slopes > 0).all()
    estimates = np.zeros(len(marks))
    for _ in range(STEPS):
        chances = curves.probabilities(estimates).T
        slope = ((marks == 1) - given * chances) @ curves.slopes
        told = (given * chances * (1 - chances)) @ curves.slopes**2
        step = np.where(finite, np.clip(slope / np.maximum(told, 1e-12), -1.0, 1.0), 0.0)
        estimates = np.clip(estimates + step, -LARGEST, LARGEST)
        if np.abs(step).max(initial=0.0) < TOLERANCE:
            break
    told = (given * curves.information(estimates).T).sum(axis=1)
    with np.errstate(divide="ignore"):
        return Abilities(np.where(finite, estimates, np.nan), np.where(finite, 1 / np.sqrt(told), np.nan))


def test_information(curves: Curves, abilities: Floats) -> Floats:
    """What the whole test tells about each ability; the standard error there is one over its root."""
    return np.asarray(curves.information(abilities).sum(axis=0))
