"""Type "text-entry": blanks to fill in with words."""

from collections.abc import Mapping, Sequence
from html import escape
from random import Random
from typing import Any, cast

from lms_core.assessment.domain.interactions.marking import of_one
from lms_core.assessment.domain.interactions.spelling import accepts
from lms_core.foundation.text import text
from lms_core.hooks.item_types import Component, Ids, ItemType, Json, ReportRow, Showing
from lms_core.hooks.items import ItemContent, TextAnswer, TextEntryInteraction


def entered(response: Json | None) -> Mapping[str, str]:
    """What an answer of this shape has typed, by blank."""
    return dict(response["entries"]) if response else {}


def _asked(content: ItemContent) -> TextEntryInteraction:
    return cast("TextEntryInteraction", content.interaction)


def _arrange(content: ItemContent, _lot: Random | None) -> Sequence[str]:
    return [field.identifier for field in _asked(content).fields]


def _expect(_content: ItemContent, ids: Ids) -> Json:
    return {"shape": "entries", "fields": list(ids.values())}


def _present(content: ItemContent, showing: Showing) -> Json:
    return {"fields": [{"id": showing.ids[field.identifier]} for field in _asked(content).fields]}


def _key(content: ItemContent, ids: Ids) -> Json:
    return {
        "fields": {ids[one.identifier]: [_accepted(each) for each in one.answers] for one in _asked(content).fields}
    }


def _accepted(answer: TextAnswer) -> dict[str, Any]:
    """An accepted answer in all its languages: nobody is wrong for answering in the other one."""
    return {"texts": list(dict.fromkeys(answer.text.values())), "match": answer.match, "weight": answer.weight}


def _mark(key: Json, response: Json | None) -> tuple[Component, ...]:
    typed, fields = entered(response), key["fields"]
    return tuple(_marked(name, answers, typed.get(name, ""), len(fields)) for name, answers in fields.items())


def _marked(name: str, answers: Sequence[Json], typed: str, fields: int) -> Component:
    taken = [_weight(one) for one in answers if _takes(one, typed)]
    if not taken:
        return of_one(name, right=False, share=0.0)
    # An answer that its author gives less than the best one is accepted in part: where scoring is by weights.
    return Component(name, float(max(taken) >= max(map(_weight, answers))), 1.0, max(taken) / fields)


def _weight(answer: Json) -> float:
    return 1.0 if answer["weight"] is None else float(answer["weight"])


def _takes(answer: Json, typed: str) -> bool:
    return any(accepts(said, answer["match"], typed) for said in answer["texts"])


def _explain(content: ItemContent, showing: Showing) -> Json:
    told: list[dict[str, Any]] = [
        {
            "id": showing.ids[field.identifier],
            "accepted": [
                {"text": one.text.in_(showing.language), "match": one.match, **showing.why(one.feedback)}
                for one in sorted(field.answers, key=_told_weight, reverse=True)
            ],
        }
        for field in _asked(content).fields
    ]
    return {"fields": told, "key": {"entries": {one["id"]: _first(one["accepted"]) for one in told}}}


def _told_weight(answer: TextAnswer) -> float:
    return 1.0 if answer.weight is None else answer.weight


def _first(accepted: Sequence[Json]) -> str:
    """The first answer that is words, not a pattern."""
    return next(iter(_plain(accepted)), "")


def _plain(accepted: Sequence[Json]) -> list[str]:
    """The best answers first, without patterns where there is anything else."""
    said = [one["text"] for one in accepted if one["match"] != "pattern"]
    return said or [one["text"] for one in accepted]


def _report(solved: Json, response: Json | None) -> tuple[ReportRow, ...]:
    typed, right = entered(response), {one["id"]: one["points"] for one in solved.get("components", ())}
    rows = []
    for place, field in enumerate(solved["fields"], start=1):
        said = _plain(field["accepted"])
        why = "".join(dict.fromkeys(one["feedback_html"] for one in field["accepted"]))
        answer = escape(typed.get(field["id"], ""))
        key = "<br>".join(escape(one) for one in said)
        rows.append(ReportRow(field["id"], f"[{place}]", answer, key, right.get(field["id"], 0) >= 1, why))
    return tuple(rows)


TEXT_ENTRY = ItemType("text-entry", text("Text entry"), _arrange, _expect, _present, _key, _mark, _explain, _report)
