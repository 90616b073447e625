"""A breaker opens after failures in a row, lets one call at a time try again, and closes when that works."""

from hypothesis import given
from hypothesis import strategies as st

from lms_core.foundation.calling.breaker import NANOSECONDS, Breaker

REST = 30 * NANOSECONDS


def opened(now: int = 1) -> Breaker:
    breaker = Breaker()
    for _ in range(breaker.limit):
        breaker.failed(now)
    return breaker


def test_it_is_closed_until_as_many_failures_in_a_row_as_its_limit():
    breaker = Breaker()
    for _ in range(breaker.limit - 1):
        breaker.failed(1)
    assert (breaker.refuses(2), breaker.state(2)) == (False, "closed")
    breaker.succeeded()
    breaker.failed(3)
    assert breaker.state(4) == "closed"


def test_it_refuses_for_the_length_of_its_rest():
    breaker = opened()
    assert breaker.refuses(2)
    assert breaker.refuses(REST)
    assert breaker.state(REST) == "open"
    assert breaker.state(REST + 1) == "trying"


def test_after_the_rest_one_call_tries_and_the_others_wait_for_it():
    breaker = opened()
    assert not breaker.refuses(REST + 1)
    assert breaker.refuses(REST + 2)
    breaker.succeeded()
    assert not breaker.refuses(REST + 3)
    assert breaker.state(REST + 3) == "closed"


def test_a_trial_that_fails_opens_it_for_another_rest():
    breaker = opened()
    assert not breaker.refuses(REST + 1)
    breaker.failed(REST + 5)
    assert breaker.refuses(2 * REST + 4)
    assert not breaker.refuses(2 * REST + 5)


def test_a_trial_that_never_comes_back_lets_another_one_try():
    breaker = opened()
    assert not breaker.refuses(REST + 1)
    assert not breaker.refuses(2 * REST + 1)


@given(st.lists(st.booleans(), max_size=40))
def test_it_is_open_exactly_while_its_last_failures_in_a_row_reach_the_limit(works):
    breaker, streak = Breaker(), 0
    for now, well in enumerate(works, 1):
        breaker.succeeded() if well else breaker.failed(now)
        streak = 0 if well else streak + 1
    assert (breaker.state(len(works) + 1) == "open") == (streak >= breaker.limit)
