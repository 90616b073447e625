"""Files that mean harm, or none but are broken: every one is refused by name, none brings the reader down."""

import io
from contextlib import suppress
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.qti.document import DEPTH_LIMIT
from lms_core.assessment.domain.qti.errors import QtiRefused
from lms_core.assessment.domain.qti.packages import read_member
from lms_core.assessment.domain.qti.scoring import score_file
from tests.support.qti import SCORE, base, item, mapping, numbers, operator, processing, response, template

WHOLE = item(
    response("identifier", "A", cardinality="multiple", inside=mapping({"A": 1, "B": 0.5}, upperBound=2)) + SCORE,
    template("map_response"),
)
RULED = item(
    response("float", "3") + SCORE,
    processing(
        operator(
            "setOutcomeValue",
            operator("sum", '<variable identifier="RESPONSE"/>', operator("max", numbers(1, 2.5))),
            identifier="SCORE",
        )
    ),
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["RESPONSE", "base", "list", "x"]), inner)
    ),
    max_leaves=6,
)


def is_told(data: bytes, given: object) -> bool:
    """Whether scoring ends in outcomes or in a refusal that names its rule; anything else fails the test."""
    try:
        return bool(score_file(data, given).outcomes)
    except QtiRefused as refused:
        return bool(refused.rule) and refused.line >= 0


@given(data=st.binary(max_size=60))
def test_no_bytes_bring_the_reader_down(data):
    assert is_told(data, {"RESPONSE": "A"})


@given(
    whole=st.sampled_from([WHOLE, RULED]),
    place=st.integers(0, 900),
    length=st.integers(0, 12),
    inserted=st.binary(max_size=6)
    | st.sampled_from([b'"', b"<", b"/>", b"INF", b"-1", b"0", b"null", b"<sum>", b"&x;"]),
)
def test_an_item_with_a_wound_is_scored_or_refused(whole, place, length, inserted):
    assert is_told(whole[:place] + inserted + whole[place + length :], {"RESPONSE": "3"})


@given(answer=ANYTHING)
def test_no_response_brings_the_scoring_down(answer):
    assert is_told(WHOLE, answer)
    assert is_told(RULED, answer)


@given(place=st.integers(0, 400), flipped=st.binary(min_size=1, max_size=4))
def test_no_package_brings_the_reader_down(place, flipped):
    stream = io.BytesIO()
    with ZipFile(stream, "w") as package:
        package.writestr("item.xml", WHOLE)
        package.writestr("imsmanifest.xml", b"<manifest/>")
    data = bytearray(stream.getvalue())
    start = place % len(data)
    data[start : start + len(flipped)] = flipped
    with suppress(QtiRefused):
        assert isinstance(read_member(io.BytesIO(data), "item.xml"), bytes)


def test_expressions_nested_as_deep_as_a_file_may_be_are_followed():
    depth = DEPTH_LIMIT - 6
    nested = "<sum>" * depth + base("integer", 1) + "</sum>" * depth
    rules = operator("setOutcomeValue", nested, identifier="SCORE")
    assert score_file(item(SCORE, processing(rules)), {}).outcomes["SCORE"] == 1
    deeper = "<sum>" * (DEPTH_LIMIT + 1) + base("integer", 1) + "</sum>" * (DEPTH_LIMIT + 1)
    with pytest.raises(QtiRefused) as refused:
        score_file(item(SCORE, processing(operator("setOutcomeValue", deeper, identifier="SCORE"))), {})
    assert refused.value.rule == "too-deep"


def test_repetition_inside_repetition_does_not_fill_the_memory():
    grown = numbers(1)
    for _ in range(6):
        grown = operator("repeat", grown, numberRepeats=1000)
    rules = operator("setOutcomeValue", operator("containerSize", grown), identifier="SCORE")
    with pytest.raises(QtiRefused):
        score_file(item(SCORE, processing(rules)), {})


def test_work_inside_work_is_ended():
    worked = numbers(1)
    for _ in range(4):
        worked = operator("sum", operator("repeat", worked, numberRepeats=1000))
    with pytest.raises(QtiRefused) as refused:
        score_file(item(SCORE, processing(operator("setOutcomeValue", worked, identifier="SCORE"))), {})
    assert refused.value.rule == "too-many-steps"


def test_powers_of_powers_do_not_fill_the_memory():
    tower = numbers(9)
    for _ in range(40):
        tower = operator("power", tower, numbers(9))
    rules = operator("setOutcomeValue", tower, identifier="SCORE")
    assert score_file(item(SCORE, processing(rules)), {}).outcomes["SCORE"] is None
