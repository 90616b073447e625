"""Writes a question sheet: choice questions in one language, numbered, with all that is said of them."""

from collections.abc import Iterator
from typing import BinaryIO

from cert_prep.domain.question_sheets import marks
from lms_core.assessment.domain.formats.asked import Says, cannot_hold, says_in
from lms_core.hooks.item_formats import WriteOptions
from lms_core.hooks.items import ChoiceInteraction, ItemContent


class SheetWriter:
    """Writes questions as they come."""

    def __init__(self, stream: BinaryIO, options: WriteOptions) -> None:
        """Write into `stream` in the one language of the options."""
        self._stream = stream
        self._language = options.language
        self._count = 0

    def add(self, content: ItemContent) -> None:
        """Write one question. Raises CannotHold for all but choices, and for more of them than have a mark."""
        asked, says = content.interaction, says_in(content, self._language)
        if not isinstance(asked, ChoiceInteraction) or len(asked.choices) > len(marks.NUMBERS):
            raise cannot_hold(content)
        lines = list(_lines(content, asked, says, marks.language_of(self._language), self._count + 1))
        self._stream.write("\n".join([*lines, "", ""]).encode())
        self._count += 1

    def close(self) -> None:
        """Nothing stands at the end."""


def _lines(content: ItemContent, asked: ChoiceInteraction, says: Says, language: str, number: int) -> Iterator[str]:
    labels = marks.LABELS[language]
    pairs = list(zip(marks.NUMBERS, asked.choices, strict=False))
    yield f"{labels['question']} {number} [{content.identifier}]"
    yield from map(marks.hidden, says(content.stem).split("\n"))
    for mark, choice in pairs:
        yield from _text(mark, says(choice.text))
    several = labels["answers" if content.type == "multiple-response" else "answer"]
    yield f"{several}: {', '.join(mark for mark, choice in pairs if choice.correct)}"
    yield from _said(content, asked, language)
    if explanation := says(content.explanation):
        yield from _text(f"{labels['explanation']}:", explanation)
    for mark, choice in pairs:
        if feedback := says(choice.feedback):
            yield from _text(f"{labels['explanation']} {mark}:", feedback)


def _said(content: ItemContent, asked: ChoiceInteraction, language: str) -> Iterator[str]:
    """What is said of a question beside its texts, each on a line."""
    labels = marks.LABELS[language]
    if content.scoring == "partial":
        yield f"{labels['scoring']}: {marks.PARTIAL[language]}"
    if not asked.shuffle:
        yield f"{labels['order']}: {marks.FIXED[language]}"
    if content.objective:
        yield f"{labels['objective']}: {content.objective}"
    if content.difficulty:
        yield f"{labels['difficulty']}: {marks.DIFFICULTIES[language][content.difficulty]}"
    if content.tags:
        yield f"{labels['tags']}: {', '.join(content.tags)}"
    for reference in content.references:
        yield f"{labels['reference']}: {reference.url} {reference.title}".rstrip()


def _text(mark: str, words: str) -> Iterator[str]:
    first, *others = words.split("\n")
    yield f"{mark} {first}"
    yield from map(marks.hidden, others)
