"""GIFT, Moodle's text format, written."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, Final

from lms_core.assessment.domain.formats.asked import Says, cannot_hold, says_in, single_blank, truth_of
from lms_core.assessment.domain.formats.gift import read_gift
from lms_core.foundation.text import Titles
from lms_core.hooks.item_formats import ItemFormat, WriteOptions
from lms_core.hooks.items import (
    Choice,
    ChoiceInteraction,
    ExtendedTextInteraction,
    Interaction,
    ItemContent,
    MatchInteraction,
    NumericInteraction,
    TextEntryInteraction,
)

_SIGNS = re.compile(r"[\\~=#{}:]")
Lines = Iterator[str]


class GiftWriter:
    """Writes each question with its name as the title, and its first tag as the category."""

    def __init__(self, stream: BinaryIO, options: WriteOptions) -> None:
        """Write into `stream` in the one language of the options."""
        self._stream = stream
        self._language = options.language
        self._category = ""

    def add(self, content: ItemContent) -> None:
        """Write one question. Raises CannotHold."""
        says = says_in(content, self._language)
        lines_of = _LINES.get(type(content.interaction))
        if lines_of is None:
            raise cannot_hold(content)
        lines = [*lines_of(content, says, self._language)]
        head = f"::{_escaped(content.identifier)}::[markdown]{_escaped(says(content.stem))} {{"
        general = says(content.explanation)
        tail = [f"####{_escaped(general)}"] if general else []
        self._categorise(content.tags)
        self._stream.write("\n".join([head, *lines, *tail, "}", "", ""]).encode())

    def close(self) -> None:
        """Nothing stands at the end."""

    def _categorise(self, tags: tuple[str, ...]) -> None:
        category = next(iter(tags), "")
        if category != self._category:
            self._stream.write(f"$CATEGORY: {category}\n\n".encode())
            self._category = category


def _escaped(words: str) -> str:
    return _SIGNS.sub(lambda found: f"\\{found[0]}", words).replace("\n", "\\n")


def _choices(content: ItemContent, says: Says, language: str) -> Lines:
    asked: Any = content.interaction
    is_true = truth_of(content, language)
    if is_true is not None:
        right, wrong = asked.choices if is_true else asked.choices[::-1]
        yield ("TRUE" if is_true else "FALSE") + _both(says(wrong.feedback), says(right.feedback))
        return
    shares = _shares(content, asked.choices)
    for choice, share in zip(asked.choices, shares, strict=True):
        yield _line(choice, share, says, single=content.type == "choice")


def _both(wrong: str, right: str) -> str:
    told = f"#{_escaped(wrong)}" if wrong or right else ""
    return told + (f"#{_escaped(right)}" if right else "")


def _shares(content: ItemContent, choices: tuple[Choice, ...]) -> list[float]:
    if content.scoring == "map":
        return [choice.weight or 0.0 for choice in choices]
    keys = 1 if content.type == "choice" else sum(choice.correct for choice in choices)
    return [choice.correct / keys for choice in choices]


def _line(choice: Choice, share: float, says: Says, *, single: bool) -> str:
    is_key = single and share == 1
    weight = "" if is_key or (share == 0 and not says(choice.text).startswith("%")) else f"%{share * 100:.10g}%"
    feedback = says(choice.feedback)
    return f"{'=' if is_key else '~'}{weight}{_escaped(says(choice.text))}" + (
        f"#{_escaped(feedback)}" if feedback else ""
    )


def _short_answer(content: ItemContent, says: Says, _language: str) -> Lines:
    for answer in single_blank(content).answers:
        share = 1.0 if answer.weight is None else answer.weight
        feedback = says(answer.feedback)
        told = f"#{_escaped(feedback)}" if feedback else ""
        yield f"=%{share * 100:.10g}%{_escaped(says(answer.text))}{told}"


def _numerical(content: ItemContent, _says: Says, _language: str) -> Lines:
    asked: Any = content.interaction
    if len(asked.fields) != 1:
        raise cannot_hold(content)
    yield f"#{asked.fields[0].value!r}:{asked.fields[0].tolerance!r}"


def _matching(content: ItemContent, says: Says, _language: str) -> Lines:
    asked: Any = content.interaction
    targets = {each.identifier: _escaped(says(each.text)) for each in asked.targets}
    key = {pair.source: pair.target for pair in asked.key}
    if len(key) != len(asked.key):
        raise cannot_hold(content)
    for source in asked.sources:
        yield f"={_escaped(says(source.text))} -> {targets[key[source.identifier]]}"
    for identifier, target in targets.items():
        if identifier not in key.values():
            yield f"= -> {target}"


def _essay(_content: ItemContent, _says: Says, _language: str) -> Lines:
    yield from ()


_LINES: Final[Mapping[type[Interaction], Callable[[ItemContent, Says, str], Lines]]] = {
    ChoiceInteraction: _choices,
    TextEntryInteraction: _short_answer,
    NumericInteraction: _numerical,
    MatchInteraction: _matching,
    ExtendedTextInteraction: _essay,
}


GIFT = ItemFormat("gift", Titles("GIFT", "GIFT"), (".gift", ".gift.txt"), read_gift, GiftWriter)
