from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.interactions.numbers import number_of, within


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2000", "2000"),
        ("2,000", "2000"),
        ("12,345,678.5", "12345678.5"),
        ("1,2345,6789", "123456789"),
        ("１２３４", "1234"),
        ("−3.5", "-3.5"),
        ("+ 7", "7"),
        (".5", "0.5"),
        ("1e3", "1000"),
        ("1만", "10000"),
        ("1만 2,345", "12345"),
        ("1억 2,000만", "120000000"),
        ("3조", "3000000000000"),
        ("1.5만", "15000"),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: str, number: str) -> None:
    assert number_of(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed", ["", ".", ",", "1,23", "12,34,567", "만", "abc", "1.2.3", "--1", "1만만", "12,", "NaN", "e5"]
)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert number_of(typed) is None


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("2000", True),
        ("2,000 GB", True),
        ("2000gb", True),
        ("ＧＢ 2000", True),
        ("2000.5", True),
        ("1999.5 GB", True),
        ("2000.51", False),
        ("2 TB", False),
        ("2000 TB", False),
        ("GB", False),
    ],
)
def test_a_number_is_right_within_its_tolerance_and_in_its_unit(typed: str, right: bool) -> None:
    assert within(typed, 2000.0, 0.5, "GB") is right


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15), st.floats(0, 1e6))
def test_the_value_itself_is_right_however_it_is_grouped(value: float, tolerance: float) -> None:
    assert within(repr(value), value, tolerance, "km")
    assert within(f"{Decimal(repr(value)):,f} km", value, tolerance, "km")


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_number_or_none(typed: str) -> None:
    found = number_of(typed)
    assert found is None or found.is_finite()
