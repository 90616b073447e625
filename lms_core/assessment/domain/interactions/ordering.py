"""Type "ordering": put steps into their order. A step that does not belong is left out."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from random import Random
from typing import Any, cast

from lms_core.assessment.domain.interactions.marking import by_id, of_one, shown, shuffled
from lms_core.foundation.text import text
from lms_core.hooks.item_types import Component, Ids, ItemType, Json, ReportRow, Showing
from lms_core.hooks.items import Choice, ItemContent, OrderInteraction


def _asked(content: ItemContent) -> OrderInteraction:
    return cast("OrderInteraction", content.interaction)


def _choices(content: ItemContent) -> Mapping[str, Choice]:
    return {choice.identifier: choice for choice in _asked(content).choices}


def _arrange(content: ItemContent, lot: Random | None) -> Sequence[str]:
    """By lot even where the exam keeps the authors' order: that order may be the answer."""
    names, key = list(_choices(content)), list(_asked(content).key)
    order = shuffled(names, lot or Random(content.identifier))  # noqa: S311 nothing secret hangs on it
    if [name for name in order if name in key] != key:
        return order
    # The right order itself would be given away: its first step is moved to the end.
    return [*(name for name in order if name != key[0]), key[0]]


def _expect(_content: ItemContent, ids: Ids) -> Json:
    return {"shape": "order", "choices": list(ids.values()), "most": len(ids)}


def _present(content: ItemContent, showing: Showing) -> Json:
    choices = _choices(content)
    listed = [{"id": showing.ids[name], **showing.words(choices[name].text)} for name in shown(showing.ids)]
    return {"most": len(listed), "choices": listed}


def _key(content: ItemContent, ids: Ids) -> Json:
    return {"order": [ids[name] for name in _asked(content).key]}


def _mark(key: Json, response: Json | None) -> tuple[Component, ...]:
    """A point for each step in its place; each step placed beyond the last one takes a point back."""
    right, placed = key["order"], response["order"] if response else []
    share = 1 / len(right)
    marks = [of_one(step, right=step == given, share=share) for step, given in zip_longest(right, placed) if step]
    for _ in placed[len(right) :]:
        _take_one_back(marks)
    return tuple(marks)


def _take_one_back(marks: list[Component]) -> None:
    last = next((place for place in reversed(range(len(marks))) if marks[place].points), None)
    if last is not None:
        marks[last] = Component(marks[last].id, 0.0, 1.0)


def _explain(content: ItemContent, showing: Showing) -> Json:
    choices, key = _choices(content), _asked(content).key
    told: list[dict[str, Any]] = [
        {"id": showing.ids[name], **showing.words(choices[name].text), **showing.why(choices[name].feedback)}
        for name in shown(showing.ids)
    ]
    return {"choices": told, "key": {"order": [showing.ids[name] for name in key]}}


def _report(solved: Json, response: Json | None) -> tuple[ReportRow, ...]:
    choices, right = by_id(solved["choices"]), solved["key"]["order"]
    placed = response["order"] if response else []
    return tuple(
        ReportRow(
            step or "",
            str(place),
            choices[given]["html"] if given else "",
            choices[step]["html"] if step else "",
            step == given,
            choices[step or given]["feedback_html"],
        )
        for place, (step, given) in enumerate(zip_longest(right, placed), start=1)
    )


ORDERING = ItemType("ordering", text("Ordering"), _arrange, _expect, _present, _key, _mark, _explain, _report)
