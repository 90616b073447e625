"""What a format of items is: a name, its suffixes, a reader and perhaps a writer, one item after the other.

What a format loses is nowhere declared: the house writes each item, reads it back, and tells the difference.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from lms_core.foundation.text import Titles
from lms_core.hooks.findings import Finding, Problem
from lms_core.hooks.items import UNKNOWN_PROVENANCE, ItemContent, Provenance

SIZE_LIMIT = 64_000_000
"""Bytes of a file that are read at most, unless the options say otherwise."""

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What whoever imports knows and the file does not: its name, its language, whose words it holds."""

    file: str
    language: str = "ko"
    provenance: Provenance = UNKNOWN_PROVENANCE
    size_limit: int = SIZE_LIMIT


@dataclass(frozen=True, slots=True)
class ReadItem:
    """One item of a file: its content, or None where `problems` refuse it. Warnings may stand beside either.

    `has_choice_feedback` is False where the format cannot hold an explanation for each choice. Bank files say
    which domain of which certification an item belongs to.
    """

    line: int
    identifier: str
    content: ItemContent | None
    problems: tuple[Problem, ...] = ()
    has_choice_feedback: bool = True
    certification: str = ""
    domain: str = ""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that refuse the item."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    def findings(self, file: str) -> tuple[Finding, ...]:
        """The problems with their place."""
        return tuple(problem.at(file, self.line, self.identifier) for problem in self.problems)


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """What a file is written with: the one language of formats that hold no more than one."""

    language: str = "ko"


class CannotHold(Exception):
    """The format has no way to write such an item; nothing of it was written."""

    def __init__(self, problem: Problem) -> None:
        """Keep what is told of it."""
        self.problem = problem
        super().__init__(problem.rule)


class Writer(Protocol):
    """Writes one file, streaming. The house asks it, and tells what each item loses."""

    def add(self, content: ItemContent) -> None:
        """Write one item. Raises CannotHold."""

    def close(self) -> None:
        """Write what stands at the end of the file; the stream stays open."""


Reader = Callable[[BinaryIO, ReadOptions], Iterator[ReadItem]]


@dataclass(frozen=True, slots=True)
class ItemFormat:
    """A format items come in and go out in. `read` streams: it holds one item in memory, not the file.

    It raises an error of `lms_core.assessment.domain.formats.errors` when the file as a whole cannot be read. Without
    `write` a format is only read; `binary` files (packages, spreadsheets) are no text. `tells_origin`: its files say
    themselves under which terms their items may be shown, so that nobody is asked before one is read.
    """

    name: str
    titles: Titles
    suffixes: tuple[str, ...]
    read: Reader
    write: Callable[[BinaryIO, WriteOptions], Writer] | None = None
    binary: bool = False
    tells_origin: bool = False

    def __post_init__(self) -> None:
        """Refuse what no file could be told by. Raises ValueError."""
        wrong = [one for one in self.suffixes if not one.startswith(".") or one != one.lower()]
        if wrong or not self.suffixes:
            raise ValueError(f"{self.name}: a suffix begins with a dot and is lower-case, not {wrong or '()'}")
        if len(self.name) > LONGEST_NAME:
            raise ValueError(f"{self.name}: a name has at most {LONGEST_NAME} characters")
