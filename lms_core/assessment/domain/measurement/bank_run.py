"""A run over what people answered: calibration, fit, abilities, and differences between groups of people."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal
from uuid import UUID

import numpy as np

from lms_core.assessment.domain.measurement.abilities import expected
from lms_core.assessment.domain.measurement.calibration import CalibratedItem, Calibration, calibrate
from lms_core.assessment.domain.measurement.differential import Differential, Mask, matched
from lms_core.assessment.domain.measurement.fit import ItemFit, fits
from lms_core.assessment.domain.measurement.matrix import MISSING, Floats, Marks, Responses
from lms_core.assessment.domain.measurement.runs import (
    ABILITIES,
    AbilitiesFound,
    Difference,
    Findings,
    ItemFound,
    Model,
)
from lms_core.assessment.domain.measurement.sittings import Asked, items_of

STRATA = 5
"""People are compared in fifths by ability: forms differ, so that totals do not compare."""
Groups = Mapping[tuple[str, str], frozenset[UUID]]
"""Who belongs where, by kind and name: ("language", "en"), ("campus", id)."""


def run(answered: Mapping[UUID, Mapping[Asked, float]], model: Model, groups: Groups) -> Findings:
    """Calibrate first answers. An answer is right when it earned everything; partial credit counts as wrong."""
    people, items = list(answered), items_of(answered.values())
    responses = Responses(tuple(str(one) for one in range(len(items))), _marks(answered, people, items))
    found = calibrate(responses, model)
    if not found.columns:
        return _findings(found, items, {}, None, {}, {})
    usable = responses.only(found.columns)
    fitted = dict(zip(found.columns, fits(usable, found.curves, 2 if model == "2pl" else 1), strict=True))
    estimated = expected(usable.marks, found.curves)
    told = (usable.marks != MISSING).any(axis=1)
    abilities = _abilities(estimated.estimates[told], estimated.errors[told])
    masks = {group: np.array([one in members for one in people]) for group, members in groups.items()}
    known = _known(masks)
    differences = {
        at: tuple(_differences(responses.marks[:, at], estimated.estimates, masks, known)) for at in found.columns
    }
    return _findings(found, items, fitted, abilities, differences, masks)


def _marks(answered: Mapping[UUID, Mapping[Asked, float]], people: Sequence[UUID], items: Sequence[Asked]) -> Marks:
    marks = np.full((len(people), len(items)), MISSING, dtype=np.int8)
    columns = {item: at for at, item in enumerate(items)}
    for row, person in enumerate(people):
        for item, score in answered[person].items():
            marks[row, columns[item]] = int(score >= 1 - 1e-9)
    return marks


def _abilities(estimates: Floats, errors: Floats) -> AbilitiesFound:
    """The reliability of EAP estimates: their variance, over it and the mean error variance."""
    edges = np.array([-np.inf, *((low + high) / 2 for low, high in pairwise(ABILITIES)), np.inf])
    counts, _ = np.histogram(estimates, edges)
    spread, unsure = float(estimates.var()), float((errors**2).mean())
    reliability = spread / (spread + unsure) if spread + unsure else None
    error, deviation = float(np.sqrt(unsure)), float(np.sqrt(spread))
    return AbilitiesFound(float(estimates.mean()), deviation, error, reliability, tuple(int(one) for one in counts))


def _known(masks: Mapping[tuple[str, str], Mask]) -> Mapping[str, Mask]:
    """Who has any group of a kind: those without a campus are nobody's reference."""
    kinds = {kind for kind, _ in masks}
    return {kind: np.any([mask for (of, _), mask in masks.items() if of == kind], axis=0) for kind in kinds}


def _focal(masks: Mapping[tuple[str, str], Mask]) -> list[tuple[str, str]]:
    """All groups but the largest of each kind: that one is always among those compared with."""
    by_size = sorted(masks, key=lambda one: (one[0], int(masks[one].sum()), one[1]))
    return [one for one, after in pairwise([*by_size, ("", "")]) if one[0] == after[0]]


def _differences(
    column: Marks, abilities: Floats, masks: Mapping[tuple[str, str], Mask], known: Mapping[str, Mask]
) -> Iterator[Difference]:
    for kind, group in _focal(masks):
        mask = masks[kind, group]
        there = (column != MISSING) & known[kind]
        ranks = abilities[there].argsort().argsort()
        strata = (ranks * STRATA // max(1, len(ranks))).astype(np.int8)
        if found := matched(column[there] == 1, mask[there], strata):
            yield _difference(kind, group, found)


def _difference(kind: str, group: str, found: Differential) -> Difference:
    named: Literal["language", "campus"] = "language" if kind == "language" else "campus"
    return Difference(named, group, found.reference, found.focal, found.delta, found.error, found.size)


def _findings(
    found: Calibration,
    items: Sequence[Asked],
    fitted: Mapping[int, ItemFit],
    abilities: AbilitiesFound | None,
    differences: Mapping[int, tuple[Difference, ...]],
    masks: Mapping[tuple[str, str], Mask],
) -> Findings:
    rows = tuple(_item(items[at], one, fitted.get(at), differences.get(at, ())) for at, one in enumerate(found.items))
    compared = {f"{kind}:{group}": int(mask.sum()) for (kind, group), mask in masks.items()}
    return Findings(found.persons, rows, found.log_likelihood, found.iterations, found.converged, abilities, compared)


def _item(item: Asked, one: CalibratedItem, fit: ItemFit | None, groups: tuple[Difference, ...]) -> ItemFound:
    known = one.parameters
    if known is None:
        return ItemFound(item, one.answers, one.facility, reason=one.reason)
    return ItemFound(
        item,
        one.answers,
        one.facility,
        known.discrimination,
        known.difficulty,
        known.discrimination_error,
        known.difficulty_error,
        fit.infit if fit else None,
        fit.outfit if fit else None,
        fit.probability if fit else None,
        groups=groups,
    )
