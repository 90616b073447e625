import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.interactions.patterns import PatternRefused, compiled

signs = st.sampled_from(
    [
        "a",
        "b",
        "c",
        "(",
        "(?:",
        ")",
        "|",
        "*",
        "+",
        "?",
        "{1,2}",
        "{2}",
        "{0,1}",
        "{1,}",
        ".",
        "[ab]",
        "[^a]",
        r"\d",
        r"\S",
    ]
)


@given(st.lists(signs, min_size=1, max_size=8).map("".join), st.text("abc1 ", max_size=6))
def test_a_pattern_fits_what_pythons_own_engine_fits(written: str, answer: str) -> None:
    try:
        pattern = compiled(written)
    except PatternRefused:
        return

    assert pattern.fits(answer) is bool(re.fullmatch(written, answer))


@pytest.mark.parametrize("written", ["(a+)+b", "(a|a)*c", "(a?){30}(a){30}b", "a*a*a*a*a*b", "(.*)*x"])
def test_no_pattern_makes_a_long_answer_expensive(written: str) -> None:
    # An engine that goes back would not end within a lifetime here.
    assert compiled(written).fits("a" * 300) is False


@pytest.mark.parametrize(
    "written",
    [
        "(",
        ")",
        "a)",
        "[",
        "[]",
        "*",
        "a**",
        "a{2",
        "a{x}",
        "a{51}",
        "a{3,2}",
        "(?=a)",
        "(?<=a)b",
        r"\1",
        r"\b",
        "a\\",
        "[b-a]",
        "(" * 500,
        "(a{50}){50}",
        "^^a",
        "a$b",
    ],
)
def test_what_cannot_be_run_is_refused(written: str) -> None:
    with pytest.raises(PatternRefused):
        compiled(written)


def test_a_pattern_stands_for_the_whole_answer_and_may_ignore_case() -> None:
    assert compiled("^(?:SELECT|select)$").fits("select")
    assert compiled("(?i)[A-Z]+ ①?").fits("Where ")
    assert not compiled("abc").fits("abcd")
    assert compiled(r"가\.나").fits("가.나")
