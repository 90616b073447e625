import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.qti.patterns import PatternError, compile_pattern

ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\d", r"\s", "[a-c]"])


def joined(inner):
    quantified = st.builds(
        lambda part, times: f"(?:{part}){times}", inner, st.sampled_from(["", "?", "*", "+", "{2}", "{1,3}", "{2,}"])
    )
    return st.one_of(
        quantified,
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
    )


@given(pattern=st.recursive(ATOMS, joined, max_leaves=6), text=st.text("ab1 c", max_size=8))
def test_patterns_that_both_languages_share_mean_the_same(pattern, text):
    ours = compile_pattern(pattern.replace("(?:", "("))
    assert ours.is_met_by(text) is (re.fullmatch(pattern, text) is not None)


@pytest.mark.parametrize(
    ("pattern", "met", "missed"),
    [
        ("[a-z-[aeiou]]+", "xyz", "xay"),
        (r"\p{Lu}\p{Ll}*", "École", "école"),
        (r"\P{L}+", "123", "1a3"),
        (r"\i\c*", "_name-1.x", "1name"),
        (r"\I", "1", "a"),
        (r"\w+", "가나다", "가 나"),
        ("^a$", "^a$", "a"),
        (r"a\.b", "a.b", "axb"),
        ("a|bc|", "", "b"),
        ("[-a]+", "a-a", "b"),
        ("[+-]?[0-9]+", "-12", "--12"),
        (r"\n", "\n", "n"),
        (r"[\]\\]", "]", "x"),
        ("x{0}y", "y", "xy"),
    ],
)
def test_what_only_xml_schema_says(pattern, met, missed):
    compiled = compile_pattern(pattern)
    assert compiled.is_met_by(met)
    assert not compiled.is_met_by(missed)


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        ")",
        "a)",
        "*a",
        "a**",
        "[",
        "[]",
        "[z-a]",
        "a{",
        "a{2,1}",
        "}",
        "]",
        "\\",
        r"\q",
        r"\p{Nope}",
        r"\p",
        "[a-[b]",
    ],
)
def test_what_is_no_pattern_is_refused_with_its_place(pattern):
    with pytest.raises(PatternError) as refused:
        compile_pattern(pattern)
    assert refused.value.reason.values["place"] >= 1


@pytest.mark.parametrize("pattern", ["(" * 60 + "a" + ")" * 60, "((a{100}){100}){100}", "a{9999}", "[a-" * 60])
def test_patterns_that_are_too_large_are_refused(pattern):
    with pytest.raises(PatternError):
        compile_pattern(pattern)


def test_a_pattern_that_explodes_elsewhere_is_matched():
    assert not compile_pattern("(a+)+b").is_met_by("a" * 2_000)
    assert compile_pattern("(a|a)*").is_met_by("a" * 2_000)
