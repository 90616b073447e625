from dataclasses import replace

from hypothesis import given

from lms_core.assessment.domain.banks import headline_in
from lms_core.assessment.domain.items import canonical_hash, canonical_hashes
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent
from lms_core.hooks.words import Words
from tests.support.banks.strategies import contents


def item(stem: str, *choices: str, key: int = 0) -> ItemContent:
    listed = tuple(Choice(str(number), Words(ko=words), number == key) for number, words in enumerate(choices))
    return ItemContent("a", "choice", Words(ko=stem), ChoiceInteraction(listed))


def test_white_space_letters_composed_and_order_of_choices_do_not_count() -> None:
    composed = item("다음 중 무엇인가요?", "가", "나")
    decomposed = item("다음  중\n무엇인가요? ".replace("다", "다"), " 나", "가", key=1)
    assert canonical_hash(composed, "ko") == canonical_hash(decomposed, "ko")


def test_another_key_is_another_item() -> None:
    assert canonical_hash(item("?", "가", "나"), "ko") != canonical_hash(item("?", "가", "나", key=1), "ko")


@given(contents())
def test_explanations_and_names_do_not_change_the_question(content: ItemContent) -> None:
    other = replace(content, identifier="other", explanation=Words(ko="다른 설명"), tags=("x",))
    assert canonical_hashes(other) == canonical_hashes(content)
    assert set(canonical_hashes(content)) == {"ko", "en"}


def test_a_headline_is_told_in_the_readers_language_else_in_the_first_one() -> None:
    assert headline_in("무엇인가요?\nWhich one?", "ko en", "en") == "Which one?"
    assert headline_in("무엇인가요?", "ko", "en") == "무엇인가요?"
    assert headline_in("", "", "ko") == ""
