import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.qti.errors import InvalidItem
from tests.support.qti import base, json_value, numbers, operator

WHOLE = st.integers(-(10**6), 10**6)
REAL = st.floats(allow_nan=False, allow_infinity=False, width=32)


def of(name, *values, **attributes):
    return json_value(operator(name, numbers(*values), **attributes))


@pytest.mark.parametrize(
    ("name", "values", "result"),
    [
        ("sum", (1, 2, 3), 6),
        ("sum", (1, 2.5), 3.5),
        ("product", (2, 3, 4), 24),
        ("product", (2, 0.5), 1.0),
        ("subtract", (5, 7), -2),
        ("subtract", (5, 0.5), 4.5),
        ("divide", (1, 4), 0.25),
        ("divide", (1, 0), None),
        ("divide", (1.0, 0.0), None),
        ("power", (2, 3), 8.0),
        ("power", (2, -1), 0.5),
        ("power", (0, -1), None),
        ("power", (-8, 0.5), None),
        ("power", (10, 400), None),
        ("power", (10, -400), None),
        ("integerDivide", (7, 2), 3),
        ("integerDivide", (-7, 2), -4),
        ("integerDivide", (7, 0), None),
        ("integerModulus", (7, 2), 1),
        ("integerModulus", (-7, 2), 1),
        ("integerModulus", (7, -2), -1),
        ("integerModulus", (7, 0), None),
        ("truncate", (6.8,), 6),
        ("truncate", (-6.8,), -6),
        ("round", (6.8,), 7),
        ("round", (6.5,), 7),
        ("round", (6.49,), 6),
        ("round", (-6.5,), -6),
        ("round", (-6.51,), -7),
        ("round", (0.49999999999999994,), 0),
        ("integerToFloat", (3,), 3.0),
        ("max", (1, 3, 2), 3),
        ("max", (1, 2.5), 2.5),
        ("max", (3, 2.5), 3.0),
        ("min", (4, 3, 9), 3),
        ("gcd", (12, 18, 30), 6),
        ("gcd", (0, 0), 0),
        ("gcd", (0, 5), 5),
        ("lcm", (4, 6), 12),
        ("lcm", (4, 0), 0),
    ],
)
def test_numbers_come_to_what_the_specification_says(name, values, result):
    told = of(name, *values)
    assert told == result
    assert type(told) is type(result)


@pytest.mark.parametrize("name", ["truncate", "round"])
def test_endless_numbers_stay_endless_and_what_is_no_number_is_null(name):
    assert json_value(operator(name, base("float", "INF"))) == "INF"
    assert json_value(operator(name, base("float", "-INF"))) == "-INF"
    assert json_value(operator(name, base("float", "NaN"))) is None


@pytest.mark.parametrize(
    ("value", "mode", "figures", "result"),
    [
        (3.175, "significantFigures", 3, 3.18),
        (3.1749, "significantFigures", 3, 3.17),
        (0.00012345, "significantFigures", 2, 0.00012),
        (123456.0, "significantFigures", 2, 120000.0),
        (-2.5, "significantFigures", 1, -3.0),
        (1.68572, "decimalPlaces", 2, 1.69),
        (1.68432, "decimalPlaces", 2, 1.68),
        (1.005, "decimalPlaces", 2, 1.01),
        (2.5, "decimalPlaces", 0, 3.0),
        (0.0, "significantFigures", 3, 0.0),
    ],
)
def test_rounding_looks_at_the_digit_that_decides(value, mode, figures, result):
    assert of("roundTo", value, roundingMode=mode, figures=figures) == result


@pytest.mark.parametrize(
    ("mode", "figures"), [("significantFigures", 0), ("decimalPlaces", -1), ("decimalPlaces", 9999)]
)
def test_a_number_of_figures_that_means_nothing_is_refused(mode, figures):
    with pytest.raises(InvalidItem):
        of("roundTo", 1.5, roundingMode=mode, figures=figures)


@pytest.mark.parametrize("name", ["sum", "product", "max", "min", "gcd", "lcm"])
@given(values=st.lists(WHOLE, min_size=1, max_size=4), place=st.integers(0, 4))
def test_one_null_makes_the_whole_null(name, values, place):
    assert of(name, *values[:place], None, *values[place:]) is None


@pytest.mark.parametrize("name", ["subtract", "divide", "power", "integerDivide", "integerModulus"])
@given(value=WHOLE)
def test_either_operand_may_be_the_null_one(name, value):
    assert of(name, value, None) is None
    assert of(name, None, value) is None


@pytest.mark.parametrize("name", ["sum", "max", "min", "gcd", "lcm"])
@given(values=st.lists(st.integers(-99, 99), min_size=1, max_size=6), data=st.data())
def test_the_order_of_the_operands_does_not_matter(name, values, data):
    assert of(name, *values) == of(name, *data.draw(st.permutations(values)))


@given(values=st.lists(REAL, min_size=1, max_size=8), data=st.data())
def test_nor_does_it_for_a_sum_of_floats(values, data):
    assert of("sum", *values) == of("sum", *data.draw(st.permutations(values)))


@given(first=WHOLE, second=WHOLE.filter(bool))
def test_quotient_and_remainder_make_the_number_again(first, second):
    assert of("integerDivide", first, second) * second + of("integerModulus", first, second) == first


@given(value=st.floats(-(2.0**40), 2.0**40))
def test_the_nearest_whole_number_is_at_most_a_half_away(value):
    rounded = of("round", value)
    assert rounded - 0.5 <= value < rounded + 0.5
    assert abs(of("truncate", value)) <= abs(value)


@given(value=REAL, figures=st.integers(1, 15))
def test_rounding_twice_changes_nothing(value, figures):
    once = of("roundTo", value, roundingMode="significantFigures", figures=figures)
    assert of("roundTo", once, roundingMode="significantFigures", figures=figures) == once


def test_containers_are_added_value_by_value():
    inside = operator("multiple", numbers(1, 2, 3))
    assert json_value(operator("sum", inside, numbers(4))) == 10
    assert json_value(operator("max", inside, numbers(0.5))) == 3.0


def test_what_is_no_number_is_null_for_extremes_and_refused_for_sums():
    word = base("string", "x")
    assert json_value(operator("max", word)) is None
    assert json_value(operator("gcd", word)) is None
    with pytest.raises(InvalidItem) as refused:
        json_value(operator("sum", word))
    assert (refused.value.rule, refused.value.element) == ("wrong-type", "sum")


def test_whole_numbers_past_sixty_four_bits_are_refused_rather_than_bent():
    factor = 10**17
    with pytest.raises(InvalidItem) as refused:
        of("product", *[factor] * 400)
    assert refused.value.rule == "number-too-large"


def test_floats_past_their_range_become_endless():
    assert of("product", 1e300, 1e300) == "INF"
    assert of("sum", 1.7e308, 1.7e308) == "INF"
    assert math.isfinite(of("sum", 1e308, -1e308, 1.0))
