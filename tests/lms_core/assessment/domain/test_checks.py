from dataclasses import replace

import pytest

from lms_core.assessment.domain.checks import problems
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent, ItemTypeName
from lms_core.hooks.words import Words


def item(
    *choices: str, stem: str = "Which?", kind: ItemTypeName = "choice", keys: tuple[int, ...] = (0,)
) -> ItemContent:
    listed = tuple(Choice(str(number), Words(en=words), number in keys) for number, words in enumerate(choices))
    return ItemContent("a", kind, Words(en=stem), ChoiceInteraction(listed))


def rules(content: ItemContent) -> set[str]:
    return {problem.rule for problem in problems(content)}


def test_a_sound_item_breaks_no_rule() -> None:
    assert problems(item("a", "b")) == ()


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (item("a", "b", stem=" "), "empty-stem"),
        (item("a", "b", stem="문제 1"), "placeholder"),
        (item("a", "b", stem="TODO write"), "placeholder"),
        (item("보기 1", "보기 2"), "placeholder"),
        (item("a"), "too-few-choices"),
        (item("a", ""), "empty-choice"),
        (item("a", "b", keys=()), "no-key"),
        (item("a", "b", keys=(0, 1)), "several-keys"),
        (item("a", " a "), "equal-choices"),
        (replace(item("a", "b"), tags=("ai-900 dump",)), "recalled-from-exam"),
        (replace(item("a", "b"), scoring="map"), "no-weights"),
        (replace(item("a", "b"), stem=Words(en="Which?", ko="무엇인가요?")), "missing-language"),
    ],
)
def test_an_unusable_item_breaks_its_rule(content: ItemContent, rule: str) -> None:
    assert rule in rules(content)


def test_several_keys_are_right_for_multiple_response() -> None:
    assert problems(item("a", "b", "c", kind="multiple-response", keys=(0, 1))) == ()


def test_choices_that_differ_only_in_case_are_different() -> None:
    assert problems(item("Get", "get")) == ()


def test_a_question_about_questions_is_no_placeholder() -> None:
    assert problems(item("a", "b", stem="Question: which of these is a bucket?")) == ()
