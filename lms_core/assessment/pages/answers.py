"""How a report shows the answer to one question: line by line, by the type of the question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from lms_core.assessment.domain.interaction_checks import GAP
from lms_core.assessment.domain.interactions.extended_text import written
from lms_core.hooks.item_types import ItemType, ReportRow


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A line of a report with the points of its component; without points where none hang on it."""

    row: ReportRow
    points: float | None = None
    possible: float | None = None


def with_lines(solved: dict[str, Any], types: Mapping[str, ItemType]) -> dict[str, Any]:
    """A solved question with what a page shows of it: its lines, its gaps by number, whether it was answered."""
    kind = types.get(solved["type"])
    response = solved["response"]
    lines = kind.report(solved, response) if kind else ()
    components = {one["id"]: one for one in solved.get("components", ())}
    return {
        **solved,
        "prompt_html": numbered(solved["prompt_html"]),
        "listed": solved.get("areas") or solved.get("choices") if _is_picked(solved) else None,
        "lines": [_shown(row, components) for row in lines],
        "answered": bool(response) and any(response.values()),
        "written": written(response) if solved["type"] == "extended-text" else "",
    }


def numbered(html: str) -> str:
    """``html`` with the numbers of its gaps in their places."""
    numbers = count(1)
    return re.sub(GAP, lambda _: f'<strong class="gap-number">[{next(numbers)}]</strong>', html)


def _is_picked(solved: Mapping[str, Any]) -> bool:
    return "choices" in solved["key"]


def _shown(row: ReportRow, components: Mapping[str, Mapping[str, float]]) -> ShownRow:
    earned = components.get(row.component) if row.component else None
    return ShownRow(row, earned["points"], earned["possible"]) if earned else ShownRow(row)
