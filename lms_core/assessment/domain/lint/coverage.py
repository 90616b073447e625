"""Whether a bank covers what its certification asks."""

from collections.abc import Collection, Iterator, Sequence

from lms_core.assessment.domain.bank_file import ParsedBank
from lms_core.foundation.text import text
from lms_core.hooks.findings import Finding, warning


def coverage_findings(banks: Sequence[ParsedBank], objectives: Collection[str]) -> Iterator[Finding]:
    """Files without items or place, and objectives that no item covers."""
    covered = {content.objective for bank in banks for content in bank.bank.items}
    for bank in banks:
        header = bank.bank.header
        if not (header.objective and header.domain):
            yield warning("no-objective", text("The file names no domain or no objective.")).at(bank.file, 1)
        if not bank.bank.items:
            yield warning("no-items", text("The file holds no sound item.")).at(bank.file, 1)
    for objective in sorted(set(objectives) - covered):
        yield warning("uncovered-objective", text("No item covers “%(objective)s”.", objective=objective)).at(
            banks[0].file if banks else "", 0
        )
