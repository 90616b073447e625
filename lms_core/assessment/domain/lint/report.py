"""A bank of several files looked over, with its counts."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lms_core.assessment.domain.bank_file import ParsedBank
from lms_core.assessment.domain.items import choices_of
from lms_core.assessment.domain.lint.bank import BankItem, items_of
from lms_core.assessment.domain.lint.coverage import coverage_findings
from lms_core.assessment.domain.lint.cues import cue_findings, key_position
from lms_core.assessment.domain.lint.likeness import likeness_findings
from lms_core.assessment.domain.lint.parity import parity_findings
from lms_core.assessment.domain.lint.parts import part_findings
from lms_core.hooks.findings import Finding


@dataclass(frozen=True, slots=True)
class LintReport:
    """Every finding by file and line, and what the bank holds."""

    findings: tuple[Finding, ...]
    items: int
    by_domain: Mapping[str, int]
    by_objective: Mapping[str, int]
    by_language: Mapping[str, int]
    key_positions: Mapping[str, int]

    @property
    def is_sound(self) -> bool:
        """Whether nothing refuses the bank."""
        return not any(finding.severity == "error" for finding in self.findings)


def lint(banks: Sequence[ParsedBank], today: date, objectives: Collection[str] = ()) -> LintReport:
    """The report on `banks` as one bank. `objectives` are those that a complete bank covers."""
    items = items_of(banks)
    found = [finding for bank in banks for finding in bank.findings]
    found += _findings(items, banks, today, objectives)
    single = [item for item in items if item.content.type == "choice" and choices_of(item.content)]
    return LintReport(
        findings=tuple(sorted(found, key=lambda finding: (finding.file, finding.line, finding.rule))),
        items=len(items),
        by_domain=Counter(item.domain for item in items),
        by_objective=Counter(item.content.objective for item in items),
        by_language=Counter(language for item in items for language in item.content.languages),
        key_positions=Counter("ABCDEFGHIJ"[key_position(item) % 10] for item in single),
    )


def _findings(
    items: Sequence[BankItem], banks: Sequence[ParsedBank], today: date, objectives: Collection[str]
) -> Iterator[Finding]:
    yield from part_findings(items, today)
    yield from parity_findings(items)
    yield from likeness_findings(items)
    yield from cue_findings(items)
    yield from coverage_findings(banks, objectives)
