import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.qti.errors import InvalidItem
from tests.support.qti import base, json_value, numbers, operator


def function(name, *values):
    return json_value(operator("mathOperator", numbers(*values), name=name))


def statistic(name, *values):
    return json_value(operator("statsOperator", operator("multiple", numbers(*values)), name=name))


@pytest.mark.parametrize(
    ("name", "value", "result"),
    [
        ("sin", 0, 0.0),
        ("cos", 0, 1.0),
        ("tan", 0, 0.0),
        ("sec", 0, 1.0),
        ("csc", math.pi / 2, 1.0),
        ("csc", 0, None),
        ("cot", math.pi / 4, 1.0),
        ("cot", 0, None),
        ("asin", 1, math.pi / 2),
        ("asin", 2, None),
        ("acos", 1, 0.0),
        ("atan", 1, math.pi / 4),
        ("asec", 2, math.pi / 3),
        ("asec", 0.5, None),
        ("acsc", 2, math.pi / 6),
        ("acot", 1, math.pi / 4),
        ("acot", 0, math.pi / 2),
        ("sinh", 0, 0.0),
        ("cosh", 0, 1.0),
        ("tanh", 0, 0.0),
        ("sech", 0, 1.0),
        ("sech", 1000, 0.0),
        ("csch", 0, None),
        ("coth", 0, None),
        ("log", 1000, 3.0),
        ("log", 0, None),
        ("ln", math.e, 1.0),
        ("ln", -1, None),
        ("exp", 1, math.e),
        ("abs", -3, 3.0),
        ("signum", -2.5, -1),
        ("signum", 0, 0),
        ("floor", -1.5, -2),
        ("ceil", -1.5, -1),
        ("toDegrees", math.pi, 180.0),
        ("toRadians", 180, math.pi),
    ],
)
def test_functions_of_one_number(name, value, result):
    told = function(name, value)
    assert told == (None if result is None else pytest.approx(result))
    assert type(told) is type(result)


def test_growing_past_the_range_is_endless():
    assert function("exp", 1000) == "INF"
    assert function("sinh", -1000) == "-INF"
    assert json_value(operator("mathOperator", base("float", "INF"), name="exp")) == "INF"
    assert json_value(operator("mathOperator", base("float", "-INF"), name="exp")) == 0.0
    assert json_value(operator("mathOperator", base("float", "INF"), name="floor")) == "INF"


@given(y=st.floats(-9, 9), x=st.floats(-9, 9))
def test_the_angle_of_two_numbers(y, x):
    assert function("atan2", y, x) == math.atan2(y, x)


def test_the_number_of_arguments_belongs_to_the_function():
    for name, values in (("atan2", (1,)), ("sin", (1, 2))):
        with pytest.raises(InvalidItem) as refused:
            function(name, *values)
        assert refused.value.rule == "wrong-number-of-operands"
    with pytest.raises(InvalidItem):
        function("gamma", 1)


@pytest.mark.parametrize("name", ["sin", "log", "floor"])
def test_null_and_what_is_no_number_are_null(name):
    assert function(name, None) is None
    assert json_value(operator("mathOperator", base("float", "NaN"), name=name)) is None


@pytest.mark.parametrize(
    ("name", "result"),
    [("mean", 5.0), ("sampleVariance", 32 / 7), ("sampleSD", math.sqrt(32 / 7)), ("popVariance", 4.0), ("popSD", 2.0)],
)
def test_statistics_of_a_container(name, result):
    assert statistic(name, 2, 4, 4, 4, 5, 5, 7, 9) == pytest.approx(result)


def test_a_spread_needs_two_values_and_a_statistic_needs_numbers():
    assert statistic("mean", 3) == 3.0
    assert statistic("popSD", 3) is None
    assert statistic("sampleVariance", 3) is None
    words = operator("multiple", base("string", "a"), base("string", "b"))
    assert json_value(operator("statsOperator", words, name="mean")) is None
    assert json_value(operator("statsOperator", "<null/>", name="mean")) is None
