"""Aiken: a question on one line, choices by letter, `ANSWER: B`. One right choice, no explanation, no name."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from lms_core.assessment.domain.bank_file.model import positional
from lms_core.assessment.domain.formats.asked import cannot_hold, says_in
from lms_core.assessment.domain.formats.base import checked, rejected
from lms_core.assessment.domain.formats.errors import TruncatedFile
from lms_core.assessment.domain.formats.text_lines import text_lines
from lms_core.assessment.domain.items import normalised
from lms_core.foundation.text import Titles, text
from lms_core.hooks.findings import Problem
from lms_core.hooks.item_formats import ItemFormat, ReadItem, ReadOptions, WriteOptions
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent
from lms_core.hooks.words import Words

_CHOICE = re.compile(r"([A-Z])[.)]\s*(\S.*)")
_ANSWER = re.compile(r"ANSWER:\s*([A-Z])\s*", re.IGNORECASE)


def read_aiken(stream: BinaryIO, options: ReadOptions) -> Iterator[ReadItem]:
    """Every question, or refused with its line. A question ends at its ANSWER."""
    lines: list[tuple[int, str]] = []
    for number, line in text_lines(stream, options):
        if not line.strip():
            continue
        lines.append((number, line.strip()))
        if line.upper().startswith("ANSWER:"):
            yield _read(lines, options)
            lines = []
    if lines:
        raise TruncatedFile(text("The last question has no ANSWER."), options.file, lines[0][0])


def _read(lines: list[tuple[int, str]], options: ReadOptions) -> ReadItem:
    start = lines[0][0]
    answer = _ANSWER.fullmatch(lines[-1][1])
    written = [_CHOICE.fullmatch(line) for _, line in lines[:-1]]
    first = next((at for at, found in enumerate(written) if found), len(written))
    stray = next((lines[at][0] for at in range(first, len(written)) if not written[at]), 0)
    if stray:
        return rejected(start, "", _stray(stray))
    choices = [found for found in written[first:] if found]
    if answer is None or answer[1].upper() not in {found[1] for found in choices}:
        return rejected(start, "", _no_key())
    stem = "\n".join(line for _, line in lines[:first])
    return checked(start, _content(stem, choices, answer[1].upper(), options), has_choice_feedback=False)


def _content(stem: str, choices: list[re.Match[str]], answer: str, options: ReadOptions) -> ItemContent:
    made = tuple(
        Choice(positional(at), Words({options.language: found[2]}), found[1] == answer)
        for at, found in enumerate(choices)
    )
    words = Words({options.language: stem})
    return ItemContent("", "choice", words, ChoiceInteraction(made), provenance=options.provenance)


class AikenWriter:
    """Writes single choice items of at most 26 choices, each text on a line of its own."""

    def __init__(self, stream: BinaryIO, options: WriteOptions) -> None:
        """Write into `stream` in the one language of the options."""
        self._stream = stream
        self._language = options.language

    def add(self, content: ItemContent) -> None:
        """Write one question. Raises CannotHold."""
        asked = content.interaction
        if content.type != "choice" or not isinstance(asked, ChoiceInteraction) or len(asked.choices) > 26:
            raise cannot_hold(content)
        says = says_in(content, self._language)
        letters = [chr(ord("A") + at) for at in range(len(asked.choices))]
        lines = [
            f"{letter}. {normalised(says(choice.text))}" for letter, choice in zip(letters, asked.choices, strict=True)
        ]
        key = next(letter for letter, choice in zip(letters, asked.choices, strict=True) if choice.correct)
        self._stream.write("\n".join([normalised(says(content.stem)), *lines, f"ANSWER: {key}", "", ""]).encode())

    def close(self) -> None:
        """Nothing stands at the end."""


def _stray(line: int) -> Problem:
    return Problem("stray-line", text("Line %(line)s is no choice. Begin it with a letter, such as “A.”", line=line))


def _no_key() -> Problem:
    return Problem("no-key", text("No choice is marked as right. Mark the right one; it is never guessed."))


AIKEN = ItemFormat("aiken", Titles("Aiken", "Aiken"), (".aiken", ".aiken.txt"), read_aiken, AikenWriter)
