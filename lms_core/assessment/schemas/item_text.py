"""An item as text: the same lines that a bank file holds, which every type can be written in."""

from typing import Final

from lms_core.assessment.domain.bank_file import Header, item_lines, parse
from lms_core.assessment.domain.bank_file.model import FORMAT
from lms_core.foundation.errors import Invalid
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema
from lms_core.hooks.findings import Finding
from lms_core.hooks.items import ItemContent, Provenance

LONGEST: Final = 200_000
_HEADER: Final = Header(provenance=Provenance("LicenseRef-Own"))
_HEAD: Final = f"---\nformat: {FORMAT}\nlicence: {_HEADER.provenance.licence}\n---\n"
TEMPLATE: Final = """# {identifier}
type: case-study

## ko

상황을 여기에 씁니다.

### document: 문서 제목

문서의 내용

# {identifier}-1
type: choice
case: {identifier}

## ko

첫째 문제를 여기에 씁니다.

- [x] 맞는 선택지
- [ ] 틀린 선택지
"""


class ItemTextIn(Schema):
    """The text of one item; the questions of a case follow it."""

    lines = fields.String(
        required=True,
        validate=fields.Length(min=1, max=LONGEST),
        metadata={
            "label": text("The item as text"),
            "kind": "textarea",
            "help": text("As a bank file writes it: fields, then “## ko” and “## en” with the same entries."),
            "attributes": {"rows": "28", "spellcheck": "false", "class": "input code"},
        },
    )


def text_of(content: ItemContent) -> str:
    """The lines of an item, with those of its questions."""
    return "\n".join(item_lines(content, _HEADER)).strip() + "\n"


def content_from(source: str, before: ItemContent | None = None) -> ItemContent:
    """The one item that ``source`` writes. Raises Invalid with every finding and its line."""
    read = parse(_HEAD + source.replace("\r\n", "\n"), "")
    found = [_said(finding) for finding in read.findings if finding.severity == "error"]
    if not found and len(read.bank.items) != 1:
        found = [text("Write exactly one item; the questions of a case name it with “case:”.")]
    if not found and before is not None and read.bank.items[0].identifier != before.identifier:
        found = [text("The identifier stays “%(name)s”.", name=before.identifier)]
    if found:
        raise Invalid(fields={"lines": tuple(found)})
    return read.bank.items[0]


def _said(finding: Finding) -> Text:
    line = max(1, finding.line - _HEAD.count("\n"))
    return text("Line %(line)s: %(problem)s", line=line, problem=finding.text)
