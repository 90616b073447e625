"""How sure the parameters are: the observed information of the marginal likelihood, by Louis (1982)."""

import numpy as np

from lms_core.assessment.domain.measurement.curves import Curves
from lms_core.assessment.domain.measurement.expectation import Patterns
from lms_core.assessment.domain.measurement.matrix import Floats, Marks
from lms_core.assessment.domain.measurement.population import NODES, posteriors


def covariance(patterns: Patterns, curves: Curves, *, slopes_free: bool) -> Floats:
    """The covariance of (slopes, intercepts), or of the intercepts alone where slopes are fixed.

    The information is what complete data would tell, less what is missing because abilities are not seen.
    Raises numpy.linalg.LinAlgError where the data do not determine the parameters.
    """
    items = len(curves.slopes)
    information = np.zeros((2 * items, 2 * items))
    for marks, counts in patterns.blocks():
        information += _block(marks, counts, curves)
    kept = slice(None) if slopes_free else slice(items, None)
    return np.asarray(np.linalg.inv(information[kept, kept]))


def _block(marks: Marks, counts: Floats, curves: Curves) -> Floats:
    weights, _ = posteriors(marks, curves)
    chances = curves.probabilities(NODES)
    given = (marks >= 0).astype(np.float64)
    scores = np.zeros((len(marks), 2 * len(curves.slopes)))
    information = np.zeros((scores.shape[1], scores.shape[1]))
    for at, node in enumerate(NODES):
        shared = weights[:, at]
        residuals = np.where(marks >= 0, marks - chances[:, at], 0.0)
        seen = (counts * shared) @ given * chances[:, at] * (1 - chances[:, at])
        missing = (residuals * (counts * shared)[:, None]).T @ residuals
        scores += np.hstack([node * residuals, residuals]) * shared[:, None]
        information += np.kron([[node * node, node], [node, 1.0]], np.diag(seen) - missing)
    return np.asarray(information + (scores * counts[:, None]).T @ scores)
