"""What reports of an import show, whatever the number of rows: a page of those refused, and the warnings by rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from lms_core.assessment.domain.imports import ToldRow
from lms_core.foundation.paging import Page, PageRequest
from lms_core.hooks.findings import Problem

SHOWN: Final = 200


@dataclass(eq=False)
class ToldRule:
    """A rule, how often it is told, and the first of its rows, each with what is told of it."""

    rule: str
    count: int = 0
    first: list[tuple[ToldRow, Problem]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Summary:
    """A page of the rejected rows, and the warnings."""

    rejected: Page[ToldRow]
    rules: Sequence[ToldRule]


def summarised(rows: Iterable[ToldRow], request: PageRequest) -> Summary:
    """What is told of ``rows``, holding no more of them than is shown."""
    start, refused = (request.number - 1) * request.size, 0
    shown: list[ToldRow] = []
    rules: dict[str, ToldRule] = {}
    for row in rows:
        if row.verdict != "rejected":
            _add(rules, row)
            continue
        if start <= refused < start + request.size:
            shown.append(row)
        refused += 1
    return Summary(Page(shown, refused, request.number, request.size), list(rules.values()))


def _add(rules: dict[str, ToldRule], row: ToldRow) -> None:
    for problem in row.problems:
        if problem.severity == "warning":
            told = rules.setdefault(problem.rule, ToldRule(problem.rule))
            told.count += 1
            if told.count <= SHOWN:
                told.first.append((row, problem))
