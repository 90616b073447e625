"""The form of an item and its text: whatever an item says goes through them unchanged."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_core.assessment.schemas.item_text import content_from, text_of
from lms_core.assessment.schemas.items import TYPES, ItemIn, content_of, values_of
from lms_core.foundation.errors import Invalid
from lms_core.foundation.web.schemas import load
from tests.support.banks.strategies import contents

FORMED = {name for name, _ in TYPES}
BLANK = {"identifier": "a", "stem": {"ko": "질문 [[gap1]]"}}


@settings(max_examples=60)
@given(contents().filter(lambda content: content.type in FORMED))
def test_an_item_of_every_type_with_a_form_comes_back_as_it_was(content):
    assert content_of(load(ItemIn(), values_of(content)), content) == content


@settings(max_examples=60)
@given(contents())
def test_an_item_of_any_type_comes_back_from_its_text(content):
    assert content_from(text_of(content), content) == content


@given(st.sampled_from(sorted(FORMED)))
def test_an_empty_form_of_every_type_can_be_previewed(kind):
    assert content_of(load(ItemIn(), BLANK | {"type": kind, "choices": []})).type == kind


@pytest.mark.parametrize(
    ("kind", "row", "field"),
    [
        ("numeric", {"group": "gap1", "mark": "many"}, "choices.0.mark"),
        ("numeric", {"group": "", "mark": "3"}, "choices.0.group"),
        ("extended-text", {"text": {"ko": "근거"}, "mark": "nan"}, "choices.0.mark"),
        ("ordering", {"text": {"ko": "첫째"}, "mark": "first"}, "choices.0.mark"),
        ("hot-spot", {"text": {"ko": "자리"}, "area": "rect:a,b"}, "choices.0.area"),
        ("matching", {"mark": "a"}, "choices.0.text"),
        ("multiple-response", {"text": {"ko": "가"}, "weight": "half"}, "choices.0.weight"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(kind, row, field):
    with pytest.raises(Invalid) as refused:
        load(ItemIn(), BLANK | {"type": kind, "choices": [row]})
    assert list(refused.value.fields) == [field]


def test_rows_without_a_name_get_one_that_no_other_row_has():
    rows = [{"identifier": "c", "text": {"ko": "가"}, "correct": True}, {"text": {"ko": "나"}}, {"text": {"ko": "다"}}]
    content = content_of(load(ItemIn(), BLANK | {"type": "choice", "choices": rows}))
    assert [choice.identifier for choice in content.interaction.choices] == ["c", "a", "b"]


def test_a_text_that_cannot_be_read_says_in_which_line():
    with pytest.raises(Invalid) as refused:
        content_from("# a\ntype: choice\nnonsense: 1\n\n## ko\n\n무엇인가요?\n\n- [x] 가\n- [ ] 나\n")
    assert "Line 3" in str(refused.value.fields["lines"][0])


def test_a_text_keeps_the_name_of_its_item():
    source = "# {}\ntype: choice\nlicence: MIT\n\n## ko\n\n무엇인가요?\n\n- [x] 가\n- [ ] 나\n"
    with pytest.raises(Invalid):
        content_from(source.format("b"), content_from(source.format("a")))
