"""What a file format is: a name, its suffixes, and a reader that yields one item after the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from lms_core.assessment.domain.checks import problems
from lms_core.assessment.domain.dirt import doubts, pinned
from lms_core.assessment.domain.findings import Finding, Problem
from lms_core.assessment.domain.items import canonical_hashes
from lms_core.foundation.text import Titles
from lms_core.hooks.items import UNKNOWN_PROVENANCE, ItemContent, Provenance

SIZE_LIMIT = 64_000_000
"""Bytes of a file that are read at most, unless the options say otherwise."""


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


Reader = Callable[[BinaryIO, ReadOptions], Iterator[ReadItem]]


@dataclass(frozen=True, slots=True)
class ItemFormat:
    """A format items come in. `read` streams: it holds one item in memory, not the file.

    It raises an error of `formats.errors` when the file as a whole cannot be read.
    """

    name: str
    titles: Titles
    suffixes: tuple[str, ...]
    read: Reader


def checked(line: int, content: ItemContent, *told: Problem, has_choice_feedback: bool = True) -> ReadItem:
    """The item as read: named, its "all of the above" pinned, refused or with its warnings."""
    named = content if content.identifier else replace(content, identifier=_name_of(content))
    refusals = problems(named)
    if refusals or any(problem.severity == "error" for problem in told):
        return ReadItem(line, named.identifier, None, (*told, *refusals), has_choice_feedback)
    kept = (each for each in doubts(named) if has_choice_feedback or each.rule != "shared-explanation")
    return ReadItem(line, named.identifier, pinned(named), (*told, *kept), has_choice_feedback)


def rejected(line: int, identifier: str, problem: Problem) -> ReadItem:
    """An item that could not even be made into a content."""
    return ReadItem(line, identifier, None, (problem,))


def _name_of(content: ItemContent) -> str:
    """A name for an item that came without one, the same whenever the same item comes again."""
    return f"item-{next(iter(canonical_hashes(content).values()), '')[:12]}"
