"""Bank files as a format: each finding about an item refuses that item, any other the file."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import BinaryIO

from lms_core.assessment.domain.bank_file import BankFile, Header, ParsedBank, item_lines, parse_lines, write
from lms_core.assessment.domain.bank_file.lines import header_of, numbered
from lms_core.assessment.domain.bank_file.outline import NameTwice, Outline
from lms_core.assessment.domain.formats.base import checked
from lms_core.assessment.domain.formats.errors import BrokenFile, FileRefused, TruncatedFile, WrongEncoding
from lms_core.assessment.domain.formats.text_lines import text_lines
from lms_core.foundation.text import Titles, text
from lms_core.hooks.findings import Finding, Problem
from lms_core.hooks.item_formats import CannotHold, ItemFormat, ReadItem, ReadOptions, WriteOptions
from lms_core.hooks.items import GroupInteraction, ItemContent, Provenance


class BankFileWriter:
    """One bank file: its header holds whose words the first item is, items that differ say so themselves."""

    def __init__(self, stream: BinaryIO, _options: WriteOptions) -> None:
        """Write into `stream`."""
        self._stream = stream
        self._header: Header | None = None
        self._names: set[str] = set()

    def add(self, content: ItemContent) -> None:
        """Write one item. Raises CannotHold where it brings a name, also of a case's question, a second time."""
        names = set(_names(content))
        if twice := names & self._names:
            raise CannotHold(Problem("name-twice", text("“%(name)s” names two items.", name=min(twice))))
        self._names |= names
        if self._header is None:
            self._header = Header(objective=content.objective, provenance=content.provenance)
            self._stream.write(write(BankFile(self._header, (content,))).encode())
        else:
            self._stream.write("\n".join([*item_lines(content, self._header), ""]).encode())

    def close(self) -> None:
        """Nothing stands at the end."""


def _names(content: ItemContent) -> Iterator[str]:
    yield content.identifier
    if isinstance(content.interaction, GroupInteraction):
        yield from (question.identifier for question in content.interaction.items)


_REFUSALS: dict[str, type[FileRefused]] = {"wrong-encoding": WrongEncoding, "truncated": TruncatedFile}


def read_bank_file(stream: BinaryIO, options: ReadOptions) -> Iterator[ReadItem]:
    """Every item of the bank, sound or refused. What the file says of its origin wins over the options."""
    outline, whole = Outline(), stream.tell()
    try:
        for number, words in text_lines(stream, options):
            outline.take(whole, number, words.rstrip("\n"))
            whole = stream.tell()
    except NameTwice as twice:
        raise BrokenFile(text("“%(name)s” names two items.", name=twice.name), options.file, twice.line) from twice
    pieces = _Pieces(stream, outline, whole)
    first = pieces.lines(0)
    yield from _items(parse_lines(first, options.file), options)
    header = header_of(first)
    for group in outline.groups():
        asked = [line for number in group for line in pieces.lines(number)]
        yield from _items(parse_lines([*header, *asked], options.file), options)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The pieces of a file, read where they stand."""

    stream: BinaryIO
    outline: Outline
    whole: int

    def lines(self, number: int) -> list[tuple[int, str]]:
        starts = self.outline.starts
        end = starts[number + 1] if number + 1 < len(starts) else self.whole
        self.stream.seek(starts[number])
        written = self.stream.read(end - starts[number]).decode("utf-8-sig")
        return [(self.outline.lines[number] + at - 1, words) for at, words in numbered(written)]


def _items(parsed: ParsedBank, options: ReadOptions) -> Iterator[ReadItem]:
    for finding in parsed.findings:
        if not finding.item and finding.severity == "error":
            raise _REFUSALS.get(finding.rule, BrokenFile)(finding.text, options.file, finding.line)
    yield from _refused(parsed)
    certification = parsed.bank.header.certification.partition("@")[0]
    for content in parsed.bank.items:
        own = replace(content, provenance=_completed(content.provenance, options.provenance))
        item = checked(parsed.lines[content.identifier], own)
        yield replace(item, certification=certification, domain=parsed.bank.header.domain)


def _refused(parsed: ParsedBank) -> Iterator[ReadItem]:
    by_item: dict[str, list[Finding]] = {}
    for finding in parsed.findings:
        if finding.severity == "error":
            by_item.setdefault(finding.item, []).append(finding)
    for name, findings in by_item.items():
        problems = tuple(Problem(finding.rule, finding.text) for finding in findings)
        yield ReadItem(findings[0].line, name, None, problems)


def _completed(own: Provenance, given: Provenance) -> Provenance:
    missing = {field.name for field in fields(Provenance) if not getattr(own, field.name)}
    return replace(own, **{name: getattr(given, name) for name in missing})


BANK_FILE = ItemFormat(
    "bank",
    Titles("문제은행 파일", "Bank file"),
    (".bank.md", ".md"),
    read_bank_file,
    BankFileWriter,
    tells_origin=True,
)
