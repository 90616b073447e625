"""Reads a question sheet, one question in memory at a time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from cert_prep.domain.question_sheets import marks
from lms_core.assessment.domain.formats.base import checked, rejected
from lms_core.assessment.domain.formats.text_lines import text_lines
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem
from lms_core.hooks.item_formats import ReadItem, ReadOptions
from lms_core.hooks.items import Choice, ChoiceInteraction, Difficulty, ItemContent, Reference
from lms_core.hooks.words import Words

_KEY = re.compile(rf"[{marks.NUMBERS}]|\d+")


@dataclass
class _Question:
    """A question as its lines come in: texts by their mark, and which of them the next line goes on with."""

    line: int
    identifier: str
    texts: dict[str, list[str]] = field(default_factory=dict)
    at: str = "stem"

    def take(self, line: str) -> None:
        """One more line."""
        if found := marks.LABEL.fullmatch(line):
            self.at = marks.NAMES[found[1]] + (found[2] or "")
            self.texts.setdefault(self.at, []).append(found[3])
        elif found := marks.CHOICE.fullmatch(line):
            self.at = found[1]
            self.texts.setdefault(self.at, []).append(found[2])
        else:
            self.texts.setdefault(self.at, []).append(marks.shown(line))

    def said(self, mark: str) -> str:
        """What stands under a mark."""
        return "\n".join(self.texts.get(mark, ())).strip()


def read_sheet(stream: BinaryIO, options: ReadOptions) -> Iterator[ReadItem]:
    """Every question, or refused with its line."""
    asked: _Question | None = None
    for number, raw in text_lines(stream, options):
        line = raw.removesuffix("\n")
        if found := marks.QUESTION.fullmatch(line):
            if asked:
                yield _read(asked, options)
            asked = _Question(number, (found[2] or "").strip())
        elif asked:
            asked.take(line)
    if asked:
        yield _read(asked, options)


def _read(asked: _Question, options: ReadOptions) -> ReadItem:
    numbers = [one for one in marks.NUMBERS if one in asked.texts]
    written = asked.said("answers") or asked.said("answer")
    key = {_number(one) for one in _KEY.findall(written)}
    if not key:
        return rejected(asked.line, asked.identifier, _no_key())
    if unknown := key.difference(numbers):
        return rejected(asked.line, asked.identifier, _unknown(min(unknown)))
    return checked(asked.line, _content(asked, numbers, key, options))


def _number(written: str) -> str:
    """The mark of a choice: as such, or by its number."""
    at = int(written) if written.isdecimal() else 0
    return marks.NUMBERS[at - 1] if 1 <= at <= len(marks.NUMBERS) else written


def _content(asked: _Question, numbers: list[str], key: set[str], options: ReadOptions) -> ItemContent:
    def words(mark: str) -> Words:
        return Words({options.language: asked.said(mark)})

    choices = tuple(
        Choice(f"c{at}", words(one), one in key, words(f"explanation{one}")) for at, one in enumerate(numbers, 1)
    )
    return ItemContent(
        identifier=asked.identifier,
        type="multiple-response" if asked.said("answers") or len(key) > 1 else "choice",
        stem=words("stem"),
        interaction=ChoiceInteraction(choices, asked.said("order") not in marks.FIXED.values()),
        scoring="partial" if asked.said("scoring") in marks.PARTIAL.values() else "all-or-nothing",
        explanation=words("explanation"),
        references=tuple(_reference(line) for line in asked.texts.get("reference", ()) if line.strip()),
        objective=asked.said("objective"),
        difficulty=_difficulty(asked.said("difficulty")),
        tags=tuple(tag.strip() for tag in asked.said("tags").split(",") if tag.strip()),
        provenance=options.provenance,
    )


def _reference(line: str) -> Reference:
    url, _, title = line.strip().partition(" ")
    return Reference(url, title.strip())


def _difficulty(written: str) -> Difficulty | None:
    return next((name for said in marks.DIFFICULTIES.values() for name, word in said.items() if word == written), None)


def _no_key() -> Problem:
    return Problem("no-key", text("No choice is marked as right. Mark the right one; it is never guessed."))


def _unknown(mark: str) -> Problem:
    return Problem("unknown-name", text("The answer names “%(mark)s”, which is no choice of the question.", mark=mark))
