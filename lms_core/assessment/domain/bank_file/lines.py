"""A bank file cut into its parts: header, items, their fields, a section for each language.

What stands at the start of a line decides; inside fenced code nothing does, and a backslash before
such a beginning makes it plain text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem

_FENCE = re.compile(r"(?:(`{3,})[^`]*|(~{3,}).*)")
_ITEM = re.compile(r"# +(.*\S)\s*")
_SECTION = re.compile(r"## +(.*\S)\s*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?")
_FIELD = re.compile(r"([a-z_.]+(?:-[a-z]+)*)\s*:(?:\s+(.*\S))?\s*")
_STEM_MARKS = re.compile(r"\\*(?:#{1,3} |- \[|- \(|`{3}|~{3})")
_CHOICE_MARKS = re.compile(r"\\*>")

NumberedText = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file; `verbatim` inside fenced code."""

    number: int
    text: str
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A `name: value` line."""

    name: str
    value: str
    line: int


@dataclass
class RawItem:
    """An item as its lines: what follows its heading, and the sections by language."""

    identifier: str
    line: int
    fields: list[Field] = field(default_factory=list)
    sections: dict[str, list[Line]] = field(default_factory=dict)


@dataclass
class RawFile:
    """A whole file as its lines, with the problems of its outline by line."""

    fields: list[Field] = field(default_factory=list)
    items: list[RawItem] = field(default_factory=list)
    problems: list[tuple[int, Problem]] = field(default_factory=list)

    def problem(self, line: int, problem: Problem) -> None:
        """Keep a problem with its line."""
        self.problems.append((line, problem))


def escaped_stem(words: str) -> Iterator[str]:
    """The lines of a stem, with a backslash before whatever would read as structure."""
    lines = words.split("\n")
    for line, verbatim in zip(lines, fenced(lines), strict=True):
        yield line if verbatim or not _STEM_MARKS.match(line) else "\\" + line


def escaped_choice(line: str) -> str:
    """A line of a choice, with a backslash before whatever would read as its explanation."""
    return "\\" + line if _CHOICE_MARKS.match(line) else line


def unescaped_stem(line: Line) -> str:
    """What a line of a stem says."""
    return line.text[1:] if _is_escaped(line.text, _STEM_MARKS) and not line.verbatim else line.text


def unescaped_choice(line: str) -> str:
    """What a line of a choice says."""
    return line[1:] if _is_escaped(line, _CHOICE_MARKS) else line


def _is_escaped(line: str, marks: re.Pattern[str]) -> bool:
    return line.startswith("\\") and marks.match(line) is not None


def fenced(lines: Sequence[str]) -> list[bool]:
    """For each line whether it belongs to fenced code; a fence that never closes is none."""
    inside = [False] * len(lines)
    start = 0
    while start < len(lines):
        end = _closing(lines, start)
        for number in range(start, end + 1):
            inside[number] = True
        start = max(start, end) + 1
    return inside


def _closing(lines: Sequence[str], start: int) -> int:
    fence = opens_fence(lines[start])
    if not fence:
        return start - 1
    end = closing(fence)
    ends = (number for number in range(start + 1, len(lines)) if end.fullmatch(lines[number]))
    return next(ends, start - 1)


def opens_fence(words: str) -> str:
    """The signs of the fence that a line opens; an empty string if it opens none."""
    found = _FENCE.fullmatch(words)
    return (found[1] or found[2]) if found else ""


def closing(fence: str) -> re.Pattern[str]:
    """What closes a fence of these signs."""
    return re.compile(rf"{re.escape(fence)}{re.escape(fence[0])}*\s*")


def heading_in(words: str) -> str:
    """The name of the item that a line begins; an empty string if it begins none."""
    found = _ITEM.fullmatch(words)
    return found[1] if found else ""


def opens_section(words: str) -> bool:
    """Whether a line begins the words of a language."""
    return _SECTION.fullmatch(words) is not None


def case_in(words: str) -> str:
    """The case that an item's field names as its own; an empty string if the line is no such field."""
    found = _FIELD.fullmatch(words)
    return (found[2] or "") if found and found[1] == "case" else ""


def numbered(written: str) -> NumberedText:
    """The lines of a file with their numbers, from 1."""
    return list(enumerate(written.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"), 1))


def header_of(lines: NumberedText) -> NumberedText:
    """The lines of a file's header, with those that open and close it."""
    ends = [at for at, (_, words) in enumerate(lines) if words.rstrip() == "---"]
    return lines[: ends[1] + 1] if len(ends) > 1 else lines


def cut(given: NumberedText) -> RawFile:
    """The parts of a file. Whatever belongs nowhere is kept as a problem."""
    verbatim = fenced([words for _, words in given])
    lines = [Line(number, words, inside) for (number, words), inside in zip(given, verbatim, strict=True)]
    raw = RawFile()
    for line in lines:
        if not line.verbatim and _FENCE.fullmatch(line.text):
            raw.problem(
                line.number,
                Problem("unclosed-fence", text("This code fence is never closed. Close it, or escape it.")),
            )
    rest = _cut_header(lines, raw)
    _cut_items(rest, raw)
    return raw


def _cut_header(lines: Sequence[Line], raw: RawFile) -> Sequence[Line]:
    if not lines or lines[0].text.rstrip() != "---":
        raw.problem(1, Problem("no-header", text("The file does not start with “---” and its fields.")))
        return lines
    for position, line in enumerate(lines[1:], 1):
        if line.text.rstrip() == "---":
            return lines[position + 1 :]
        _take_field(line, raw.fields, raw)
    raw.problem(1, Problem("truncated", text("The header is not closed by “---”.")))
    return ()


def _cut_items(lines: Sequence[Line], raw: RawFile) -> None:
    section: list[Line] | None = None
    for line in lines:
        heading = None if line.verbatim else _ITEM.fullmatch(line.text)
        language = None if line.verbatim else _SECTION.fullmatch(line.text)
        if heading:
            raw.items.append(RawItem(heading[1], line.number))
            section = None
        elif language and raw.items:
            section = _open_section(language[1], line, raw)
        elif section is not None:
            section.append(line)
        else:
            _take_field(line, raw.items[-1].fields if raw.items else None, raw)


def _open_section(language: str, line: Line, raw: RawFile) -> list[Line]:
    sections = raw.items[-1].sections
    if not _LANGUAGE.fullmatch(language):
        raw.problem(
            line.number,
            Problem(
                "unknown-section",
                text("“## %(name)s” is no language. Write “## ko”, or “\\## …” for a heading.", name=language),
            ),
        )
        return []
    if language in sections:
        raw.problem(
            line.number,
            Problem("section-twice", text("“## %(name)s” stands twice in this item.", name=language)),
        )
    return sections.setdefault(language, [])


def _take_field(line: Line, fields: list[Field] | None, raw: RawFile) -> None:
    found = _FIELD.fullmatch(line.text)
    if found and fields is not None:
        fields.append(Field(found[1], found[2] or "", line.number))
    elif line.text.strip():
        raw.problem(
            line.number,
            Problem(
                "stray-line",
                text("This line belongs to nothing: fields are “name: value”, items start with “# ”."),
            ),
        )
