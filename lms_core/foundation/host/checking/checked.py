"""One check and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from lms_core.foundation.host.findings import Finding, Findings
from lms_core.foundation.text import Text


@dataclass(frozen=True, slots=True)
class Checked:
    """A check by name, what it found, and why it was left out where it was.

    Findings are told on the command line, in English: the file and line to look at, the rule, and the way out.
    """

    name: str
    findings: Findings = ()
    skipped: str = ""

    @property
    def passed(self) -> bool:
        """Whether nothing was found. What was left out has found nothing."""
        return not self.findings

    def placed(self, copy: Path, home: Path) -> "Checked":
        """The same, with files below ``copy`` named as the author knows them, below ``home``."""
        return replace(self, findings=tuple(_placed(one, str(copy), str(home)) for one in self.findings))


def fault(plugin: str, place: Path | str, rule: str, message: str, line: int = 0, **values: object) -> Finding:
    """A finding of the command line's: in English, so that it is not collected for translation."""
    return Finding(plugin, str(place), line, rule, Text(message, values))


def sorted_findings(findings: Iterable[Finding]) -> Findings:
    """By place, as an author goes through them."""
    return tuple(sorted(findings, key=lambda one: (one.file, one.line, one.rule)))


def _placed(finding: Finding, copy: str, home: str) -> Finding:
    inside = finding.file.startswith(copy)
    return replace(finding, file=home + finding.file.removeprefix(copy)) if inside else finding
