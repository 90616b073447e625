"""Types "inline-choice" (drop-down lists in the stem) and "hot-area" (settings of a form, perhaps with a picture)."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, cast

from lms_core.assessment.domain.interactions.marking import by_id, of_one, shown, shuffled
from lms_core.assessment.domain.interactions.pictures import picture_shown
from lms_core.foundation.text import text
from lms_core.hooks.item_types import Component, Ids, ItemType, Json, ReportRow, Showing
from lms_core.hooks.items import ChoiceGroup, InlineChoiceInteraction, ItemContent

LIST, CHOICE = "list:", "choice:"


def _asked(content: ItemContent) -> InlineChoiceInteraction:
    return cast("InlineChoiceInteraction", content.interaction)


def _within(group: ChoiceGroup) -> str:
    return f"{CHOICE}{group.identifier}:"


def _arrange(content: ItemContent, lot: Random | None) -> Sequence[str]:
    names: list[str] = []
    for group in _asked(content).groups:
        pinned = [choice.identifier for choice in group.choices if choice.pinned]
        order = shuffled([choice.identifier for choice in group.choices], lot, pinned)
        names += [LIST + group.identifier, *(_within(group) + name for name in order)]
    return names


def _expect(content: ItemContent, ids: Ids) -> Json:
    lists = {ids[LIST + one.identifier]: _ids_within(one, ids) for one in _asked(content).groups}
    return {"shape": "selections", "lists": lists}


def _ids_within(group: ChoiceGroup, ids: Ids) -> list[str]:
    return [ids[_within(group) + name] for name in shown(ids, _within(group))]


def _present(content: ItemContent, showing: Showing) -> Json:
    asked = _asked(content)
    pictured = {"picture": picture_shown(asked.picture, showing)} if asked.picture else {}
    return {"lists": [_list(group, showing) for group in asked.groups], **pictured}


def _list(group: ChoiceGroup, showing: Showing) -> dict[str, Any]:
    said = {choice.identifier: choice.text for choice in group.choices}
    start = _within(group)
    choices = [{"id": showing.ids[start + name], **showing.words(said[name])} for name in shown(showing.ids, start)]
    label = showing.words(group.label)
    return {
        "id": showing.ids[LIST + group.identifier],
        "label": label["text"],
        "label_html": label["html"],
        "choices": choices,
    }


def _key(content: ItemContent, ids: Ids) -> Json:
    right = {
        ids[LIST + group.identifier]: ids[_within(group) + choice.identifier]
        for group in _asked(content).groups
        for choice in group.choices
        if choice.correct
    }
    return {"right": right}


def _selected(response: Json | None) -> Mapping[str, str]:
    return dict(response["selections"]) if response else {}


def _mark(key: Json, response: Json | None) -> tuple[Component, ...]:
    selected, share = _selected(response), 1 / len(key["right"])
    return tuple(of_one(name, right=selected.get(name) == one, share=share) for name, one in key["right"].items())


def _explain(content: ItemContent, showing: Showing) -> Json:
    told = []
    for group in _asked(content).groups:
        choices = {showing.ids[_within(group) + choice.identifier]: choice for choice in group.choices}
        listed = _list(group, showing)
        explained = [
            {**one, "correct": choices[one["id"]].correct, **showing.why(choices[one["id"]].feedback)}
            for one in listed["choices"]
        ]
        told.append({**listed, "choices": explained})
    return {"lists": told, "key": {"selections": _key(content, showing.ids)["right"]}}


def _report(solved: Json, response: Json | None) -> tuple[ReportRow, ...]:
    selected, right = _selected(response), solved["key"]["selections"]
    rows = []
    for place, one in enumerate(solved["lists"], start=1):
        choices = by_id(one["choices"])
        given, key = selected.get(one["id"]), right[one["id"]]
        why = "".join(choices[name]["feedback_html"] for name in dict.fromkeys([key, given or key]))
        answer = choices[given]["html"] if given else ""
        label = one["label_html"] or f"[{place}]"
        rows.append(ReportRow(one["id"], label, answer, choices[key]["html"], given == key, why))
    return tuple(rows)


INLINE_CHOICE = ItemType(
    "inline-choice", text("Drop-downs"), _arrange, _expect, _present, _key, _mark, _explain, _report
)
HOT_AREA = ItemType("hot-area", text("Hot area"), _arrange, _expect, _present, _key, _mark, _explain, _report)
