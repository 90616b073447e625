"""What a calibration has to tell, as JSON or as a table."""

from collections.abc import Iterable
from math import isfinite
from typing import Any

from lms_core.assessment.domain.measurement import classical, fit
from lms_core.assessment.domain.measurement.abilities import expected, likeliest
from lms_core.assessment.domain.measurement.calibration import CalibratedItem, Calibration, Model
from lms_core.assessment.domain.measurement.calibration import calibrate as estimate
from lms_core.assessment.domain.measurement.fit import ItemFit
from lms_core.assessment.domain.measurement.matrix import Responses, read_csv


def told(lines: Iterable[str], model: Model, *, abilities: bool) -> dict[str, Any]:
    """Items with parameters, errors and fit; with ``abilities`` the persons' as well. Raises Invalid."""
    responses = read_csv(lines)
    found = estimate(responses, model)
    return _told(found, responses) | ({"abilities": _abilities(found, responses)} if abilities else {})


def _told(found: Calibration, responses: Responses) -> dict[str, Any]:
    usable = responses.only(found.columns)
    fits = fit.fits(usable, found.curves, 2 if found.model == "2pl" else 1) if found.columns else ()
    by_column = dict(zip(found.columns, fits, strict=True))
    complete = responses.complete().marks.tolist()
    return {
        "model": found.model,
        "persons": found.persons,
        "log_likelihood": found.log_likelihood,
        "converged": found.converged,
        "iterations": found.iterations,
        "largest_change": found.change,
        "kr20": classical.alpha(complete),
        "items": [
            _item(one, by_column.get(at), classical.item_rest(complete, at)) for at, one in enumerate(found.items)
        ],
    }


def _item(one: CalibratedItem, fit: ItemFit | None, rest: float | None) -> dict[str, Any]:
    known = one.parameters
    return {
        "name": one.name,
        "answers": one.answers,
        "facility": one.facility,
        "item_rest_correlation": rest,
        "discrimination": known.discrimination if known else None,
        "difficulty": known.difficulty if known else None,
        "standard_error": {"discrimination": known.discrimination_error, "difficulty": known.difficulty_error}
        if known
        else None,
        "infit": fit.infit if fit else None,
        "outfit": fit.outfit if fit else None,
        "s_x2_probability": fit.probability if fit else None,
        "not_calibrated": str(one.reason) if one.reason else None,
    }


def _abilities(found: Calibration, responses: Responses) -> list[dict[str, Any]]:
    marks = responses.only(found.columns).marks
    mean, best = expected(marks, found.curves), likeliest(marks, found.curves)
    rows = zip(mean.estimates, mean.errors, best.estimates, best.errors, strict=True)
    return [
        {"eap": eap, "eap_error": spread, "ml": _finite(ml), "ml_error": _finite(doubt)}
        for eap, spread, ml, doubt in rows
    ]


def _finite(value: float) -> float | None:
    return float(value) if isfinite(value) else None


def table(told: dict[str, Any]) -> str:
    """The figures in columns, for people."""
    head = f"{'item':<20}{'answers':>8}{'a':>9}{'(se)':>8}{'b':>9}{'(se)':>8}{'infit':>8}{'p(S-X2)':>9}"
    rows = [_row(one) for one in told["items"]]
    likelihood = "-" if told["log_likelihood"] is None else f"{told['log_likelihood']:.3f}"
    foot = f"{told['model']}, {told['persons']} persons, log-likelihood {likelihood}, " + (
        f"converged after {told['iterations']} steps" if told["converged"] else "not converged"
    )
    return "\n".join([head, *rows, foot])


def _row(one: dict[str, Any]) -> str:
    head = f"{one['name'][:19]:<20}{one['answers']:>8}"
    if one["not_calibrated"]:
        return f"{head}  {one['not_calibrated']}"
    errors = one["standard_error"]
    figures = (one["discrimination"], errors["discrimination"], one["difficulty"], errors["difficulty"])
    a, a_error, b, b_error = (f"{value:.3f}" for value in figures)
    fit = "-" if one["s_x2_probability"] is None else f"{one['s_x2_probability']:.3f}"
    return f"{head}{a:>9}{a_error:>8}{b:>9}{b_error:>8}{one['infit']:>8.2f}{fit:>9}"
