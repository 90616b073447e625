import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.qti.errors import InvalidItem, UnsupportedElement
from tests.support.qti import base, json_value, operator, response

TEXT = st.text("abcAB 가", min_size=1, max_size=6)


def of(name, *strings, **attributes):
    return json_value(operator(name, *(base("string", each) for each in strings), **attributes))


@given(first=TEXT, second=TEXT)
def test_strings_match_with_and_without_regard_to_case(first, second):
    assert of("stringMatch", first, second, caseSensitive=True) is (first == second)
    assert of("stringMatch", first, second, caseSensitive=False) is (first.casefold() == second.casefold())
    assert of("substring", first, second, caseSensitive=True) is (first in second)
    assert of("substring", first, second, caseSensitive=False) is (first.casefold() in second.casefold())


@pytest.mark.parametrize("name", ["stringMatch", "substring"])
def test_null_strings_are_null(name):
    assert of(name, None, "a", caseSensitive=True) is None
    assert of(name, "a", "", caseSensitive=True) is None


def test_the_deprecated_substring_is_refused_with_the_way_out():
    with pytest.raises(UnsupportedElement) as refused:
        of("stringMatch", "a", "a", caseSensitive=True, substring=True)
    assert refused.value.rule == "deprecated-substring"
    with pytest.raises(InvalidItem):
        of("stringMatch", "a", "a")


def test_a_pattern_may_stand_in_a_variable():
    declared = response("string", identifier="P")
    expression = operator("patternMatch", base("string", "aa"), pattern="{P}")
    assert json_value(expression, declared, {"P": "a+"}) is True
    assert json_value(expression, declared, {"P": "b+"}) is False
    assert json_value(expression, declared, {"P": None}) is None


def test_a_pattern_meets_the_whole_string():
    assert of("patternMatch", "York", pattern="[A-Z][a-z]+") is True
    assert of("patternMatch", "New York", pattern="[A-Z][a-z]+") is False
    assert of("patternMatch", None, pattern="a") is None
    with pytest.raises(InvalidItem) as refused:
        of("patternMatch", "a", pattern="(a")
    assert (refused.value.rule, refused.value.element) == ("invalid-pattern", "patternMatch")
