"""Items that break the model, or treat two groups differently, are found; the others are left in peace."""

from itertools import product

import numpy as np
import pytest

from lms_core.assessment.domain.measurement.calibration import calibrate
from lms_core.assessment.domain.measurement.curves import Curves
from lms_core.assessment.domain.measurement.differential import differential
from lms_core.assessment.domain.measurement.fit import fits, total_scores
from lms_core.assessment.domain.measurement.matrix import Responses
from tests.support.responses import answered, drawn_curves

PEOPLE = np.random.default_rng(11).normal(size=3_000)


def test_the_distribution_of_totals_is_that_of_all_patterns() -> None:
    chances = np.array([0.2, 0.7, 0.9])
    wanted = np.zeros(4)
    for pattern in product((0, 1), repeat=3):
        wanted[sum(pattern)] += np.prod(np.where(pattern, chances, 1 - chances))
    assert total_scores(chances[:, None])[:, 0] == pytest.approx(wanted)


def test_items_that_follow_the_model_fit_at_the_rate_of_chance() -> None:
    responses = answered(drawn_curves(25, seed=3), PEOPLE, seed=1)
    found = fits(responses, calibrate(responses, "2pl").curves, parameters=2)
    rejected = sum(one.probability is not None and one.probability < 0.05 for one in found)
    assert rejected <= 4
    assert all(0.7 < one.infit < 1.3 for one in found)


def test_an_item_with_a_step_in_its_curve_does_not_fit() -> None:
    responses = answered(drawn_curves(25, seed=3), PEOPLE, seed=1)
    chance = np.random.default_rng(2).random(len(PEOPLE))
    responses.marks[:, 4] = chance < np.where(np.abs(PEOPLE) < 0.6, 0.9, 0.3)
    curves = Curves(np.ones(25), calibrate(responses, "rasch").curves.intercepts)
    assert (fits(responses, curves, parameters=1)[4].probability or 0.0) < 0.001


def two_groups(shift: float) -> tuple[Responses, np.ndarray]:
    truth = drawn_curves(20, seed=8)
    focal = np.arange(len(PEOPLE)) % 2 == 1
    harder = truth.intercepts.copy()
    harder[6] -= shift * truth.slopes[6]
    own, other = answered(truth, PEOPLE, seed=5), answered(Curves(truth.slopes, harder), PEOPLE, seed=5)
    return Responses(own.items, np.where(focal[:, None], other.marks, own.marks)), focal


def test_an_item_that_is_harder_for_one_group_is_found_with_its_direction_and_size() -> None:
    responses, focal = two_groups(1.0)
    found = differential(responses, focal, 6)
    assert found is not None
    assert (found.size, found.delta < -1.5, found.probability < 0.001) == ("C", True, True)


def test_items_that_are_equally_hard_for_both_are_negligible() -> None:
    responses, focal = two_groups(1.0)
    others = [differential(responses, focal, item) for item in range(20) if item != 6]
    assert sum(one is not None and one.size == "A" for one in others) >= 18


def test_a_group_too_small_to_compare_is_not_compared() -> None:
    responses, _ = two_groups(0.0)
    assert differential(responses, np.arange(len(PEOPLE)) < 10, 0) is None
