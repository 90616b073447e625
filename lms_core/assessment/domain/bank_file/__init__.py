"""The bank file format `lms-bank/1`: items as Markdown that people read, compare and review on a code host.

Read it in this order: `model` (what a file says), `lines` (headings and sections), `body` (stem,
choices, explanation), `merge` (one item from its languages), `build` (interactions by type),
`fields` (the `name: value` lines), `parse` and `write`; `outline` for long files. The format is described in
docs/reference/bank-format.md.
"""

from lms_core.assessment.domain.bank_file.model import BankFile, Header, ParsedBank
from lms_core.assessment.domain.bank_file.parse import parse, parse_bytes, parse_lines
from lms_core.assessment.domain.bank_file.write import item_lines, write

__all__ = ["BankFile", "Header", "ParsedBank", "item_lines", "parse", "parse_bytes", "parse_lines", "write"]
