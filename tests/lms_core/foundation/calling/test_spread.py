"""Durations are counted in buckets that double: what is read from them is right to within a factor of two."""

from hypothesis import given
from hypothesis import strategies as st

from lms_core.foundation.calling import spread

DURATIONS = st.lists(st.integers(min_value=1, max_value=10**11), min_size=1, max_size=60)


def counted(durations):
    counts = spread.empty()
    for nanoseconds in durations:
        counts[nanoseconds.bit_length()] += 1
    return counts


@given(DURATIONS, st.sampled_from((0.5, 0.95)))
def test_a_quantile_is_within_a_factor_of_two(durations, share):
    exact = sorted(durations)[max(0, -(-len(durations) * share // 1) - 1).__int__()] * spread.NANOSECOND
    told = spread.quantile(counted(durations), share)
    assert exact / 2 <= told <= exact * 2 + spread.NANOSECOND


def test_nothing_called_takes_no_time():
    assert spread.quantile(spread.empty(), 0.95) == 0.0


@given(DURATIONS)
def test_the_bounds_grow_and_hold_everything_that_ended_within_them(durations):
    bounds = list(spread.cumulative(counted(durations)))
    assert bounds == sorted(bounds)
    for seconds, number in bounds:
        assert number == sum(1 for one in durations if one * spread.NANOSECOND < seconds)
