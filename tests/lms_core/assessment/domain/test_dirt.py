import pytest

from lms_core.assessment.domain.dirt import doubts, pinned, speaks_of_the_others
from lms_core.assessment.domain.items import choices_of
from lms_core.assessment.domain.products import renamings_in
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent
from lms_core.hooks.words import Words


@pytest.mark.parametrize(
    "words",
    ["위의 모든 항목", "위의 모든 항목.", "위의 모든 것은 보안 보호 필요", "모두 해당합니다", "정답 없음",
     "All of the above", "None of these", "Both of the above."],
)  # fmt: skip
def test_a_choice_about_the_others_is_known(words: str) -> None:
    assert speaks_of_the_others(Choice("a", Words(ko=words)))


@pytest.mark.parametrize(
    "words", ["모든 관리 계정에 대해 다단계 인증 사용", "모든 미사용 데이터 암호화", "위치 정보", "All traffic"]
)
def test_a_choice_that_only_says_all_is_left_alone(words: str) -> None:
    assert not speaks_of_the_others(Choice("a", Words(ko=words)))


def test_it_is_pinned_and_the_others_are_not() -> None:
    choices = (Choice("a", Words(ko="가"), True), Choice("b", Words(ko="위의 모든 항목")))
    content = ItemContent("x", "choice", Words(ko="?"), ChoiceInteraction(choices))
    assert [choice.pinned for choice in choices_of(pinned(content))] == [False, True]


def test_old_product_names_are_found_once_and_new_ones_are_not() -> None:
    found = renamings_in("Azure AD와 Azure AD, Azure Active Directory. Azure AI Custom Vision, Bardic songs.")
    assert [renaming.old for renaming in found] == ["Azure AD", "Azure Active Directory"]


def test_one_explanation_on_the_item_is_enough() -> None:
    choices = (Choice("a", Words(ko="가"), True), Choice("b", Words(ko="나")))
    content = ItemContent("x", "choice", Words(ko="?"), ChoiceInteraction(choices), explanation=Words(ko="왜냐하면"))
    assert doubts(content) == ()
