"""The section of one language: stem, entries (`- [mark] text`), groups (`### name`), explanation (`> `)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from lms_core.assessment.domain.bank_file.lines import Line, unescaped_choice, unescaped_stem
from lms_core.assessment.domain.bank_file.model import tidy
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem

GROUPED: Final = frozenset({"inline-choice", "hot-area", "text-entry", "numeric"})
"""Types whose entries stand in groups, one for each gap or setting."""
EXHIBITED: Final = frozenset({"case-study", "problem-solution"})
"""Types whose groups are documents."""
TARGETED: Final = frozenset({"statement-set", "matching", "hot-spot", "extended-text", "hot-area"})
"""Types that name things with `- (name) text` beside their entries."""

_ENTRY = re.compile(r"- \[([^\]]*)\](?: (.*))?")
_TARGET = re.compile(r"- \(([^)\s]+)\)(?: (.*))?")
_GROUP = re.compile(r"### +([^\s:]+)(?:: *(.*\S))?\s*")
_ATTRIBUTE = r"(?:pinned|id=[^\s}]+|weight=[^\s}]+|area=[^\s}]+)"
_ATTRIBUTES = re.compile(rf" (\\*)\{{({_ATTRIBUTE}(?: {_ATTRIBUTE})*)\}}$")


@dataclass
class Entry:
    """A `- [mark] text` or `- (mark) text` line with what is indented under it."""

    mark: str
    line: int
    is_target: bool
    attributes: Mapping[str, str]
    text: list[str]
    feedback: list[str] = field(default_factory=list)


@dataclass
class Group:
    """What stands under a `### name: label` line; the first group of a section has no name."""

    identifier: str = ""
    label: str = ""
    line: int = 0
    text: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


@dataclass
class Body:
    """One language of an item. `groups[0].text` is the stem."""

    groups: list[Group] = field(default_factory=lambda: [Group()])
    explanation: list[str] = field(default_factory=list)
    problems: list[tuple[int, Problem]] = field(default_factory=list)

    @property
    def stem(self) -> str:
        """The question, tidied."""
        return tidy("\n".join(self.groups[0].text))


class BodyReader:
    """Reads the lines of one section of an item of `kind`, one after the other."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._entry: Entry | None = None
        self.body = Body()
        self._text = self.body.groups[0].text

    def read(self, lines: Iterable[Line]) -> Body:
        """The section these lines write."""
        for line in lines:
            self._take(line)
        return self.body

    def _take(self, line: Line) -> None:
        if not line.verbatim and (self._starts_group(line) or self._starts_entry(line)):
            return
        if self._kind in EXHIBITED or (self._entry is None and not self.body.explanation):
            self._free(line)
        else:
            self._continues(line)

    def _starts_group(self, line: Line) -> bool:
        found = _GROUP.fullmatch(line.text)
        if found is None or self._kind not in GROUPED | EXHIBITED:
            return False
        self._entry = None
        if found[1] == "explanation" and self._kind in EXHIBITED:
            self._text = self.body.explanation
        else:
            self.body.groups.append(Group(found[1], found[2] or "", line.number))
            self._text = self.body.groups[-1].text
        return True

    def _starts_entry(self, line: Line) -> bool:
        if self._kind in EXHIBITED:
            return False
        target = _TARGET.fullmatch(line.text) if self._kind in TARGETED else None
        found = target or _ENTRY.fullmatch(line.text)
        if found is None:
            return False
        words, attributes = _attributes(found[2] or "")
        self._entry = Entry(found[1].strip(), line.number, target is not None, attributes, [words])
        self.body.groups[-1].entries.append(self._entry)
        return True

    def _free(self, line: Line) -> None:
        if self.body.groups[-1].identifier and self._kind in GROUPED and line.text.strip():
            self._stray(line)
        else:
            self._text.append(unescaped_stem(line))

    def _continues(self, line: Line) -> None:
        entry = self._entry
        if line.text.startswith(">"):
            self._entry = None
            self.body.explanation.append(_unquoted(line.text))
        elif not line.text.strip():
            self._blank()
        elif entry is not None and line.text.startswith("  >"):
            entry.feedback.append(_unquoted(line.text[2:]))
        elif entry is not None and line.text.startswith("  ") and not entry.feedback:
            entry.text.append(unescaped_choice(line.text[2:]))
        else:
            self._stray(line)

    def _blank(self) -> None:
        if self._entry is None:
            self.body.explanation.append("")
        elif not self._entry.feedback:
            self._entry.text.append("")

    def _stray(self, line: Line) -> None:
        problem = Problem(
            "stray-line",
            text(
                "This line stands between the choices. Indent it by two spaces to continue a choice, "
                "start it with “  > ” to explain a choice or with “> ” to explain the item."
            ),
        )
        self.body.problems.append((line.number, problem))


def _unquoted(line: str) -> str:
    return line.removeprefix(">").removeprefix(" ")


def _attributes(words: str) -> tuple[str, Mapping[str, str]]:
    found = _ATTRIBUTES.search(words)
    if found is None or found[1]:
        return _unescaped_attributes(words), {}
    named = (attribute.partition("=") for attribute in found[2].split(" "))
    return _unescaped_attributes(words[: found.start()]), {name: value for name, _, value in named}


def _unescaped_attributes(words: str) -> str:
    found = _ATTRIBUTES.search(words)
    return words if found is None or not found[1] else _inserted(words, found, found[1][1:])


def _inserted(words: str, found: re.Match[str], backslashes: str) -> str:
    return f"{words[: found.start()]} {backslashes}{{{found[2]}}}"


def escaped_attributes(words: str) -> str:
    """The first line of an entry's text, with a backslash before what would read as attributes."""
    found = _ATTRIBUTES.search(words)
    return words if found is None else _inserted(words, found, found[1] + "\\")
