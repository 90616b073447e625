"""The people that a calibration assumes: abilities of mean 0 and deviation 1, on a grid."""

import numpy as np
from scipy.special import log_expit, logsumexp

from lms_core.assessment.domain.measurement.curves import Curves
from lms_core.assessment.domain.measurement.matrix import Floats, Marks

# Equally spaced nodes converge exponentially for smooth integrands; 61 of them leave no visible error.
NODES: Floats = np.linspace(-6.0, 6.0, 61)
_DENSITIES = np.exp(-0.5 * NODES**2)
LOG_WEIGHTS: Floats = np.log(_DENSITIES / _DENSITIES.sum())


def log_likelihoods(marks: Marks, curves: Curves, nodes: Floats = NODES) -> Floats:
    """The log-likelihood of each person's answers at each node; gaps say nothing."""
    logits = curves.logits(nodes)
    right, wrong = (marks == 1).astype(np.float64), (marks == 0).astype(np.float64)
    return np.asarray(right @ log_expit(logits) + wrong @ log_expit(-logits))


def posteriors(marks: Marks, curves: Curves, log_prior: Floats = LOG_WEIGHTS) -> tuple[Floats, Floats]:
    """The posterior weight of each node for each person, and each person's marginal log-likelihood."""
    joint = log_likelihoods(marks, curves) + log_prior
    marginal = logsumexp(joint, axis=1)
    return np.exp(joint - marginal[:, None]), np.asarray(marginal)
