"""Answers of ours as responses of QTI: so that both score the same, and can be compared."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lms_core.assessment.domain.formats.qti.sheets import Wiring
from lms_core.assessment.domain.interactions.numbers import number_in
from lms_core.hooks.item_types import Json
from lms_core.hooks.items import ItemContent, NumericInteraction


def response_of(content: ItemContent, wiring: Wiring, answer: Json) -> dict[str, Any]:
    """What the response variables hold when somebody answers `answer`, which is in the author's own names."""
    names = wiring.names
    if "choices" in answer:
        picked = [names[one] for one in answer["choices"]]
        return {wiring.variables[""]: picked}
    if "order" in answer:
        return {wiring.variables[""]: [names[one] for one in answer["order"]]}
    if "pairs" in answer:
        return {wiring.variables[""]: [f"{names[one['source']]} {names[one['target']]}" for one in answer["pairs"]]}
    if "selections" in answer:
        return {wiring.variables[one]: names[picked] for one, picked in answer["selections"].items()}
    return {wiring.variables[name]: _entry(content, name, typed) for name, typed in answer["entries"].items()}


def _entry(content: ItemContent, name: str, typed: str) -> str | float | None:
    asked = content.interaction
    if not isinstance(asked, NumericInteraction):
        return typed
    units: Mapping[str, str] = {field.identifier: field.unit for field in asked.fields}
    number: Decimal | None = number_in(typed, units[name])
    return None if number is None else float(number)
