import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.qti.errors import InvalidItem
from tests.support.qti import base, json_value, numbers, operator

WORDS = st.lists(st.sampled_from("ABCD"), min_size=1, max_size=5)
REAL = st.floats(-1e6, 1e6)


def names(container, *words):
    return operator(container, *(base("identifier", each) for each in words))


def of(name, first, second, **attributes):
    return json_value(operator(name, numbers(first, second), **attributes))


@given(words=WORDS, data=st.data())
def test_containers_without_order_match_in_any_order(words, data):
    shuffled = data.draw(st.permutations(words))
    assert json_value(operator("match", names("multiple", *words), names("multiple", *shuffled))) is True
    ordered = json_value(operator("match", names("ordered", *words), names("ordered", *shuffled)))
    assert ordered is (list(shuffled) == words)


def test_a_value_that_stands_twice_counts_twice():
    assert json_value(operator("match", names("multiple", *"AAB"), names("multiple", *"ABB"))) is False


@pytest.mark.parametrize(
    ("base_type", "first", "second", "result"),
    [
        ("pair", "A B", "B A", True),
        ("directedPair", "A B", "B A", False),
        ("point", "1 2", "1 2", True),
        ("string", "York", "york", False),
        ("boolean", "true", "false", False),
        ("identifier", "A", None, None),
        ("integer", None, 1, None),
    ],
)
def test_single_values_match_by_the_rules_of_their_type(base_type, first, second, result):
    assert json_value(operator("match", base(base_type, first), base(base_type, second))) == result


@pytest.mark.parametrize(
    "operands",
    [
        (base("string", "1"), base("integer", 1)),
        (base("duration", 1), base("duration", 1)),
        (base("identifier", "A"), names("multiple", "A")),
        (names("multiple", "A"), names("ordered", "A")),
    ],
)
def test_values_of_different_types_are_refused_and_durations_never_match(operands):
    with pytest.raises(InvalidItem) as refused:
        json_value(operator("match", *operands))
    assert refused.value.rule == "wrong-type"


@pytest.mark.parametrize(
    ("first", "second", "attributes", "result"),
    [
        (1, 1.0, {"toleranceMode": "exact"}, True),
        (1, 1.1, {}, False),
        (0.3, 0.4, {"toleranceMode": "absolute", "tolerance": "0.1"}, True),
        (0.8, 0.7, {"toleranceMode": "absolute", "tolerance": "0.1"}, True),
        (0.8, 0.7, {"toleranceMode": "absolute", "tolerance": "0.1", "includeLowerBound": False}, False),
        (0.8, 0.9, {"toleranceMode": "absolute", "tolerance": "0.1", "includeUpperBound": False}, False),
        (10, 9, {"toleranceMode": "absolute", "tolerance": "1 2"}, True),
        (10, 12, {"toleranceMode": "absolute", "tolerance": "1 2"}, True),
        (10, 8.9, {"toleranceMode": "absolute", "tolerance": "1 2"}, False),
        (200, 190, {"toleranceMode": "relative", "tolerance": "5"}, True),
        (200, 189.9, {"toleranceMode": "relative", "tolerance": "5"}, False),
        (-200, -205, {"toleranceMode": "relative", "tolerance": "5"}, True),
        (1, None, {"toleranceMode": "exact"}, None),
    ],
)
def test_equality_holds_within_its_tolerance(first, second, attributes, result):
    assert of("equal", first, second, **attributes) == result


@given(value=REAL, tolerance=st.floats(0, 100))
def test_a_number_equals_itself_whatever_the_tolerance(value, tolerance):
    for mode in ("absolute", "relative"):
        assert of("equal", value, value, toleranceMode=mode, tolerance=repr(tolerance)) is True


@pytest.mark.parametrize(
    "attributes",
    [
        {"toleranceMode": "vague"},
        {"toleranceMode": "absolute"},
        {"toleranceMode": "absolute", "tolerance": "-1"},
        {"toleranceMode": "relative", "tolerance": "1 2 3"},
        {"toleranceMode": "absolute", "tolerance": "nowhere"},
    ],
)
def test_a_tolerance_that_means_nothing_is_refused(attributes):
    with pytest.raises(InvalidItem) as refused:
        of("equal", 1, 1, **attributes)
    assert refused.value.element == "equal"


@pytest.mark.parametrize(
    ("first", "second", "mode", "figures", "result"),
    [
        (3.175, 3.183, "significantFigures", 3, True),
        (3.175, 3.1749, "significantFigures", 3, False),
        (1.68572, 1.69, "decimalPlaces", 2, True),
        (1.68572, 1.68432, "decimalPlaces", 2, False),
        (1.5, None, "decimalPlaces", 2, None),
    ],
)
def test_equality_after_rounding(first, second, mode, figures, result):
    assert of("equalRounded", first, second, roundingMode=mode, figures=figures) == result


@given(first=REAL, second=REAL)
def test_numbers_are_ordered_in_one_way(first, second):
    assert of("lt", first, second) is (first < second)
    assert of("gt", first, second) is (first > second)
    assert of("lte", first, second) is not of("gt", first, second)
    assert of("gte", first, second) is not of("lt", first, second)


@pytest.mark.parametrize("name", ["lt", "gt", "lte", "gte"])
def test_a_null_number_has_no_order(name):
    assert of(name, 1, None) is None
    assert of(name, None, 1) is None


def test_durations_are_shorter_or_not():
    short, long = base("duration", 9.5), base("duration", 10)
    assert json_value(operator("durationLT", short, long)) is True
    assert json_value(operator("durationLT", long, long)) is False
    assert json_value(operator("durationGTE", long, long)) is True
    assert json_value(operator("durationGTE", "<null/>", long)) is None


def test_a_point_or_any_of_several_is_inside():
    far, near = base("point", "9 9"), base("point", "1 1")
    area = {"shape": "rect", "coords": "0,0,2,2"}
    assert json_value(operator("inside", near, **area)) is True
    assert json_value(operator("inside", far, **area)) is False
    assert json_value(operator("inside", operator("multiple", far, near), **area)) is True
    assert json_value(operator("inside", "<null/>", **area)) is None
