from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.foundation.errors import NotFound
from lms_core.foundation.outbox.retries import LONGEST, delay, described

MIDDLE = UUID(int=0x8000)


def test_each_failure_waits_four_times_as_long_as_the_last():
    assert [delay(attempt, MIDDLE).total_seconds() for attempt in range(1, 6)] == [5, 20, 80, 320, 1280]


@given(st.integers(1, 1000), st.uuids())
def test_no_delay_is_longer_than_the_longest_and_a_quarter(attempt, row_id):
    assert timedelta(seconds=3) < delay(attempt, row_id) <= LONGEST * 1.25


@given(st.integers(1, 5), st.uuids(), st.uuids())
def test_delays_of_one_attempt_are_scattered_by_a_quarter_at_most(attempt, one, other):
    assert delay(attempt, one) <= delay(attempt, other) * 1.25 / 0.75


def test_a_failure_is_described_by_its_kind_and_place_but_never_by_its_words():
    with pytest.raises(ValueError, match="badly formed") as raised:
        UUID("kim@example.kr has no seat")
    said = described(raised.value)
    assert said.startswith("ValueError (")
    assert "uuid.py:" in said
    assert "kim" not in said


def test_an_error_of_the_house_is_described_by_its_code():
    assert described(NotFound()).startswith("not-found: ")
