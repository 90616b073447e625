"""Calibration finds published values on published data, and known parameters on simulated people."""

import numpy as np
import pytest

from lms_core.assessment.domain.measurement import classical
from lms_core.assessment.domain.measurement.abilities import expected, likeliest
from lms_core.assessment.domain.measurement.calibration import calibrate
from lms_core.assessment.domain.measurement.matrix import MISSING, Responses
from tests.support.responses import answered, drawn_curves, lsat6


def test_the_law_school_items_have_their_published_parameters() -> None:
    found = calibrate(lsat6(), "2pl")
    assert found.converged
    assert found.log_likelihood == pytest.approx(-2466.653, abs=0.001)
    parameters = [one.parameters for one in found.items if one.parameters]
    assert [one.discrimination for one in parameters] == pytest.approx([0.825, 0.723, 0.890, 0.689, 0.657], abs=0.0015)
    assert [one.difficulty for one in parameters] == pytest.approx([-3.360, -1.370, -0.280, -1.866, -3.124], abs=0.003)


def test_their_standard_errors_are_the_published_ones() -> None:
    found = calibrate(lsat6(), "2pl")
    errors = [one.parameters.discrimination_error for one in found.items if one.parameters]
    assert errors == pytest.approx([0.258, 0.187, 0.233, 0.185, 0.210], abs=0.001)


def test_the_rasch_model_has_its_published_likelihood() -> None:
    found = calibrate(lsat6(), "rasch")
    assert found.log_likelihood == pytest.approx(-2473.054, abs=0.001)
    assert {one.parameters.discrimination for one in found.items if one.parameters} == {1.0}


def test_classical_figures_are_the_published_ones() -> None:
    marks = lsat6().marks.tolist()
    assert classical.alpha(marks) == pytest.approx(0.2950, abs=0.00005)
    rest = [classical.item_rest(marks, item) for item in range(5)]
    assert rest == pytest.approx([0.1128, 0.1532, 0.1728, 0.1444, 0.1216], abs=0.00005)


def test_whoever_had_all_right_has_the_published_ability() -> None:
    curves = calibrate(lsat6(), "2pl").curves
    assert expected(np.ones((1, 5), dtype=np.int8), curves).estimates[0] == pytest.approx(0.6456, abs=0.0001)
    assert np.isnan(likeliest(np.ones((1, 5), dtype=np.int8), curves).estimates[0])


@pytest.mark.parametrize(("persons", "bound"), [(200, 0.25), (1_000, 0.11), (10_000, 0.035)])
def test_known_parameters_are_recovered_the_better_the_more_people_answer(persons: int, bound: float) -> None:
    """The bound is on the median error: it shrinks with the root of the number of persons, and so do errors."""
    truth = drawn_curves(40, seed=persons)
    abilities = np.random.default_rng(1).normal(size=persons)
    found = calibrate(answered(truth, abilities, seed=2), "2pl")
    assert found.converged
    assert np.median(np.abs(found.curves.slopes - truth.slopes[found.columns])) < bound
    assert np.median(np.abs(found.curves.difficulties - truth.difficulties[found.columns])) < bound


def test_standard_errors_cover_the_truth_as_often_as_they_say() -> None:
    truth = drawn_curves(30, seed=5)
    inside = []
    for seed in range(10):
        abilities = np.random.default_rng(seed).normal(size=1_000)
        found = calibrate(answered(truth, abilities, seed=100 + seed), "2pl")
        errors = np.array([one.parameters.discrimination_error for one in found.items if one.parameters])
        inside.append(np.abs(found.curves.slopes - truth.slopes) < 1.96 * errors)
    assert 0.91 < np.mean(inside) < 0.98


def test_items_missing_by_design_are_linked_by_those_in_common() -> None:
    truth = drawn_curves(30, seed=9)
    responses = answered(truth, np.random.default_rng(3).normal(size=4_000), seed=4)
    responses.marks[:2_000, 20:] = MISSING
    responses.marks[2_000:, :10] = MISSING
    found = calibrate(responses, "2pl")
    assert found.converged
    assert np.corrcoef(found.curves.difficulties, truth.difficulties)[0, 1] > 0.98
    assert {one.answers for one in found.items} == {2_000, 4_000}


def test_what_cannot_be_calibrated_is_named_with_the_reason() -> None:
    responses = answered(drawn_curves(12, seed=7), np.random.default_rng(5).normal(size=400), seed=6)
    marks = responses.marks
    marks[:, 0], marks[:, 1], marks[:, 3] = 1, 0, 1 - marks[:, 4]
    marks[25:, 2] = MISSING
    found = calibrate(responses, "2pl")
    said = {one.name: str(one.reason) for one in found.items if one.reason}
    assert said["item0"] == "Everybody answered this item right."
    assert said["item1"] == "Nobody answered this item right."
    assert said["item2"] == "Only 25 answers; 30 are needed."
    assert "Look at its key" in said["item3"]
    assert found.converged
    assert len(found.columns) == 12 - len(said)


def test_without_any_usable_item_nothing_is_estimated() -> None:
    found = calibrate(Responses(("only",), np.ones((50, 1), dtype=np.int8)), "2pl")
    assert found.log_likelihood is None
    assert not found.converged
