"""Type "extended-text": written freely, and marked by a person along its rubric."""

from collections.abc import Sequence
from html import escape
from random import Random
from typing import cast

from lms_core.foundation.text import text
from lms_core.hooks.item_types import Component, Ids, ItemType, Json, ReportRow, Showing
from lms_core.hooks.items import ExtendedTextInteraction, ItemContent


def _asked(content: ItemContent) -> ExtendedTextInteraction:
    return cast("ExtendedTextInteraction", content.interaction)


def _arrange(_content: ItemContent, _lot: Random | None) -> Sequence[str]:
    return ()


def _expect(_content: ItemContent, _ids: Ids) -> Json:
    return {"shape": "text"}


def _present(content: ItemContent, _showing: Showing) -> Json:
    return {"least_words": _asked(content).least_words, "most_words": _asked(content).most_words}


def _key(content: ItemContent, _ids: Ids) -> Json:
    return {"rubric": {line.identifier: line.points for line in _asked(content).rubric}}


def _mark(key: Json, _response: Json | None) -> tuple[Component, ...]:
    """Nothing yet, of what the rubric can give."""
    return tuple(Component(name, 0.0, float(points)) for name, points in key["rubric"].items())


def _explain(content: ItemContent, showing: Showing) -> Json:
    asked = _asked(content)
    model = asked.model_answer.in_(showing.language)
    rubric = [{"id": line.identifier, **showing.words(line.text), "points": line.points} for line in asked.rubric]
    return {"rubric": rubric, "model_answer_html": showing.to_html(model) if model else "", "key": {"text": model}}


def _report(solved: Json, _response: Json | None) -> tuple[ReportRow, ...]:
    """A line for each criterion; what was written stands above them."""
    earned = {one["id"]: one["points"] for one in solved.get("components", ())}
    return tuple(
        ReportRow(line["id"], line["html"], "", "", earned.get(line["id"], 0.0) >= line["points"])
        for line in solved["rubric"]
    )


def written(response: Json | None) -> str:
    """What was written, as HTML that is safe to show, its lines kept."""
    return escape(str(response["text"])).replace("\n", "<br>") if response else ""


EXTENDED_TEXT = ItemType(
    "extended-text", text("Essay"), _arrange, _expect, _present, _key, _mark, _explain, _report, by_person=True
)
