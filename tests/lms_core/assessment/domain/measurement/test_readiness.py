"""The chance of passing is honest: refused on too little, moved the right way by answers, and it comes true."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_core.assessment.domain.measurement.posterior import Answer, Item
from lms_core.assessment.domain.measurement.readiness import FEWEST_ANSWERS, readiness

FORM = [Item(f"f{at}", 1.0, (at % 9 - 4) / 2, "ab"[at % 2]) for at in range(40)]
POOL = [Item(f"p{at}", 1.1, (at % 7 - 3) / 2, "ab"[at % 2]) for at in range(60)]


def answers(count: int, right: int) -> list[Answer]:
    return [Answer(item, at < right) for at, item in enumerate(POOL[:count])]


def test_below_the_least_number_of_answers_nothing_is_said() -> None:
    found = readiness(answers(FEWEST_ANSWERS - 1, 10), FORM, 0.7)
    assert found.whole is None
    assert readiness(answers(FEWEST_ANSWERS, 10), FORM, 0.7).whole is not None


def test_a_domain_with_too_few_answers_stays_open_while_the_other_is_told() -> None:
    some = [Answer(item, right=True) for item in POOL if item.domain == "a"][:25]
    found = readiness(some, FORM, 0.7)
    assert found.domains["a"] is not None
    assert found.domains["b"] is None


@settings(deadline=None, max_examples=25)
@given(st.integers(20, 60), st.data())
def test_one_more_right_answer_never_lowers_the_chance(count: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, count - 1))
    fewer, more = (readiness(answers(count, some), FORM, 0.7).whole for some in (right, right + 1))
    assert fewer is not None
    assert more is not None
    assert more.probability >= fewer.probability - 1e-9
    assert 0 <= fewer.low <= fewer.probability + 1e-9
    assert fewer.probability <= fewer.high + 1e-9 <= 1 + 2e-9


def test_more_answers_narrow_the_interval() -> None:
    few, many = readiness(answers(20, 14), FORM, 0.7).whole, readiness(answers(60, 42), FORM, 0.7).whole
    assert few is not None
    assert many is not None
    assert many.high - many.low < few.high - few.low


def test_what_is_foretold_comes_true_as_often_as_it_says() -> None:
    chance, foretold, came = np.random.default_rng(4), [], []
    for _ in range(600):
        general = chance.normal()
        able = {name: general + chance.normal(0, 0.4) for name in "ab"}
        seen = [Answer(item, bool(chance.random() < item.probability(able[item.domain]))) for item in POOL[:40]]
        score = sum(chance.random() < item.probability(able[item.domain]) for item in FORM)
        found = readiness(seen, FORM, 0.6).whole
        assert found is not None
        foretold.append(found.probability)
        came.append(score >= 24)
    assert np.mean(foretold) == pytest.approx(np.mean(came), abs=0.04)
    high = [truth for said, truth in zip(foretold, came, strict=True) if said > 0.8]
    assert 0.82 < np.mean(high) <= 1
