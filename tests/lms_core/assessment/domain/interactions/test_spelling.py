import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.interactions.spelling import accepts, folded
from lms_core.hooks.items import TextMatch


@pytest.mark.parametrize(
    ("accepted", "match", "typed", "right"),
    [
        ("데이터베이스", "folded", "데이터 베이스", True),
        ("데이터베이스", "folded", unicodedata.normalize("NFD", "데이터베이스"), True),
        ("데이터베이스", "exact", unicodedata.normalize("NFD", "데이터베이스"), True),
        ("데이터베이스", "exact", "데이터 베이스", False),
        ("서버", "folded", "서버가", False),
        ("Azure", "folded", "ＡＺＵＲＥ", True),
        ("Azure", "exact", "AZURE", False),
        ("Azure", "exact", "  Azure\ufeff", True),
        ("straße", "folded", "STRASSE", True),
        ("where", "folded", "", False),
        ("(?i)where\\s+clause", "pattern", "WHERE  Clause", True),
        ("(?i)where\\s+clause", "pattern", "whereclause", False),
        ("서버(가|는)?", "pattern", "서버는", True),
        ("(((", "pattern", "(((", False),
        (".*", "pattern", "", False),
    ],
)
def test_an_answer_is_compared_as_its_author_said(accepted: str, match: TextMatch, typed: str, right: bool) -> None:
    assert accepts(accepted, match, typed) is right


korean = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3) | st.sampled_from("AaＡ１1 .-"), min_size=1)


@given(korean.filter(str.strip))
def test_the_same_words_are_accepted_however_a_keyboard_composes_and_spaces_them(words: str) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert accepts(words, "folded", unicodedata.normalize(form, words))
    assert accepts(words, "folded", " ".join(words))
    assert accepts(words, "folded", words.upper())


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing_more(words: str) -> None:
    assert folded(folded(words)) == folded(words)
