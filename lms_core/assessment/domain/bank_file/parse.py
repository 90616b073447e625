"""A bank file read: every sound item, and every finding of the file at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lms_core.assessment.domain.bank_file.build import InteractionBuilder
from lms_core.assessment.domain.bank_file.fields import HEADER_FIELDS, ITEM_FIELDS, FieldReader
from lms_core.assessment.domain.bank_file.lines import NumberedText, RawFile, RawItem, cut, numbered
from lms_core.assessment.domain.bank_file.merge import LocatedProblem, MergedBody, merge
from lms_core.assessment.domain.bank_file.model import FORMAT, BankFile, Header, ParsedBank
from lms_core.assessment.domain.checks import problems as broken_rules
from lms_core.assessment.domain.items import INTERACTIONS
from lms_core.assessment.domain.licences import is_accepted
from lms_core.foundation.text import text
from lms_core.hooks.findings import Finding, Problem
from lms_core.hooks.items import UNKNOWN_PROVENANCE, GroupInteraction, ItemContent, ItemTypeName
from lms_core.hooks.words import Words

_TYPES: Mapping[str, ItemTypeName] = {kind: kind for kind in INTERACTIONS}


@dataclass
class _Reading:
    """What has been read so far."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    items: dict[str, ItemContent] = field(default_factory=dict)
    cases: dict[str, list[str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def tell(self, line: int, problem: Problem, item: str = "") -> None:
        self.findings.append(problem.at(self.file, line or self.lines.get(item, 0), item))
        if item and problem.severity == "error":
            self.broken.add(item)


def parse_bytes(data: bytes, file: str) -> ParsedBank:
    """The bank in `data`; a file that is no UTF-8 is one finding and no items."""
    try:
        return parse(data.decode("utf-8-sig"), file)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = Problem("wrong-encoding", text("The file is not UTF-8. Save it as UTF-8."))
        return ParsedBank(BankFile(Header()), (problem.at(file, line),), file=file)


def parse(written: str, file: str) -> ParsedBank:
    """The bank that `written` describes. `file` is the name that findings carry."""
    return parse_lines(numbered(written), file)


def parse_lines(lines: NumberedText, file: str) -> ParsedBank:
    """The bank that a header and some items describe, wherever in `file` these lines stand."""
    raw = cut(lines)
    reading = _Reading(file)
    header = _header(raw, reading)
    for line, problem in raw.problems:
        reading.tell(line, problem)
    for raw_item in raw.items:
        _take_item(raw_item, header, reading)
    items = tuple(_folded(reading))
    for content in items:
        for problem in broken_rules(content):
            reading.tell(0, problem, content.identifier)
    sound = tuple(content for content in items if content.identifier not in reading.broken)
    findings = tuple(sorted(reading.findings, key=lambda finding: finding.line))
    return ParsedBank(BankFile(header, sound), findings, reading.lines, file)


def _header(raw: RawFile, reading: _Reading) -> Header:
    fields = FieldReader(raw.fields, HEADER_FIELDS)
    values = fields.values()
    for line, problem in (*fields.problems, *_header_problems(values)):
        reading.tell(line or 1, problem)
    return Header(
        certification=values.get("certification", ""),
        domain=values.get("domain", ""),
        objective=values.get("objective", ""),
        title=Words({name.partition(".")[2]: value for name, value in values.items() if name.startswith("title.")}),
        provenance=fields.provenance(UNKNOWN_PROVENANCE),
    )


def _header_problems(values: Mapping[str, str]) -> Iterator[LocatedProblem]:
    if values.get("format") != FORMAT:
        yield 1, Problem("unknown-format", text("The header must say “format: %(format)s”.", format=FORMAT))
    yield from _licence_problems(values.get("licence", ""))


def _licence_problems(licence: str) -> Iterator[LocatedProblem]:
    if not licence:
        yield 1, Problem("missing-licence", text("The licence is missing. Name it by its SPDX identifier."))
    elif not is_accepted(licence):
        yield (
            1,
            Problem("unknown-licence", text("Items under “%(licence)s” are not taken.", licence=licence)),
        )


def _take_item(raw: RawItem, header: Header, reading: _Reading) -> None:
    if raw.identifier in reading.lines:
        twice = Problem("identifier-twice", text("“%(name)s” names two items.", name=raw.identifier))
        reading.tell(raw.line, twice)
        return
    reading.lines[raw.identifier] = raw.line
    fields = FieldReader(raw.fields, ITEM_FIELDS)
    content = _content(raw, fields, header, reading)
    for line, problem in fields.problems:
        reading.tell(line, problem, raw.identifier)
    if content is None:
        return
    reading.items[raw.identifier] = content
    if case := fields.values().get("case"):
        reading.cases.setdefault(case, []).append(raw.identifier)


def _content(raw: RawItem, fields: FieldReader, header: Header, reading: _Reading) -> ItemContent | None:
    kind = _TYPES.get(fields.values().get("type", "choice"))
    if kind is None:
        reading.tell(
            fields.line("type"),
            Problem("unknown-type", text("There is no item type “%(type)s”.", type=fields.values()["type"])),
            raw.identifier,
        )
        return None
    body, problems = merge(kind, raw.sections)
    for line, problem in (*problems, *_section_problems(raw)):
        reading.tell(line, problem, raw.identifier)
    return None if body is None else _build(raw, kind, body, fields, header, reading)


def _build(
    raw: RawItem, kind: ItemTypeName, body: MergedBody, fields: FieldReader, header: Header, reading: _Reading
) -> ItemContent:
    builder = InteractionBuilder(kind, body, fields.values())
    interaction = builder.build()
    for line, problem in builder.problems:
        reading.tell(line, problem, raw.identifier)
    provenance = fields.provenance(header.provenance)
    if provenance.licence != header.provenance.licence and not is_accepted(provenance.licence):
        for _, problem in _licence_problems(provenance.licence):
            reading.tell(fields.line("licence"), problem, raw.identifier)
    level, value = fields.difficulty()
    return ItemContent(
        identifier=raw.identifier,
        type=kind,
        stem=body.stem,
        interaction=interaction,
        scoring=fields.scoring(),
        explanation=body.explanation,
        references=fields.references(),
        objective=fields.values().get("objective", header.objective),
        difficulty=level,
        difficulty_value=value,
        tags=fields.tags(),
        provenance=provenance,
    )


def _section_problems(raw: RawItem) -> Iterator[LocatedProblem]:
    if not raw.sections:
        yield raw.line, Problem("truncated", text("The item has no text. Write it under “## ko” or “## en”."))


def _folded(reading: _Reading) -> Iterator[ItemContent]:
    nested = {name for names in reading.cases.values() for name in names}
    for case, names in reading.cases.items():
        content = reading.items.get(case)
        if content is None or not isinstance(content.interaction, GroupInteraction):
            problem = Problem("unknown-case", text("There is no case “%(name)s” in this file.", name=case))
            reading.tell(0, problem, names[0])
        else:
            questions = tuple(reading.items[name] for name in names)
            interaction = replace(content.interaction, items=questions)
            reading.items[case] = replace(content, interaction=interaction)
    return (content for name, content in reading.items.items() if name not in nested)
