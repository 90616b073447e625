"""The items of several files as one bank."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms_core.assessment.domain.bank_file import ParsedBank
from lms_core.hooks.findings import Finding, Problem
from lms_core.hooks.items import GroupInteraction, ItemContent


@dataclass(frozen=True, slots=True)
class BankItem:
    """An item with its place; the questions of a case stand beside the case."""

    content: ItemContent
    file: str
    line: int
    domain: str

    def finding(self, problem: Problem) -> Finding:
        """The problem at this item."""
        return problem.at(self.file, self.line, self.content.identifier)


def items_of(banks: Sequence[ParsedBank]) -> tuple[BankItem, ...]:
    """Every sound item of every file, in order."""
    return tuple(
        BankItem(content, bank.file, bank.lines.get(content.identifier, 0), bank.bank.header.domain)
        for bank in banks
        for parent in bank.bank.items
        for content in _with_questions(parent)
    )


def _with_questions(content: ItemContent) -> Iterator[ItemContent]:
    yield content
    if isinstance(content.interaction, GroupInteraction):
        yield from content.interaction.items
