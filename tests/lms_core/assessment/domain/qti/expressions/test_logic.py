import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.qti.errors import InvalidItem
from tests.support.qti import base, json_value, operator

THREE = st.sampled_from([True, False, None])


def literals(*values):
    return "".join(base("boolean", None if each is None else str(each).lower()) for each in values)


def of(name, *values, **attributes):
    return json_value(operator(name, literals(*values), **attributes))


@given(values=st.lists(THREE, min_size=1, max_size=5))
def test_null_decides_neither_and_nor_or(values):
    assert of("and", *values) == (False if False in values else None if None in values else True)
    assert of("or", *values) == (True if True in values else None if None in values else False)


@given(values=st.lists(THREE, min_size=1, max_size=4))
def test_negation_turns_and_into_or(values):
    negated = [None if each is None else not each for each in values]
    assert json_value(operator("not", operator("and", literals(*values)))) == of("or", *negated)


@pytest.mark.parametrize(
    ("values", "result"),
    [
        ((True, True, False, None), None),
        ((True, False, False, None), False),
        ((True, True, True, None), True),
        ((True, True, True, True), True),
        ((True, True, True, True, True), False),
    ],
)
def test_at_least_three_and_at_most_four(values, result):
    assert of("anyN", *values, min=3, max=4) == result


@given(values=st.lists(THREE, min_size=1, max_size=5), least=st.integers(0, 5), most=st.integers(0, 5))
def test_a_count_is_told_only_if_every_way_to_fill_the_nulls_agrees(values, least, most):
    true, unknown = values.count(True), values.count(None)
    verdicts = {least <= true + filled <= most for filled in range(unknown + 1)}
    told = of("anyN", *values, min=least, max=most)
    assert verdicts == {told} if told is not None else True
    if verdicts == {True}:
        assert told is True


def test_what_is_no_boolean_is_refused_by_name():
    with pytest.raises(InvalidItem) as refused:
        json_value(operator("and", base("integer", 1)))
    assert (refused.value.rule, refused.value.element, refused.value.line) == ("wrong-type", "and", 4)
