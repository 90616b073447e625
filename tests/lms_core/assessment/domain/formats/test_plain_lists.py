"""Aiken, `* + -` lists and quiz JSON: read as they are found in the wild, refused by name and place."""

import io

import pytest

from lms_core.assessment.domain.formats.aiken import read_aiken
from lms_core.assessment.domain.formats.errors import BrokenFile, FileRefused, FileTooLarge, TruncatedFile
from lms_core.assessment.domain.formats.plus_minus import read_plus_minus
from lms_core.assessment.domain.formats.quiz_json import SIZE_LIMIT, read_quiz_json
from lms_core.assessment.domain.items import choices_of
from lms_core.hooks.item_formats import Reader, ReadItem, ReadOptions

OPTIONS = ReadOptions("file", language="en")


def read(reader: Reader, written: str) -> list[ReadItem]:
    return list(reader(io.BytesIO(written.encode()), OPTIONS))


def told(item: ReadItem) -> list[tuple[str, bool]]:
    assert item.content is not None
    return [(choice.text["en"], choice.correct) for choice in choices_of(item.content)]


def test_aiken_has_one_key_by_letter() -> None:
    first, second = read(read_aiken, "Which one?\nA. Red\nB) Blue\nANSWER: B\n\nAnd then?\nA. x\nB. y\nanswer: a\n")
    assert told(first) == [("Red", False), ("Blue", True)]
    assert told(second) == [("x", True), ("y", False)]
    assert (first.line, second.line) == (1, 6)


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("Q?\nA. x\nB. y\nANSWER: C\n", "no-key"),
        ("Q?\nA. x\nB. y\nANSWER:\n", "no-key"),
        ("Q?\nA. x\nsome words\nB. y\nANSWER: A\n", "stray-line"),
    ],
)
def test_aiken_never_guesses(written: str, rule: str) -> None:
    (item,) = read(read_aiken, written)
    assert item.content is None
    assert [one.rule for one in item.problems] == [rule]


def test_aiken_that_ends_in_a_question_is_truncated() -> None:
    with pytest.raises(TruncatedFile):
        read(read_aiken, "Q?\nA. x\nB. y\n")


def test_lists_take_headings_as_tags_and_several_right_choices() -> None:
    first, second = read(read_plus_minus, "Lesson 1B\n* One?\n+ right\n- wrong\n\n* Two?\n+ a\n+ b\n- c\n")
    assert told(first) == [("right", True), ("wrong", False)]
    assert first.content is not None
    assert first.content.tags == ("Lesson 1B",)
    assert second.content is not None
    assert second.content.type == "multiple-response"


def test_a_choice_without_a_question_is_refused_by_its_line() -> None:
    with pytest.raises(BrokenFile) as refused:
        read(read_plus_minus, "Heading\n\n+ right\n")
    assert refused.value.line == 3


QUIZ = '[{"title": "x", "quizzes": [{"title": "T", "quiz": [%s]}]}]'


def test_the_string_false_is_false() -> None:
    options = '[{"answerText": "a", "isCorrect": "false"}, {"answerText": "b", "isCorrect": "True"}]'
    (item,) = read(read_quiz_json, QUIZ % f'{{"id": 7, "questionText": "Which?", "answerOptions": {options}}}')
    assert told(item) == [("a", False), ("b", True)]
    assert item.identifier == "7"


@pytest.mark.parametrize("said", ['"yes"', "1", "null", "[]", '"0"'])
def test_what_is_neither_true_nor_false_is_refused(said: str) -> None:
    options = f'[{{"answerText": "a", "isCorrect": {said}}}, {{"answerText": "b", "isCorrect": true}}]'
    (item,) = read(read_quiz_json, QUIZ % f'{{"questionText": "Which?", "answerOptions": {options}}}')
    assert item.content is None
    assert "no-boolean" in {one.rule for one in item.problems}


def test_placeholders_are_refused() -> None:
    options = '[{"answerText": "a", "isCorrect": true}, {"answerText": "b", "isCorrect": false}]'
    (item,) = read(read_quiz_json, QUIZ % f'{{"questionText": "q1", "answerOptions": {options}}}')
    assert "placeholder" in {one.rule for one in item.errors}


@pytest.mark.parametrize(
    ("written", "error"), [('[{"quizzes": [', TruncatedFile), ("[,]", BrokenFile), ("[" * 100_000, FileRefused)]
)
def test_json_that_is_none_is_refused(written: str, error: type[FileRefused]) -> None:
    with pytest.raises(error):
        read(read_quiz_json, written)


def test_a_quiz_that_is_too_large_to_be_read_as_a_whole_is_refused_by_its_size() -> None:
    with pytest.raises(FileTooLarge):
        read(read_quiz_json, " " * (SIZE_LIMIT + 1))
