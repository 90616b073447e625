"""Quiz JSON: quizzes of questions with `answerOptions`, whose `isCorrect` is often a string.

`[{"title", "quizzes": [{"id", "title", "quiz": [{"questionText", "answerOptions": [{"answerText", "isCorrect"}]}]}]}]`
"""

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from lms_core.assessment.domain.bank_file.model import positional, tidy
from lms_core.assessment.domain.formats.asked import cannot_hold, says_in
from lms_core.assessment.domain.formats.base import checked, rejected
from lms_core.assessment.domain.formats.errors import BrokenFile, FileRefused, TruncatedFile, too_large
from lms_core.assessment.domain.formats.text_lines import text_lines
from lms_core.foundation.text import Titles, text
from lms_core.hooks.findings import Problem
from lms_core.hooks.item_formats import ItemFormat, ReadItem, ReadOptions, WriteOptions
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent
from lms_core.hooks.words import Words

SIZE_LIMIT: Final = 16_000_000
"""Bytes of a file that are read at most: a quiz may name itself behind its questions, so a file is read as a whole."""

# Strings are read by what they say: a program that asks whether "false" is empty takes it for true.
_TRUTHS: Final[Mapping[Any, bool]] = {True: True, False: False, "true": True, "false": False}


class _NoItem(Exception):
    """A question that has not the shape of one."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.rule)


def read_quiz_json(stream: BinaryIO, options: ReadOptions) -> Iterator[ReadItem]:
    """Every question, or refused with the number of its place in the file (it has no lines)."""
    document = _document(stream, options)
    places = document if isinstance(document, list) else [document]
    number = 0
    for quiz in (quiz for place in places for quiz in _list(place, "quizzes")):
        for question in _list(quiz, "quiz"):
            number += 1
            yield _read(number, str(quiz.get("title", "")), question, options)


def _document(stream: BinaryIO, options: ReadOptions) -> Any:
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    if size > SIZE_LIMIT:
        raise too_large(options.file, size, SIZE_LIMIT)
    written = "".join(line for _, line in text_lines(stream, options))
    try:
        return json.loads(written)
    except RecursionError as error:
        raise BrokenFile(text("The file nests too deeply."), options.file) from error
    except json.JSONDecodeError as error:
        raise _broken(error, written, options) from error


def _broken(error: json.JSONDecodeError, written: str, options: ReadOptions) -> FileRefused:
    if error.pos >= len(written.rstrip()):
        return TruncatedFile(text("The file ends in the middle of a question."), options.file, error.lineno)
    return BrokenFile(text("Line %(line)s is not JSON.", line=error.lineno), options.file, error.lineno)


def _list(value: Any, name: str) -> list[Any]:
    found = value.get(name, []) if isinstance(value, dict) else []
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _read(number: int, title: str, question: Mapping[str, Any], options: ReadOptions) -> ReadItem:
    try:
        choices = [_choice(at, one, options.language) for at, one in enumerate(_list(question, "answerOptions"))]
    except _NoItem as refused:
        return rejected(number, "", refused.problem)
    several = sum(choice.correct for choice in choices) > 1
    content = ItemContent(
        identifier=str(question.get("id", "")),
        type="multiple-response" if several else "choice",
        stem=Words({options.language: tidy(str(question.get("questionText", "")))}),
        interaction=ChoiceInteraction(tuple(choices)),
        tags=(title,) if title else (),
        provenance=options.provenance,
    )
    return checked(number, content, has_choice_feedback=False)


def _choice(at: int, written: Mapping[str, Any], language: str) -> Choice:
    said = written.get("isCorrect", False)
    marked = said.strip().lower() if isinstance(said, str) else said
    if not isinstance(marked, bool | str) or marked not in _TRUTHS:
        reason = text("“isCorrect” is %(value)s. Write true or false.", value=repr(said)[:40])
        raise _NoItem(Problem("no-boolean", reason))
    words = Words({language: tidy(str(written.get("answerText", "")))})
    return Choice(positional(at), words, _TRUTHS[marked])


class QuizJsonWriter:
    """Writes one quiz for each run of questions with the same first tag, with real booleans."""

    def __init__(self, stream: BinaryIO, options: WriteOptions) -> None:
        """Write into `stream` in the one language of the options."""
        self._stream = stream
        self._language = options.language
        self._title: str | None = None
        self._stream.write(b'[{"quizzes": [')

    def add(self, content: ItemContent) -> None:
        """Write one question. Raises CannotHold."""
        asked = content.interaction
        if not isinstance(asked, ChoiceInteraction):
            raise cannot_hold(content)
        says = says_in(content, self._language)
        options = [{"answerText": says(one.text), "isCorrect": one.correct} for one in asked.choices]
        question = {"id": content.identifier, "questionText": says(content.stem), "answerOptions": options}
        title = next(iter(content.tags), "")
        self._stream.write(f"{self._between(title)}\n{json.dumps(question, ensure_ascii=False)}".encode())
        self._title = title

    def close(self) -> None:
        """Close the last quiz."""
        self._stream.write(b"]}]\n" if self._title is None else b"]}]}]\n")

    def _between(self, title: str) -> str:
        if title == self._title:
            return ","
        opened = f'{{"title": {json.dumps(title, ensure_ascii=False)}, "quiz": ['
        return opened if self._title is None else f"]}},\n{opened}"


QUIZ_JSON = ItemFormat(
    "quiz-json", Titles("퀴즈 JSON", "Quiz JSON"), (".quiz.json", ".json"), read_quiz_json, QuizJsonWriter
)
