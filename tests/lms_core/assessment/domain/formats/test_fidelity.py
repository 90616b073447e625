"""What an export says of itself is true: reading the file back gives each item again, less exactly what was told."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_core.assessment.domain.formats import CORE_FORMATS, export
from lms_core.assessment.domain.formats.differences import differences
from lms_core.hooks.item_formats import ItemFormat, ReadOptions, WriteOptions
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent, Provenance
from lms_core.hooks.words import Words
from tests.support.banks.strategies import contents

WRITTEN = [one for one in CORE_FORMATS if one.write]
LOSSLESS = [one for one in WRITTEN if one.name in {"json-lines", "bank"}]
OURS = Provenance("CC-BY-4.0", "Academy")


def unique(items: list[ItemContent]) -> list[ItemContent]:
    return list({one.identifier: one for one in items}.values())


@pytest.mark.parametrize("item_format", WRITTEN, ids=lambda one: one.name)
@settings(deadline=None, max_examples=40)
@given(items=st.lists(contents(), min_size=1, max_size=4).map(unique))
def test_what_comes_back_differs_by_exactly_what_was_told(item_format: ItemFormat, items: list[ItemContent]) -> None:
    stream = BytesIO()
    told = list(export(item_format, stream, items, WriteOptions()))
    stream.seek(0)
    written = [(item, one) for item, one in zip(items, told, strict=True) if one.is_written]
    if not written:
        return
    back = list(item_format.read(stream, ReadOptions("export", "ko", OURS)))
    assert len(back) == len(written)
    for (item, one), read in zip(written, back, strict=True):
        assert read.content is not None
        assert differences(item, read.content) == one.losses


@pytest.mark.parametrize("item_format", LOSSLESS, ids=lambda one: one.name)
@settings(deadline=None, max_examples=60)
@given(item=contents())
def test_our_own_formats_lose_nothing(item_format: ItemFormat, item: ItemContent) -> None:
    (told,) = export(item_format, BytesIO(), [item], WriteOptions())
    assert told.is_written
    assert told.losses == ()


def question(**changed: object) -> ItemContent:
    choices = (Choice("a", Words(ko="예", en="Yes"), correct=True), Choice("b", Words(ko="아니요", en="No")))
    values: dict[str, object] = {"tags": ("network",), "explanation": Words(ko="설명", en="Because")} | changed
    return ItemContent("q1", "choice", Words(ko="질문이에요?", en="Is it?"), ChoiceInteraction(choices), **values)  # type: ignore[arg-type]


def test_each_aspect_that_changed_is_named_once() -> None:
    told = {one.rule for one in differences(question(), question(tags=(), explanation=Words(ko="다른", en="Other")))}
    assert told == {"lost-tags", "lost-explanation"}


def test_a_language_that_is_gone_is_told_as_one_loss() -> None:
    choices = (Choice("x", Words(ko="예"), correct=True), Choice("y", Words(ko="아니요")))
    korean = ItemContent("q1", "choice", Words(ko="질문이에요?"), ChoiceInteraction(choices), tags=("network",))
    after = ItemContent(
        **{name: getattr(korean, name) for name in korean.__slots__} | {"explanation": Words(ko="설명")}
    )
    assert [one.rule for one in differences(question(), after)] == ["lost-language"]


def test_how_choices_are_named_is_no_difference_and_which_is_right_is() -> None:
    one, other = question(), question()
    renamed = ChoiceInteraction(
        tuple(Choice(f"n{at}", each.text, each.correct) for at, each in enumerate(other.interaction.choices))
    )  # type: ignore[union-attr]
    turned = ChoiceInteraction(
        tuple(Choice(each.identifier, each.text, not each.correct) for each in other.interaction.choices)
    )  # type: ignore[union-attr]
    same = ItemContent("q1", "choice", one.stem, renamed, tags=one.tags, explanation=one.explanation)
    wrong = ItemContent("q1", "choice", one.stem, turned, tags=one.tags, explanation=one.explanation)
    assert differences(one, same) == ()
    assert [each.rule for each in differences(one, wrong)] == ["lost-correct"]
