"""Bank files as an import format: each finding about an item refuses that item, any other the file."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import BinaryIO

from lms_core.assessment.domain.bank_file import ParsedBank, parse_bytes
from lms_core.assessment.domain.findings import Finding, Problem
from lms_core.assessment.domain.formats.base import ReadItem, ReadOptions, checked
from lms_core.assessment.domain.formats.errors import BrokenFile, FileRefused, TruncatedFile, WrongEncoding
from lms_core.hooks.items import Provenance

_REFUSALS: dict[str, type[FileRefused]] = {"wrong-encoding": WrongEncoding, "truncated": TruncatedFile}


def read_bank_file(stream: BinaryIO, options: ReadOptions) -> Iterator[ReadItem]:
    """Every item of the bank, sound or refused. What the file says of its origin wins over the options."""
    parsed = parse_bytes(stream.read(), options.file)
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
