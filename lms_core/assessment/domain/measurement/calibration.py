"""Calibration of a matrix of answers: every item with its parameters and standard errors, or the reason against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from threadpoolctl import threadpool_limits

from lms_core.assessment.domain.measurement.curves import Curves
from lms_core.assessment.domain.measurement.estimation import Estimate, Search
from lms_core.assessment.domain.measurement.expectation import Patterns
from lms_core.assessment.domain.measurement.information import covariance
from lms_core.assessment.domain.measurement.matrix import MISSING, Floats, Responses
from lms_core.assessment.domain.measurement.screening import unfit, unsteady
from lms_core.foundation.text import Text

Model = Literal["rasch", "2pl"]
MODELS: tuple[Model, ...] = ("rasch", "2pl")


@dataclass(frozen=True, slots=True)
class Parameters:
    """An item's curve in logits, and the standard errors; that of a fixed discrimination is 0."""

    discrimination: float
    difficulty: float
    discrimination_error: float
    difficulty_error: float


@dataclass(frozen=True, slots=True)
class CalibratedItem:
    """One item with its parameters, or with the ``reason`` why there are none."""

    name: str
    answers: int
    facility: float | None
    parameters: Parameters | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was found, for every item in the order given. Without a usable item nothing was estimated."""

    model: Model
    persons: int
    items: tuple[CalibratedItem, ...]
    log_likelihood: float | None
    iterations: int
    change: float | None
    converged: bool

    @property
    def columns(self) -> list[int]:
        """Where the calibrated items stand among all."""
        return [at for at, one in enumerate(self.items) if one.parameters]

    @property
    def curves(self) -> Curves:
        """The curves of the calibrated items, in the order of `columns`."""
        usable = [one.parameters for one in self.items if one.parameters]
        discriminations = np.array([one.discrimination for one in usable], dtype=np.float64)
        return Curves.of(discriminations, np.array([one.difficulty for one in usable], dtype=np.float64))


def calibrate(responses: Responses, model: Model) -> Calibration:
    """Estimate the items of ``responses``. Items that cannot be estimated are left out, named with the reason."""
    # The matrices are so small that a second thread of BLAS gains nothing; and where others compute beside it, threads
    # that wait for each other at every product took thirteen times as long.
    with threadpool_limits(limits=1, user_api="blas"):
        return _calibrated(responses, model)


def _calibrated(responses: Responses, model: Model) -> Calibration:
    reasons = dict(unfit(responses))
    while usable := [at for at in range(len(responses.items)) if at not in reasons]:
        patterns = Patterns.of(responses.only(usable).marks)
        found = Search(patterns, model == "2pl").run(_start(responses, usable))
        worse = unsteady(found.curves) if model == "2pl" else {}
        if not worse:
            return _calibration(responses, model, usable, found, _errors(patterns, found.curves, model), reasons)
        reasons |= {usable[at]: reason for at, reason in worse.items()}
    return Calibration(model, responses.persons, _items(responses, {}, reasons), None, 0, None, converged=False)


def _start(responses: Responses, usable: list[int]) -> Curves:
    facilities = np.array([_facility(responses, at) for at in usable], dtype=np.float64)
    return Curves(np.ones(len(usable)), np.log(facilities / (1 - facilities)))


def _errors(patterns: Patterns, curves: Curves, model: Model) -> Floats:
    """Standard errors of discrimination and difficulty, items in columns; the delta method for b = -d / a."""
    items = len(curves.slopes)
    spread = covariance(patterns, curves, slopes_free=model == "2pl")
    if model == "rasch":
        return np.vstack([np.zeros(items), np.sqrt(np.diag(spread))])
    slope, intercept = np.diag(spread)[:items], np.diag(spread)[items:]
    both = np.diag(spread[:items, items:])
    moved = (slope * curves.difficulties**2 + 2 * curves.difficulties * both + intercept) / curves.slopes**2
    return np.sqrt(np.vstack([slope, moved]))


def _calibration(
    responses: Responses,
    model: Model,
    usable: list[int],
    found: Estimate,
    errors: Floats,
    reasons: Mapping[int, Text],
) -> Calibration:
    columns = np.vstack([found.curves.slopes, found.curves.difficulties, errors]).T
    known = {at: Parameters(*row) for at, row in zip(usable, columns.tolist(), strict=True)}
    items = _items(responses, known, reasons)
    return Calibration(
        model, responses.persons, items, found.log_likelihood, found.iterations, found.change, found.converged
    )


def _items(
    responses: Responses, known: Mapping[int, Parameters], reasons: Mapping[int, Text]
) -> tuple[CalibratedItem, ...]:
    counted = (responses.marks != MISSING).sum(axis=0)
    return tuple(
        CalibratedItem(name, int(counted[at]), _facility(responses, at), known.get(at), reasons.get(at))
        for at, name in enumerate(responses.items)
    )


def _facility(responses: Responses, at: int) -> float | None:
    given = responses.marks[responses.marks[:, at] != MISSING, at]
    return float(given.mean()) if len(given) else None
