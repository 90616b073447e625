"""Reading a pattern into a tree of characters, sequences, choices and repetitions."""

import re
from dataclasses import dataclass
from typing import Final

from lms_core.assessment.domain.qti.patterns.characters import (
    CATEGORIES,
    CLASSES,
    SINGLE_ESCAPES,
    Test,
    is_any,
    negated,
    of_category,
)
from lms_core.foundation.text import Text, text

_NESTED: Final = 50
_COUNTED: Final = re.compile(r"\{([0-9]{1,4})(,([0-9]{1,4})?)?\}")
_CATEGORY: Final = re.compile(r"\{([A-Za-z]+)\}")
_REPEATED: Final[dict[str, tuple[int, int | None]]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}


class PatternError(ValueError):
    """The pattern is no regular expression of XML Schema, or past the size that is matched."""

    def __init__(self, reason: Text) -> None:
        """Keep why."""
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Characters:
    """One character that passes the test."""

    test: Test


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Repetition:
    """A part from `least` to `most` times (None: without end)."""

    part: "Node"
    least: int
    most: int | None


Node = Characters | Sequence | Choice | Repetition


class Reader:
    """Reads one pattern from left to right."""

    def __init__(self, written: str) -> None:
        self._written = written
        self._place = 0
        self._depth = 0

    def whole(self) -> Node:
        """The tree of the whole pattern. Raises PatternError."""
        read = self._choice()
        if self._place < len(self._written):
            raise self._error()
        return read

    def _choice(self) -> Node:
        self._depth += 1
        if self._depth > _NESTED:
            raise self._error()
        branches = [self._sequence()]
        while self._takes("|"):
            branches.append(self._sequence())
        self._depth -= 1
        return Choice(tuple(branches))

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while self._next() not in {"", "|", ")"}:
            parts.append(self._quantified(self._atom()))
        return Sequence(tuple(parts))

    def _quantified(self, part: Node) -> Node:
        if self._next() in _REPEATED:
            return Repetition(part, *_REPEATED[self._take()])
        if self._next() != "{":
            return part
        counted = self._matched(_COUNTED)
        least, most = int(counted[1]), int(counted[3]) if counted[3] else None
        most = most if counted[2] else least
        if most is not None and most < least:
            raise self._error()
        return Repetition(part, least, most)

    def _atom(self) -> Node:
        character = self._take()
        if character == "(":
            inside = self._choice()
            self._require(")")
            return inside
        if character in "?*+{}]":
            raise self._error()
        return Characters(self._test(character))

    def _test(self, character: str) -> Test:
        """What a character that was just taken stands for outside of a class."""
        if character == "[":
            return self._class()
        if character == "\\":
            return self._escape()
        return is_any if character == "." else character.__eq__

    def _class(self) -> Test:
        is_negated = self._takes("^")
        tests: list[Test] = []
        while self._next() != "]" or not tests:
            if tests and self._written.startswith("-[", self._place):
                return self._subtracted(_any_of(tests, is_negated=is_negated))
            tests.append(self._range())
        self._take()
        return _any_of(tests, is_negated=is_negated)

    def _subtracted(self, kept: Test) -> Test:
        self._place += 2
        self._depth += 1
        if self._depth > _NESTED:
            raise self._error()
        without = self._class()
        self._depth -= 1
        self._require("]")
        return lambda character: kept(character) and not without(character)

    def _range(self) -> Test:
        """One character, escape or range inside a class."""
        first = self._take()
        if first in "[]":
            raise self._error()
        if first == "\\" and self._next() not in SINGLE_ESCAPES:
            return self._escape()
        first = SINGLE_ESCAPES[self._take()] if first == "\\" else first
        follows = self._written[self._place + 1 : self._place + 2]
        if self._next() != "-" or follows in {"]", "["}:
            return first.__eq__
        self._take()
        last = self._take()
        last = SINGLE_ESCAPES.get(self._take(), "") if last == "\\" else last
        if last < first:
            raise self._error()
        return lambda character: first <= character <= last

    def _escape(self) -> Test:
        """What the character after a backslash stands for."""
        letter = self._take()
        if letter in SINGLE_ESCAPES:
            return SINGLE_ESCAPES[letter].__eq__
        if letter in "pP":
            category = self._matched(_CATEGORY)[1]
            if category not in CATEGORIES:
                raise self._error()
            test = of_category(category)
        elif letter.lower() in CLASSES:
            test = CLASSES[letter.lower()]
        else:
            raise self._error()
        return negated(test) if letter.isupper() else test

    def _next(self) -> str:
        return self._written[self._place : self._place + 1]

    def _take(self) -> str:
        character = self._next()
        if not character:
            raise self._error()
        self._place += 1
        return character

    def _takes(self, character: str) -> bool:
        is_next = self._next() == character
        self._place += is_next
        return is_next

    def _require(self, character: str) -> None:
        if not self._takes(character):
            raise self._error()

    def _matched(self, form: re.Pattern[str]) -> re.Match[str]:
        matched = form.match(self._written, self._place)
        if matched is None:
            raise self._error()
        self._place = matched.end()
        return matched

    def _error(self) -> PatternError:
        reason = text(
            "“%(pattern)s” is no regular expression of XML Schema that is known, near character %(place)s.",
            pattern=self._written,
            place=min(self._place + 1, len(self._written)),
        )
        return PatternError(reason)


def _any_of(tests: list[Test], *, is_negated: bool) -> Test:
    return lambda character: any(test(character) for test in tests) != is_negated
