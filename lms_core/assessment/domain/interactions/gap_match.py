"""Type "gap-match": texts are placed into the gaps of the question, `[[gap]]` in its stem."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import cast

from lms_core.assessment.domain.interactions.marking import by_id, of_one, shown, shuffled
from lms_core.foundation.text import text
from lms_core.hooks.item_types import Component, Ids, ItemType, Json, ReportRow, Showing
from lms_core.hooks.items import Choice, GapMatchInteraction, ItemContent

TEXT, GAP = "text:", "gap:"


def _asked(content: ItemContent) -> GapMatchInteraction:
    return cast("GapMatchInteraction", content.interaction)


def _texts(content: ItemContent) -> Mapping[str, Choice]:
    return {choice.identifier: choice for choice in _asked(content).texts}


def _arrange(content: ItemContent, lot: Random | None) -> Sequence[str]:
    texts = shuffled(list(_texts(content)), lot)
    return [*(TEXT + name for name in texts), *(GAP + name for name in _asked(content).gaps)]


def _expect(content: ItemContent, ids: Ids) -> Json:
    texts, gaps = ([ids[start + name] for name in shown(ids, start)] for start in (TEXT, GAP))
    return {"shape": "pairs", "sources": texts, "targets": gaps, "per_source": _uses(content), "per_target": 1}


def _uses(content: ItemContent) -> int:
    """Each text once, unless the key places one twice: then as often as one likes."""
    placed = [pair.source for pair in _asked(content).key]
    return 1 if len(set(placed)) == len(placed) else 0


def _present(content: ItemContent, showing: Showing) -> Json:
    texts = _texts(content)
    return {
        "texts": [
            {"id": showing.ids[TEXT + name], **showing.words(texts[name].text)} for name in shown(showing.ids, TEXT)
        ],
        "gaps": [{"id": showing.ids[GAP + name]} for name in shown(showing.ids, GAP)],
        "per_text": _uses(content),
    }


def _key(content: ItemContent, ids: Ids) -> Json:
    """The texts that are right in each gap: any of them."""
    right: dict[str, list[str]] = {ids[GAP + name]: [] for name in _asked(content).gaps}
    for pair in _asked(content).key:
        right[ids[GAP + pair.target]].append(ids[TEXT + pair.source])
    return {"right": right}


def _placed(response: Json | None) -> Mapping[str, str]:
    return {pair["target"]: pair["source"] for pair in response["pairs"]} if response else {}


def _mark(key: Json, response: Json | None) -> tuple[Component, ...]:
    placed, share = _placed(response), 1 / len(key["right"])
    return tuple(of_one(gap, right=placed.get(gap) in texts, share=share) for gap, texts in key["right"].items())


def _explain(content: ItemContent, showing: Showing) -> Json:
    texts, ids = _texts(content), showing.ids
    told = [
        {"id": ids[TEXT + name], **showing.words(texts[name].text), **showing.why(texts[name].feedback)}
        for name in shown(ids, TEXT)
    ]
    pairs = [{"source": ids[TEXT + pair.source], "target": ids[GAP + pair.target]} for pair in _asked(content).key]
    return {"texts": told, "key": {"pairs": pairs}}


def _report(solved: Json, response: Json | None) -> tuple[ReportRow, ...]:
    texts, placed = by_id(solved["texts"]), _placed(response)
    rows = []
    for place, gap in enumerate(solved["gaps"], start=1):
        right = [pair["source"] for pair in solved["key"]["pairs"] if pair["target"] == gap["id"]]
        given = placed.get(gap["id"])
        answer = texts[given]["html"] if given else ""
        key = "<br>".join(texts[name]["html"] for name in right)
        why = "".join(texts[name]["feedback_html"] for name in dict.fromkeys([*right, *([given] if given else [])]))
        rows.append(ReportRow(gap["id"], f"[{place}]", answer, key, given in right, why))
    return tuple(rows)


GAP_MATCH = ItemType("gap-match", text("Gap match"), _arrange, _expect, _present, _key, _mark, _explain, _report)
