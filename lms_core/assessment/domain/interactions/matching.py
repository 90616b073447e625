"""Types "matching" and "statement-set": each source is given the targets it belongs to.

A statement set asks the same two answers (yes or no, true or false) of each statement; nothing in it is moved.
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, cast

from lms_core.assessment.domain.interactions.marking import by_id, of_set, shown, shuffled
from lms_core.foundation.text import text
from lms_core.hooks.item_types import Component, Ids, ItemType, Json, ReportRow, Showing
from lms_core.hooks.items import Choice, ItemContent, MatchInteraction

SOURCE, TARGET = "source:", "target:"


def given_to(response: Json | None) -> Mapping[str, list[str]]:
    """The targets that an answer gives to each source."""
    given: dict[str, list[str]] = {}
    for pair in response["pairs"] if response else ():
        given.setdefault(pair["source"], []).append(pair["target"])
    return given


def _asked(content: ItemContent) -> MatchInteraction:
    return cast("MatchInteraction", content.interaction)


def _named(choices: Sequence[Choice]) -> Mapping[str, Choice]:
    return {choice.identifier: choice for choice in choices}


def _arrange(content: ItemContent, lot: Random | None) -> Sequence[str]:
    asked = _asked(content)
    sources, targets = list(_named(asked.sources)), list(_named(asked.targets))
    if content.type == "matching":
        pinned = [choice.identifier for choice in asked.targets if choice.pinned]
        sources, targets = shuffled(sources, lot), shuffled(targets, lot, pinned)
    return [*(SOURCE + name for name in sources), *(TARGET + name for name in targets)]


def _right(content: ItemContent) -> Mapping[str, list[str]]:
    right: dict[str, list[str]] = {}
    for pair in _asked(content).key:
        right.setdefault(pair.source, []).append(pair.target)
    return right


def _per_source(content: ItemContent) -> int:
    """One target each, unless some source has several: then any number, which tells nothing about which."""
    return 1 if all(len(targets) == 1 for targets in _right(content).values()) else 0


def _expect(content: ItemContent, ids: Ids) -> Json:
    sides = {side: [ids[name] for name in ids if name.startswith(start)] for side, start in _SIDES}
    return {"shape": "pairs", **sides, "per_source": _per_source(content), "per_target": 0}


def _present(content: ItemContent, showing: Showing) -> Json:
    asked = _asked(content)
    sources, targets = _named(asked.sources), _named(asked.targets)
    return {
        "sources": [_part(showing, SOURCE, name, sources[name]) for name in shown(showing.ids, SOURCE)],
        "targets": [_part(showing, TARGET, name, targets[name]) for name in shown(showing.ids, TARGET)],
        "per_source": _per_source(content),
    }


def _part(showing: Showing, start: str, name: str, choice: Choice) -> dict[str, Any]:
    return {"id": showing.ids[start + name], **showing.words(choice.text)}


def _key(content: ItemContent, ids: Ids) -> Json:
    return {
        "right": {ids[SOURCE + name]: [ids[TARGET + one] for one in ones] for name, ones in _right(content).items()}
    }


def _mark(key: Json, response: Json | None) -> tuple[Component, ...]:
    given, right = given_to(response), key["right"]
    marks = [of_set(source, given.get(source, ()), targets) for source, targets in right.items()]
    return tuple(Component(one.id, one.points, one.possible, one.share / len(marks)) for one in marks)


def _explain(content: ItemContent, showing: Showing) -> Json:
    sources = _named(_asked(content).sources)
    told = [
        {**_part(showing, SOURCE, name, sources[name]), **showing.why(sources[name].feedback)}
        for name in shown(showing.ids, SOURCE)
    ]
    pairs = [
        {"source": showing.ids[SOURCE + pair.source], "target": showing.ids[TARGET + pair.target]}
        for pair in _asked(content).key
    ]
    return {"sources": told, "key": {"pairs": pairs}}


def _report(solved: Json, response: Json | None) -> tuple[ReportRow, ...]:
    targets = by_id(solved["targets"])
    given, right = given_to(response), given_to(solved["key"])
    return tuple(
        ReportRow(
            source["id"],
            source["html"],
            _listed(targets, given.get(source["id"], [])),
            _listed(targets, right.get(source["id"], [])),
            set(given.get(source["id"], [])) == set(right.get(source["id"], [])),
            source["feedback_html"],
        )
        for source in solved["sources"]
    )


def _listed(targets: Mapping[str, Mapping[str, Any]], names: Sequence[str]) -> str:
    return "<br>".join(targets[name]["html"] for name in names)


_SIDES = (("sources", SOURCE), ("targets", TARGET))
MATCHING = ItemType("matching", text("Matching"), _arrange, _expect, _present, _key, _mark, _explain, _report)
STATEMENT_SET = ItemType(
    "statement-set", text("Statements"), _arrange, _expect, _present, _key, _mark, _explain, _report
)
