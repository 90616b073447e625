"""Intervals against values that the sources print, or that follow by hand."""

import pytest

from lms_core.assessment.domain.measurement import intervals


def test_wilsons_interval_of_a_share() -> None:
    # Newcombe (1998), table I: 81 of 263, and 0 of 20.
    assert intervals.of_share(81 / 263, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert intervals.of_share(0.0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert intervals.of_share(0.5, 0) is None


def test_a_correlation_lies_within_its_interval_which_shrinks_with_more_people() -> None:
    few, many = intervals.of_correlation(0.5, 28), intervals.of_correlation(0.5, 103)
    assert few is not None
    assert many is not None
    # By hand: atanh(0.5) is 0.5493, the width 1.96 / root of 25.
    assert few == pytest.approx((0.1560, 0.7358), abs=1e-3)
    assert few.low < many.low < 0.5 < many.high < few.high
    assert intervals.of_correlation(1.0, 28) is None
    assert intervals.of_correlation(0.5, 3) is None


def test_the_interval_of_alpha() -> None:
    found = intervals.of_alpha(0.8, 102, 20)
    # By hand: ln(0.2) is -1.6094, the width 1.96 times the root of 40 / 1900.
    assert found == pytest.approx((0.7342, 0.8495), abs=1e-3)
    assert intervals.of_alpha(None, 102, 20) is None
