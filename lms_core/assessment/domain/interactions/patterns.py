"""Regular expressions that cost what their answer is long, whoever wrote them.

Python's own engine goes back and tries again, so that a few signs of an author ("(a+)+") and thirty letters of a
candidate stop a server. These are run as a set of states, one step a letter, and never go back: a small language
without look-around and back-references, which no automaton can run and no accepted answer needs. What is not
understood is refused by name, never guessed.
"""

import string
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from lms_core.foundation.text import Text, text

MOST_STATES: Final = 2_000
MOST_REPEATS: Final = 50
MOST_BRACKETS: Final = 30
Test = Callable[[str], bool]


class PatternRefused(ValueError):
    """A pattern that cannot be run; ``reason`` says why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(eq=False)
class _State:
    """Goes on to ``after``: with a letter that passes ``test``, or (without a test) with none at all."""

    test: Test | None = None
    after: list["_State"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that can be run."""

    first: _State
    last: _State
    ignores_case: bool

    def fits(self, answer: str) -> bool:
        """Whether the whole of ``answer`` fits. Takes one step a letter, over at most MOST_STATES states."""
        here = _closed([self.first])
        for letter in answer.casefold() if self.ignores_case else answer:
            here = _closed(after for state in here if state.test and state.test(letter) for after in state.after)
            if not here:
                return False
        return self.last in here


@lru_cache(maxsize=2_000)
def compiled(written: str) -> Pattern:
    """The pattern that ``written`` describes. Raises PatternRefused.

    Letters, ``.``, ``[classes]``, ``\\d \\w \\s`` and their opposites, groups, ``|``, ``* + ? {m,n}``, and ``(?i)`` in
    front. It stands for the whole answer, so ``^`` and ``$`` at its ends say nothing new.
    """
    ignores_case = written.startswith("(?i)")
    signs = written.removeprefix("(?i)").removeprefix("^")
    if signs.endswith("$") and not signs.endswith("\\$"):
        signs = signs[:-1]
    reader = _Reader(signs, ignores_case=ignores_case)
    first, last = reader.choice()
    if reader.place < len(signs):
        raise PatternRefused(text("A closing bracket stands alone in a pattern."))
    return Pattern(first, last, ignores_case)


def _closed(states: Iterable[_State]) -> set[_State]:
    found: set[_State] = set()
    waiting = list(states)
    while waiting:
        state = waiting.pop()
        if state not in found:
            found.add(state)
            if state.test is None:
                waiting += state.after
    return found


Part = tuple[_State, _State]


class _Reader:
    """Reads a pattern by recursive descent: choice, sequence, repetition, one sign."""

    def __init__(self, signs: str, *, ignores_case: bool) -> None:
        self.place = 0
        self._signs = signs
        self._ignores_case = ignores_case
        self._states = 0
        self._depth = 0

    def choice(self) -> Part:
        """Ways that are parted by ``|``."""
        ways = [self._sequence()]
        while self._peek() == "|":
            self.place += 1
            ways.append(self._sequence())
        first, last = self._state(), self._state()
        for begin, end in ways:
            first.after.append(begin)
            end.after.append(last)
        return first, last

    def _sequence(self) -> Part:
        first = last = self._state()
        while self._peek() not in {"", "|", ")"}:
            begin, end = self._repeated()
            last.after.append(begin)
            last = end
        return first, last

    def _repeated(self) -> Part:
        began = self.place
        one = self._sign()
        ended = self.place
        least, most = self._times()
        if self._peek() in {"*", "+", "?", "{"} and ended != self.place:
            raise PatternRefused(text("A repetition is repeated in a pattern. Put it into brackets."))
        if (least, most) == (1, 1):
            return one
        after = self.place
        part = self._copies(began, least, most)
        self.place = after
        return part

    def _copies(self, began: int, least: int, most: int | None) -> Part:
        first = last = self._state()
        end = self._state()
        for count in range(max(least, most or 0, 1)):
            if count >= least:
                last.after.append(end)
            self.place = began
            begin, over = self._sign()
            last.after.append(begin)
            last = over
        if most is None:
            if least == 0:
                # None at all, or any number: back to where this part began.
                last.after.append(first)
                first.after.append(end)
            else:
                last.after.append(begin)
        last.after.append(end)
        return first, end

    def _times(self) -> tuple[int, int | None]:
        sign = self._peek()
        if sign in _TIMES:
            self.place += 1
            return _TIMES[sign]
        return self._counted() if sign == "{" else (1, 1)

    def _counted(self) -> tuple[int, int | None]:
        inside, brace, _ = self._signs[self.place + 1 :].partition("}")
        least, comma, most = inside.partition(",")
        if not brace or not least.isdecimal() or not (most.isdecimal() or not most):
            raise PatternRefused(text("A repetition in a pattern is written {2} or {2,5}."))
        self.place += len(inside) + 2
        times = (int(least), (int(most) if most else None) if comma else int(least))
        if max(times[0], times[1] or 0) > MOST_REPEATS or (times[1] is not None and times[1] < times[0]):
            raise PatternRefused(text("A pattern repeats at most %(most)s times.", most=MOST_REPEATS))
        return times

    def _sign(self) -> Part:
        sign = self._take()
        if sign == "(":
            return self._group()
        if sign in {"*", "+", "?", "{", "^", "$"}:
            raise PatternRefused(text("The sign “%(sign)s” stands where a pattern cannot take it.", sign=sign))
        first, last = self._state(), self._state()
        first.test = self._test(sign)
        first.after.append(last)
        return first, last

    def _group(self) -> Part:
        if self._peek() == "?":
            if self._signs[self.place : self.place + 2] != "?:":
                raise PatternRefused(text("A pattern looks neither ahead nor back."))
            self.place += 2
        self._depth += 1
        if self._depth > MOST_BRACKETS:
            raise PatternRefused(text("A pattern is too large."))
        part = self.choice()
        if self._peek() != ")":
            raise PatternRefused(text("A bracket is not closed in a pattern."))
        self._depth -= 1
        self.place += 1
        return part

    def _test(self, sign: str) -> Test:
        if sign == ".":
            return lambda _letter: True
        if sign == "[":
            return self._class()
        return self._escaped() if sign == "\\" else self._same(sign)

    def _same(self, sign: str) -> Test:
        letters = sign.casefold() if self._ignores_case else sign
        return lambda letter: letter == letters

    def _escaped(self) -> Test:
        sign = self._take()
        if sign.lower() in _KINDS:
            kind = _KINDS[sign.lower()]
            return kind if sign.islower() else lambda letter: not kind(letter)
        if sign in string.ascii_letters + string.digits:
            raise PatternRefused(text("“\\%(sign)s” means nothing in a pattern here.", sign=sign))
        return self._same(sign)

    def _class(self) -> Test:
        opposite = self._peek() == "^"
        self.place += opposite
        tests: list[Test] = []
        while self._peek() != "]" or not tests:
            tests.append(self._member())
        self.place += 1
        return lambda letter: any(test(letter) for test in tests) != opposite

    def _member(self) -> Test:
        sign = self._take()
        if sign == "\\":
            return self._escaped()
        if self._peek() != "-" or self._signs[self.place + 1 : self.place + 2] in {"", "]"}:
            return self._same(sign)
        self.place += 1
        least, most = sign, self._take()
        if most < least:
            raise PatternRefused(text("A range in a pattern runs backwards."))
        if self._ignores_case:
            return lambda letter: least <= letter <= most or least <= letter.upper() <= most
        return lambda letter: least <= letter <= most

    def _peek(self) -> str:
        return self._signs[self.place : self.place + 1]

    def _take(self) -> str:
        sign = self._peek()
        if not sign:
            raise PatternRefused(text("A pattern ends too early."))
        self.place += 1
        return sign

    def _state(self) -> _State:
        self._states += 1
        if self._states > MOST_STATES:
            raise PatternRefused(text("A pattern is too large."))
        return _State()


_TIMES: Final[dict[str, tuple[int, int | None]]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_KINDS: Final[dict[str, Test]] = {
    "d": str.isdecimal,
    "w": lambda letter: letter.isalnum() or letter == "_",
    "s": str.isspace,
}
