"""Type "numeric": numbers to fill in, right within a tolerance and in their unit."""

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from random import Random
from typing import Final, cast

from lms_core.assessment.domain.interactions.marking import of_one
from lms_core.assessment.domain.interactions.numbers import within
from lms_core.assessment.domain.interactions.text_entry import entered
from lms_core.foundation.text import text
from lms_core.hooks.item_types import Component, Ids, ItemType, Json, ReportRow, Showing
from lms_core.hooks.items import ItemContent, NumericField, NumericInteraction

LEAST_PLAIN: Final = 1e-6
MOST_PLAIN: Final = 1e15


def _asked(content: ItemContent) -> NumericInteraction:
    return cast("NumericInteraction", content.interaction)


def _arrange(content: ItemContent, _lot: Random | None) -> Sequence[str]:
    return [field.identifier for field in _asked(content).fields]


def _expect(_content: ItemContent, ids: Ids) -> Json:
    return {"shape": "entries", "fields": list(ids.values())}


def _present(content: ItemContent, showing: Showing) -> Json:
    return {"fields": [{"id": showing.ids[one.identifier], "unit": one.unit} for one in _asked(content).fields]}


def _told(field: NumericField) -> Json:
    return {"value": field.value, "tolerance": field.tolerance, "unit": field.unit}


def _key(content: ItemContent, ids: Ids) -> Json:
    return {"fields": {ids[field.identifier]: _told(field) for field in _asked(content).fields}}


def _mark(key: Json, response: Json | None) -> tuple[Component, ...]:
    typed, share = entered(response), 1 / len(key["fields"])
    return tuple(
        of_one(name, right=within(typed.get(name, ""), **told), share=share) for name, told in key["fields"].items()
    )


def _explain(content: ItemContent, showing: Showing) -> Json:
    told = [{"id": showing.ids[field.identifier], **_told(field)} for field in _asked(content).fields]
    return {"fields": told, "key": {"entries": {one["id"]: _plain(one["value"]) for one in told}}}


def _plain(value: float) -> str:
    """As people write it: 2,000 or 0.5; powers of ten only where there is no other way."""
    if value and not LEAST_PLAIN <= abs(value) < MOST_PLAIN:
        return repr(value)
    return f"{Decimal(repr(value)):,f}".removesuffix(".0")


def _report(solved: Json, response: Json | None) -> tuple[ReportRow, ...]:
    typed = entered(response)
    rows = []
    for place, field in enumerate(solved["fields"], start=1):
        answer = typed.get(field["id"], "")
        around = f" ± {_plain(field['tolerance'])}" if field["tolerance"] else ""
        key = f"{_plain(field['value'])}{around} {field['unit']}".strip()
        right = within(answer, field["value"], field["tolerance"], field["unit"])
        rows.append(ReportRow(field["id"], f"[{place}]", escape(answer), escape(key), right))
    return tuple(rows)


NUMERIC = ItemType("numeric", text("Number"), _arrange, _expect, _present, _key, _mark, _explain, _report)
