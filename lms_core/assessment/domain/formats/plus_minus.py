"""Plain lists: `* question`, `+ right choice`, `- wrong choice`; any other line is a heading and becomes a tag."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from lms_core.assessment.domain.bank_file.model import positional
from lms_core.assessment.domain.formats.asked import cannot_hold, says_in
from lms_core.assessment.domain.formats.base import checked
from lms_core.assessment.domain.formats.errors import BrokenFile
from lms_core.assessment.domain.formats.text_lines import text_lines
from lms_core.assessment.domain.items import normalised
from lms_core.foundation.text import Titles, text
from lms_core.hooks.item_formats import ItemFormat, ReadItem, ReadOptions, WriteOptions
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent
from lms_core.hooks.words import Words


@dataclass
class _Question:
    """One question while its choices are read."""

    line: int
    stem: str
    heading: str
    choices: list[tuple[bool, str]] = field(default_factory=list)


def read_plus_minus(stream: BinaryIO, options: ReadOptions) -> Iterator[ReadItem]:
    """Every question, or refused with its line."""
    question: _Question | None = None
    heading = ""
    for number, line in text_lines(stream, options):
        sign, words = line[:1], line[1:].strip()
        if sign in {"+", "-"}:
            if question is None:
                raise BrokenFile(
                    text("Line %(line)s is a choice without a question.", line=number), options.file, number
                )
            question.choices.append((sign == "+", words))
        elif line.strip():
            if question:
                yield _read(question, options)
            question = _Question(number, words, heading) if sign == "*" else None
            heading = heading if sign == "*" else line.strip()
    if question:
        yield _read(question, options)


def _read(question: _Question, options: ReadOptions) -> ReadItem:
    choices = tuple(
        Choice(positional(at), Words({options.language: words}), is_right)
        for at, (is_right, words) in enumerate(question.choices)
    )
    several = sum(choice.correct for choice in choices) > 1
    content = ItemContent(
        identifier="",
        type="multiple-response" if several else "choice",
        stem=Words({options.language: question.stem}),
        interaction=ChoiceInteraction(choices),
        tags=(question.heading,) if question.heading else (),
        provenance=options.provenance,
    )
    return checked(question.line, content, has_choice_feedback=False)


class PlusMinusWriter:
    """Writes single and multiple choice items, each text on one line; a heading would hold for all that follow."""

    def __init__(self, stream: BinaryIO, options: WriteOptions) -> None:
        """Write into `stream` in the one language of the options."""
        self._stream = stream
        self._language = options.language

    def add(self, content: ItemContent) -> None:
        """Write one question. Raises CannotHold."""
        asked = content.interaction
        if not isinstance(asked, ChoiceInteraction):
            raise cannot_hold(content)
        says = says_in(content, self._language)
        lines = [f"* {normalised(says(content.stem))}"]
        lines += [f"{'+' if choice.correct else '-'} {normalised(says(choice.text))}" for choice in asked.choices]
        self._stream.write("\n".join([*lines, "", ""]).encode())

    def close(self) -> None:
        """Nothing stands at the end."""


PLUS_MINUS = ItemFormat("plus-minus", Titles("* + - 목록", "* + - list"), (".txt",), read_plus_minus, PlusMinusWriter)
