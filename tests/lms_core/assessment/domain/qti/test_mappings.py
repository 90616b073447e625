from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.qti.errors import InvalidItem
from tests.support.qti import json_value, mapping, response

MAPPED = '<mapResponse identifier="RESPONSE"/>'
POINTED = '<mapResponsePoint identifier="RESPONSE"/>'
LETTERS = "ABCDE"


def mapped(given_response, entries, base_type="identifier", cardinality="multiple", **attributes):
    declared = response(base_type, cardinality=cardinality, inside=mapping(entries, **attributes))
    return json_value(MAPPED, declared, {"RESPONSE": given_response})


@pytest.mark.parametrize(("given_response", "told"), [("C", 0.5), ("E", 0.0)])
def test_a_single_value_is_looked_up(given_response, told):
    assert mapped(given_response, {"A": 0, "B": 1, "C": 0.5, "D": 0}, cardinality="single") == told


def test_values_of_a_container_are_added_each_once():
    entries = {"A": 0, "B": 1, "C": 0.5, "D": 0}
    assert mapped(["C", "B"], entries) == 1.5
    assert mapped(["B", "B", "C"], entries) == 1.5
    assert mapped(["X", "X", "Y"], entries, defaultValue=-1) == -2


def test_decimals_are_added_as_they_are_written():
    assert mapped(["A", "B"], {"A": 0.1, "B": 0.2}) == 0.3


def test_integers_do_not_stand_for_the_places_of_entries():
    assert mapped([0, 7], {"7": 2}, "integer", defaultValue=5) == 7


@given(
    picked=st.lists(st.sampled_from(LETTERS), max_size=6),
    weights=st.dictionaries(st.sampled_from(LETTERS), st.integers(-20, 20), max_size=5),
    default=st.integers(-5, 5),
    lower=st.none() | st.integers(-10, 0),
    upper=st.none() | st.integers(0, 10),
    data=st.data(),
)
def test_a_mapping_is_a_bounded_sum_in_any_order(picked, weights, default, lower, upper, data):
    bounds = {name: each for name, each in (("lowerBound", lower), ("upperBound", upper)) if each is not None}
    told = mapped(picked, weights, defaultValue=default, **bounds)
    total = sum(weights.get(each, default) for each in set(picked)) if picked else default
    raised = total if lower is None else max(total, lower)
    assert told == (raised if upper is None else min(raised, upper))
    assert told == mapped(data.draw(st.permutations(picked)), weights, defaultValue=default, **bounds)


def test_case_counts_unless_the_entry_says_otherwise():
    rows = '<mapEntry mapKey="York" mappedValue="1"/><mapEntry mapKey="LEEDS" mappedValue="2" caseSensitive="false"/>'
    declared = response("string", inside=f"<mapping>{rows}</mapping>")
    told = [json_value(MAPPED, declared, {"RESPONSE": each}) for each in ("York", "york", "leeds", "Leeds")]
    assert told == [1, 0, 2, 2]


def test_no_answer_may_be_mapped_as_an_empty_key():
    assert mapped(None, {"": 3, "a": 1}, "string", "single") == 3
    assert mapped(None, {"a": 1}, "string", "single", defaultValue=-1) == -1
    assert mapped(None, {"A B": 1}, "pair", defaultValue=-1) == -1


def test_pairs_are_mapped_in_either_direction_and_directed_pairs_in_one():
    assert mapped(["B A"], {"A B": 1}, "pair") == 1
    assert mapped(["B A"], {"A B": 1}, "directedPair") == 0


AREAS = (
    '<areaMapping defaultValue="-1" lowerBound="-2" upperBound="4">'
    '<areaMapEntry shape="rect" coords="0,0,10,10" mappedValue="2"/>'
    '<areaMapEntry shape="circle" coords="10,10,5" mappedValue="3"/></areaMapping>'
)


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ([], -1),
        (["1 1"], 2),
        (["1 1", "2 2"], 2),
        (["10 10"], 2),
        (["12 12"], 3),
        (["1 1", "12 12"], 4),
        (["99 99", "98 98", "97 97"], -2),
        (["99 99", "99 99"], -1),
        (["1 1", "99 99"], 1),
    ],
)
def test_a_point_counts_for_the_first_area_that_holds_it_and_an_area_once(points, told):
    declared = response("point", cardinality="multiple", inside=AREAS)
    assert json_value(POINTED, declared, {"RESPONSE": points}) == told


@pytest.mark.parametrize(
    "declared",
    [
        response("file", inside=mapping({"a": 1})),
        response("duration", inside=mapping({"1": 1})),
        response("identifier", inside=AREAS),
        response("integer", inside=mapping({"a": 1})),
        response("identifier", inside=mapping({"A": 1}, upperBound="INF")),
        response("identifier", inside='<mapping><mapEntry mapKey="A"/></mapping>'),
        response("identifier", inside='<mapping><mapEntry mappedValue="1"/></mapping>'),
    ],
)
def test_a_mapping_that_means_nothing_is_refused(declared):
    with pytest.raises(InvalidItem) as refused:
        json_value("<null/>", declared)
    assert refused.value.line == 2


@given(values=st.lists(st.decimals(-9, 9, places=2), max_size=6, unique=True))
def test_a_sum_is_rounded_once(values):
    entries = {f"K{place}": float(each) for place, each in enumerate(values)}
    assert mapped(list(entries), entries) == float(sum((Fraction(each) for each in values), Fraction(0)))
