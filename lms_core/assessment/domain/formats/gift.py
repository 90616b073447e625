"""GIFT, Moodle's text format, read: categories, titles, braces with answers, `#` feedback, escapes.

A key is never guessed; what stands in the braces is read by `gift_answers`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from lms_core.assessment.domain.bank_file.model import tidy
from lms_core.assessment.domain.formats.asked import Unreadable
from lms_core.assessment.domain.formats.base import checked, rejected
from lms_core.assessment.domain.formats.categories import tags_of
from lms_core.assessment.domain.formats.errors import BrokenFile, TruncatedFile
from lms_core.assessment.domain.formats.gift_answers import asked
from lms_core.assessment.domain.formats.html import markdown_of
from lms_core.assessment.domain.formats.text_lines import text_lines
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem, warning
from lms_core.hooks.item_formats import ReadItem, ReadOptions
from lms_core.hooks.items import ItemContent
from lms_core.hooks.words import Words

_ESCAPED = "\\~=#{}:n"
# Noncharacters of Unicode never occur in text, so an escaped sign can wait in one until the end.
_HIDDEN = {sign: chr(0xFDD0 + number) for number, sign in enumerate(_ESCAPED)}
_SHOWN = str.maketrans({hidden: "\n" if sign == "n" else sign for sign, hidden in _HIDDEN.items()})
_ESCAPE = re.compile(r"\\([\\~=#{}:n])")
_TITLE = re.compile(r"::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|plain|markdown|moodle)\]", re.IGNORECASE)


@dataclass
class _Block:
    """The lines of one question, escaped signs hidden, and where it starts."""

    line: int
    category: str
    lines: list[str] = field(default_factory=list)
    is_answered: bool = False

    @property
    def source(self) -> str:
        """The whole question."""
        return "".join(self.lines).lstrip()


def read_gift(stream: BinaryIO, options: ReadOptions) -> Iterator[ReadItem]:
    """Every question as an item, or refused with its line."""
    blocks = _Blocks(options.file)
    for number, line in text_lines(stream, options):
        if block := blocks.take(number, line):
            yield _read(block, options)
    if block := blocks.last():
        yield _read(block, options)


class _Blocks:
    """Takes lines and gives back questions: they stand apart by a blank line outside braces."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._category = ""
        self._block: _Block | None = None
        self._depth = 0

    def take(self, number: int, line: str) -> _Block | None:
        """The question that `line` ends, if it ends one."""
        if self._depth and line.startswith(("::", "$CATEGORY:")):
            raise self._unclosed()
        if line.lstrip().startswith("//"):
            return None
        if not self._depth and line.startswith("$CATEGORY:"):
            self._category = line.removeprefix("$CATEGORY:").strip()
            return self._done()
        if not self._depth and not line.strip():
            return self._done()
        # Behind closed braces a title can only be the next question's, though the blank line before it is missing.
        begins = bool(self._block and self._block.is_answered and not self._depth and line.startswith("::"))
        done = self._done() if begins else None
        self._add(number, line)
        return done

    def last(self) -> _Block | None:
        """The question the file ends with. Raises TruncatedFile if it ends in the middle of one."""
        if self._block and self._depth > 0:
            reason = text("The file ends inside the question of line %(line)s.", line=self._block.line)
            raise TruncatedFile(reason, self._file, self._block.line)
        return self._done()

    def _add(self, number: int, line: str) -> None:
        self._block = self._block or _Block(number, self._category)
        hidden = _ESCAPE.sub(lambda found: _HIDDEN[found[1]], line)
        self._block.lines.append(hidden)
        self._block.is_answered |= "}" in hidden
        self._depth += hidden.count("{") - hidden.count("}")

    def _done(self) -> _Block | None:
        done, self._block, self._depth = self._block, None, 0
        return done

    def _unclosed(self) -> BrokenFile:
        line = self._block.line if self._block else 0
        reason = text("The question of line %(line)s has no closing brace.", line=line)
        return BrokenFile(reason, self._file, line)


def _read(block: _Block, options: ReadOptions) -> ReadItem:
    title = _TITLE.match(block.source)
    name = tidy(title[1].translate(_SHOWN)) if title else ""
    rest = block.source[title.end() if title else 0 :]
    before, brace, inside = rest.partition("{")
    answers, _, after = inside.partition("}")
    if not brace:
        return rejected(block.line, name, _no_question())
    if "{" in after:
        return rejected(block.line, name, _several())
    try:
        return _item(block, name, _stem(before, after), answers, options)
    except Unreadable as refused:
        return rejected(block.line, name, refused.problem)


def _stem(before: str, after: str) -> str:
    """The question; where it goes on behind the braces, they stand for a missing word."""
    return f"{before.rstrip()} _____ {after.strip()}" if after.strip() else before


def _item(block: _Block, name: str, stem: str, answers: str, options: ReadOptions) -> ReadItem:
    answers, _, general = answers.partition("####")
    found = asked(answers, options.language, _shown)
    content = ItemContent(
        identifier=name,
        type=found.type,
        stem=Words({options.language: _shown(stem)}),
        interaction=found.interaction,
        scoring=found.scoring,
        explanation=Words({options.language: _shown(general)}),
        tags=tags_of(block.category),
        provenance=options.provenance,
    )
    return checked(block.line, content, *found.problems, *_told(stem))


def _shown(written: str) -> str:
    found = _FORMAT.match(written)
    words = written[found.end() if found else 0 :].translate(_SHOWN)
    return tidy(markdown_of(words) if found and found[1].lower() == "html" else words)


def _told(stem: str) -> Iterator[Problem]:
    found = _FORMAT.match(stem)
    if found and found[1].lower() == "html":
        yield warning("converted-markup", text("The text was HTML and is Markdown now. Look at it once."))


def _no_question() -> Problem:
    return Problem("no-question", text("This is a description without a question. Write braces with its answers."))


def _several() -> Problem:
    reason = text("More than one pair of braces stands here. Put a blank line between two questions.")
    return Problem("several-questions", reason)
