"""CSV with a header: `id, stem, choice_a ... choice_z, answer, explanation`. One explanation for the item.

`answer` names the right choices by letter (`B`, or `A;C` for several).
"""

import csv
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from lms_core.assessment.domain.bank_file.model import positional, tidy
from lms_core.assessment.domain.findings import Problem
from lms_core.assessment.domain.formats.base import ReadItem, ReadOptions, checked
from lms_core.assessment.domain.formats.categories import tags_of
from lms_core.assessment.domain.formats.errors import BrokenFile, TruncatedFile
from lms_core.assessment.domain.formats.text_lines import text_lines
from lms_core.foundation.text import text
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent
from lms_core.hooks.words import Words

_CHOICE = re.compile(r"choice_([a-z])")
_NEEDED = ("stem", "choice_a", "choice_b", "answer")


def read_comma_separated(stream: BinaryIO, options: ReadOptions) -> Iterator[ReadItem]:
    """Every row as an item, or refused with its line."""
    lines = _Lines(stream, options)
    rows = csv.reader(lines, strict=True)
    header: list[str] | None = None
    start = 1
    for row in _rows(rows, options):
        if header is None:
            header = _header(row, options)
        elif len(row) < len(header) and lines.ends_open:
            raise TruncatedFile(text("The last row is not complete."), options.file, start)
        elif any(row):
            yield _read(start, header, row, options)
        start = rows.line_num + 1


class _Lines:
    """The lines of the file; `ends_open` once the last one read has no line end."""

    def __init__(self, stream: BinaryIO, options: ReadOptions) -> None:
        self._lines = text_lines(stream, options)
        self.ends_open = False

    def __iter__(self) -> Iterator[str]:
        for _, line in self._lines:
            self.ends_open = not line.endswith("\n")
            yield line


def _rows(rows: Iterator[list[str]], options: ReadOptions) -> Iterator[list[str]]:
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            line = getattr(rows, "line_num", 0)
            if "unexpected end" in str(error):
                raise TruncatedFile(text("The file ends inside quotation marks."), options.file, line) from error
            raise BrokenFile(text("Line %(line)s is not CSV.", line=line), options.file, line) from error


def _header(row: list[str], options: ReadOptions) -> list[str]:
    names = [name.strip().lower() for name in row]
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        reason = text("The first line has no column “%(name)s”.", name=missing[0])
        raise BrokenFile(reason, options.file, 1)
    return names


def _read(line: int, header: list[str], row: list[str], options: ReadOptions) -> ReadItem:
    told = []
    if len(row) != len(header):
        told.append(
            Problem(
                "columns-differ",
                text(
                    "The row has %(found)s columns, the header %(expected)s.",
                    found=len(row),
                    expected=len(header),
                ),
            )
        )
    values = dict(zip(header, row, strict=False))
    return checked(line, _content(values, options, told), *told, has_choice_feedback=False)


def _content(values: Mapping[str, str], options: ReadOptions, told: list[Problem]) -> ItemContent:
    letters = re.findall(r"[^\s,;]+", values.get("answer", ""))
    choices = _choices(values, {letter.lower() for letter in letters}, options.language)
    for letter in letters:
        if values.get(f"choice_{letter.lower()}", "").strip() == "":
            problem = text("The answer names “%(letter)s”, which is no choice of the row.", letter=letter)
            told.append(Problem("unknown-name", problem))
    return ItemContent(
        identifier=values.get("id", "").strip(),
        type="multiple-response" if len(letters) > 1 else "choice",
        stem=Words({options.language: tidy(values.get("stem", ""))}),
        interaction=ChoiceInteraction(choices),
        explanation=Words({options.language: tidy(values.get("explanation", ""))}),
        tags=tags_of(values.get("module", "")),
        provenance=options.provenance,
    )


def _choices(values: Mapping[str, str], key: set[str], language: str) -> tuple[Choice, ...]:
    written = [(found[1], tidy(value)) for name, value in values.items() if (found := _CHOICE.fullmatch(name))]
    filled = [(letter, words) for letter, words in written if words]
    return tuple(
        Choice(positional(position), Words({language: words}), letter in key)
        for position, (letter, words) in enumerate(filled)
    )
