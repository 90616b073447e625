"""Types "choice" and "multiple-response": one of several, or as many as apply."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, cast

from lms_core.assessment.domain.interactions.marking import by_id, of_set, shown, shuffled
from lms_core.foundation.text import text
from lms_core.hooks.item_types import Component, Ids, ItemType, Json, ReportRow, Showing
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent


def picked(response: Json | None) -> list[str]:
    """The ids that an answer of this shape picks."""
    return list(response["choices"]) if response else []


def _asked(content: ItemContent) -> ChoiceInteraction:
    return cast("ChoiceInteraction", content.interaction)


def _choices(content: ItemContent) -> Mapping[str, Choice]:
    return {choice.identifier: choice for choice in _asked(content).choices}


def _arrange(content: ItemContent, lot: Random | None) -> Sequence[str]:
    choices = _choices(content)
    pinned = [name for name, choice in choices.items() if choice.pinned]
    return shuffled(list(choices), lot if _asked(content).shuffle else None, pinned)


def _most(content: ItemContent) -> int:
    return 1 if content.type == "choice" else len(_asked(content).choices)


def _expect(content: ItemContent, ids: Ids) -> Json:
    return {"shape": "choices", "choices": list(ids.values()), "most": _most(content)}


def _present(content: ItemContent, showing: Showing) -> Json:
    choices = _choices(content)
    listed = [{"id": showing.ids[name], **showing.words(choices[name].text)} for name in shown(showing.ids)]
    return {"most": _most(content), "choices": listed}


def _key(content: ItemContent, ids: Ids) -> Json:
    choices = _choices(content).values()
    right = sorted(ids[choice.identifier] for choice in choices if choice.correct)
    weights = {ids[choice.identifier]: choice.weight for choice in choices if choice.weight is not None}
    return {"choices": right, "weights": weights}


def _mark(key: Json, response: Json | None) -> tuple[Component, ...]:
    answer = picked(response)
    marked = of_set("choices", answer, key["choices"])
    share = sum(key["weights"].get(choice, 0.0) for choice in answer) if key["weights"] else marked.share
    return (Component(marked.id, marked.points, marked.possible, share),)


def _explain(content: ItemContent, showing: Showing) -> Json:
    choices = _choices(content)
    told: list[dict[str, Any]] = [
        {
            "id": showing.ids[name],
            **showing.words(choices[name].text),
            "correct": choices[name].correct,
            **showing.why(choices[name].feedback),
        }
        for name in shown(showing.ids)
    ]
    return {"choices": told, "key": {"choices": [one["id"] for one in told if one["correct"]]}}


def report_choices(solved: Json, response: Json | None, member: str = "choices") -> tuple[ReportRow, ...]:
    """A line for each choice that is right or was picked."""
    answer, known = picked(response), by_id(solved[member])
    return tuple(
        ReportRow(
            "",
            one["html"],
            one["html"] if name in answer else "",
            one["html"] if one["correct"] else "",
            (name in answer) == one["correct"],
            one["feedback_html"],
        )
        for name, one in known.items()
        if one["correct"] or name in answer
    )


CHOICE = ItemType("choice", text("Single choice"), _arrange, _expect, _present, _key, _mark, _explain, report_choices)
MULTIPLE_RESPONSE = ItemType(
    "multiple-response", text("Multiple response"), _arrange, _expect, _present, _key, _mark, _explain, report_choices
)
