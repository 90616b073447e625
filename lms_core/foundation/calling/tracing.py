"""What hooks did for one request or task: who was asked, how long it took, what came back, what failed.

A trace never holds what an answer says: its class, how many things, or a fixed code of the plugin's own.
"""

import re
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lms_core.foundation.calling.answers import Answer

# Fixed words of a plugin's code, such as a panel's key or a refusal's code: nothing about a person looks like this.
_FIXED = re.compile(r"[a-z][a-z0-9]*(?:[-_.][a-z][a-z0-9]*){0,6}")
# A page that asks more than this is told of by its first calls; the sums below count all of them.
LONGEST = 400


class Traced(NamedTuple):
    """One call: which hook, whose answer, how long in nanoseconds, what came back, what failed, inside how many."""

    hook: str
    plugin: str
    spent: int
    answer: str
    failure: str = ""
    depth: int = 0

    @property
    def failed(self) -> bool:
        """Whether it failed."""
        return bool(self.failure)


@dataclass(slots=True, eq=False)
class Trace:
    """The calls of one request or task, as they end.

    ``asked`` are the nanoseconds spent asking hooks, ``answered`` those that a plugin's answer is accountable for;
    hooks asked by an answer count for it, and for nobody twice.
    """

    asked: int = 0
    answered: int = 0
    total: int = 0
    _calls: list[tuple[Answer, int, Any, str, int]] = field(default_factory=list)

    def note(self, one: Answer, spent: int, value: Any, fault: str, depth: int) -> None:
        """Keep one call; ``value`` is kept as it is until somebody reads the trace."""
        self.total += 1
        if not depth:
            self.answered += spent
        if self.total <= LONGEST:
            self._calls.append((one, spent, value, fault, depth))

    def calls(self) -> tuple[Traced, ...]:
        """The calls, told without what was said."""
        return tuple(
            Traced(one.hook, one.plugin, spent, "" if fault else told(value), blamed(one, fault), depth)
            for one, spent, value, fault, depth in self._calls
        )

    @property
    def share(self) -> float:
        """How much of the hooks' time is somebody's, from 0 to 1; 1 where nothing was asked."""
        return self.answered / self.asked if self.asked else 1.0


trace: ContextVar[Trace | None] = ContextVar("lms_trace", default=None)


def told(value: Any) -> str:
    """An answer without what it says: its class, and its size or its fixed code."""
    name = type(value).__name__
    if value is None:
        return "None"
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return f"{name}({len(value)})"
    code = getattr(value, "key", None) or getattr(value, "code", None)
    return f"{name}({code})" if isinstance(code, str) and len(code) <= 60 and _FIXED.fullmatch(code) else name


def blamed(one: Answer, fault: str) -> str:
    """A fault by its kind and its place. What an error says stays in the log: it may hold a person's words."""
    return f"{fault.partition(': ')[0]} ({one.where})" if fault else ""
