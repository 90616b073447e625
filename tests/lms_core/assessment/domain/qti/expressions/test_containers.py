from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.qti.errors import InvalidItem
from tests.support.qti import base, json_value, numbers, operator, response

WORDS = st.lists(st.sampled_from("ABC"), min_size=1, max_size=5)


def names(container, *words):
    return operator(container, *(base("identifier", each) for each in words))


def of(name, *operands, **attributes):
    return json_value(operator(name, *operands, **attributes))


def test_a_container_takes_values_and_containers_and_leaves_nulls_out():
    assert of("multiple", base("identifier", "A"), "<null/>", names("multiple", "B", "C")) == ["A", "B", "C"]
    assert of("ordered", base("identifier", "A"), names("ordered", "B", "C")) == ["A", "B", "C"]
    assert of("multiple") is None
    assert of("ordered", "<null/>") is None
    with pytest.raises(InvalidItem):
        of("multiple", names("ordered", "A"))
    with pytest.raises(InvalidItem):
        of("multiple", base("identifier", "A"), base("integer", 1))


@given(words=WORDS)
def test_the_size_of_a_container(words):
    assert of("containerSize", names("multiple", *words)) == len(words)


def test_null_has_no_size_and_an_empty_string_is_null():
    assert of("containerSize", "<null/>") == 0
    assert of("isNull", "<null/>") is True
    assert of("isNull", base("string", "")) is True
    assert of("isNull", base("string", " ")) is False


@given(words=WORDS, place=st.integers(1, 7))
def test_places_are_counted_from_one(words, place):
    found = of("index", names("ordered", *words), n=place)
    assert found == (words[place - 1] if place <= len(words) else None)


def test_a_place_may_be_named_by_a_variable():
    declared = response("integer", identifier="N")
    assert json_value(operator("index", names("ordered", *"AB"), n="N"), declared, {"N": 2}) == "B"
    assert json_value(operator("index", names("ordered", *"AB"), n="{N}"), declared, {"N": None}) is None
    for wrong in ("0", "M"):
        with pytest.raises(InvalidItem):
            json_value(operator("index", names("ordered", *"AB"), n=wrong), declared, {"N": 2})
    with pytest.raises(InvalidItem):
        of("index", names("multiple", "A"), n=1)


@given(words=WORDS, one=st.sampled_from("ABCD"))
def test_membership_and_deletion_agree(words, one):
    is_member = of("member", base("identifier", one), names("multiple", *words))
    left = of("delete", base("identifier", one), names("ordered", *words))
    assert is_member is (one in words)
    assert (left or []) == [each for each in words if each != one]


def test_pairs_are_members_in_either_direction():
    pairs = operator("multiple", base("pair", "A B"), base("pair", "C D"))
    assert of("member", base("pair", "B A"), pairs) is True
    assert of("delete", base("pair", "D C"), pairs) == ["A B"]


@given(whole=WORDS, part=WORDS)
def test_containment_counts_without_order_and_follows_it_with(whole, part):
    counted = of("contains", names("multiple", *whole), names("multiple", *part))
    assert counted is (not Counter(part) - Counter(whole))
    run = of("contains", names("ordered", *whole), names("ordered", *part))
    assert run is ("".join(part) in "".join(whole))


@pytest.mark.parametrize(
    ("container", "whole", "part", "result"),
    [
        ("multiple", "ABC", "CA", True),
        ("multiple", "ABC", "BB", False),
        ("multiple", "ABBC", "BB", True),
        ("ordered", "ABC", "CA", False),
        ("ordered", "ABC", "BC", True),
    ],
)
def test_containment_as_the_specification_shows_it(container, whole, part, result):
    assert of("contains", names(container, *whole), names(container, *part)) is result


@pytest.mark.parametrize("name", ["member", "delete", "contains"])
def test_null_on_either_side_is_null(name):
    one = names("multiple", "A") if name == "contains" else base("identifier", "A")
    assert of(name, "<null/>", names("multiple", "A")) is None
    assert of(name, one, "<null/>") is None


@pytest.mark.parametrize("name", ["member", "delete"])
def test_another_type_is_refused(name):
    with pytest.raises(InvalidItem):
        of(name, base("integer", 1), names("multiple", "A"))


def test_repetition_evaluates_again_and_keeps_the_order():
    assert of("repeat", numbers(1, 2), numberRepeats=2) == [1, 2, 1, 2]
    assert of("repeat", names("ordered", *"AB"), numberRepeats=2) == ["A", "B", "A", "B"]
    assert of("repeat", numbers(1), numberRepeats=0) is None
    drawn = of("repeat", '<randomInteger max="1000000"/>', numberRepeats=20)
    assert len(set(drawn)) > 1
    with pytest.raises(InvalidItem):
        of("repeat", numbers(1), numberRepeats=1_000_000)


def test_a_field_of_a_record():
    declared = '<responseDeclaration identifier="R" cardinality="record"/>'
    given_record = {"R": {"integerValue": 3, "stringValue": "3"}}
    field = operator("fieldValue", '<variable identifier="R"/>', fieldIdentifier="integerValue")
    assert json_value(field, declared, given_record) == 3
    absent = operator("fieldValue", '<variable identifier="R"/>', fieldIdentifier="exponent")
    assert json_value(absent, declared, given_record) is None
    assert json_value(field, declared, {"R": None}) is None


@given(words=WORDS, seed=st.integers(0, 99))
def test_a_random_value_is_one_of_them_and_the_seed_decides_which(words, seed):
    expression = operator("random", names("multiple", *words))
    drawn = json_value(expression, seed=seed)
    assert drawn in words
    assert drawn == json_value(expression, seed=seed)
    assert of("random", "<null/>") is None
