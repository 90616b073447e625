"""A pattern as a finite automaton, and walking through it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lms_core.assessment.domain.qti.patterns.characters import Test
from lms_core.assessment.domain.qti.patterns.reading import (
    Characters,
    Choice,
    Node,
    PatternError,
    Reader,
    Sequence,
)
from lms_core.foundation.text import text

MOST_STATES: Final = 5_000


@dataclass(eq=False, slots=True)
class _State:
    """`test` leads on to `after` with a character that passes; without one, every state of `free` is reached."""

    test: Test | None = None
    after: "_State | None" = None
    free: tuple["_State", ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern."""

    start: _State
    end: _State

    def is_met_by(self, given: str) -> bool:
        """Whether the whole of `given` meets the pattern."""
        current = _reached([self.start])
        for character in given:
            current = _reached(state.after for state in current if state.after and state.test and state.test(character))
        return self.end in current


def compile_pattern(written: str) -> Pattern:
    """The pattern that is written. Raises PatternError."""
    tree, end = Reader(written).whole(), _State()
    return Pattern(_Builder(written).build(tree, end), end)


def _reached(states: Iterable[_State]) -> set[_State]:
    """The states, and all that follow from them without a character."""
    waiting = list(states)
    found = set(waiting)
    while waiting:
        new = [state for state in waiting.pop().free if state not in found]
        found.update(new)
        waiting.extend(new)
    return found


class _Builder:
    """Builds states from the end of the pattern to its start."""

    def __init__(self, written: str) -> None:
        self._written = written
        self._count = 0

    def build(self, node: Node, after: _State) -> _State:
        """The state from which `node` leads to `after`."""
        if isinstance(node, Characters):
            return self._state(test=node.test, after=after)
        if isinstance(node, Sequence):
            for part in reversed(node.parts):
                after = self.build(part, after)
            return after
        if isinstance(node, Choice):
            return self._state(free=tuple(self.build(part, after) for part in node.parts))
        return self._repeated(node.part, node.least, node.most, after)

    def _repeated(self, part: Node, least: int, most: int | None, after: _State) -> _State:
        start = after
        if most is None:
            start = self._state()
            start.free = (self.build(part, start), after)
        else:
            for _ in range(most - least):
                start = self._state(free=(self.build(part, start), after))
        for _ in range(least):
            start = self.build(part, start)
        return start

    def _state(self, *, test: Test | None = None, after: _State | None = None, free: tuple[_State, ...] = ()) -> _State:
        self._count += 1
        if self._count > MOST_STATES:
            raise PatternError(text("The pattern “%(pattern)s” is too large to be matched.", pattern=self._written))
        return _State(test, after, free)
