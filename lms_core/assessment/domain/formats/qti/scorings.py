"""Which of our rules scores as an item's response processing does: found by trying both on the same answers.

However the rules are written (a published template, a mapping, conditions of any shape), they are ours if they give
the same share of the maximum for the right answer, for parts of it, and for more than it.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

from lms_core.assessment.domain.formats.qti.answers import response_of
from lms_core.assessment.domain.formats.qti.sheets import Wiring
from lms_core.assessment.domain.interactions import CORE_TYPES
from lms_core.assessment.domain.qti.declarations import Item
from lms_core.assessment.domain.qti.errors import QtiRefused
from lms_core.assessment.domain.qti.scoring import score
from lms_core.assessment.domain.scoring import SlotKey, score_slot
from lms_core.hooks.item_types import ItemType, Json
from lms_core.hooks.items import ItemContent, Scoring

MOST_TRIALS: Final = 16
SAME: Final = 1e-9
SCORINGS: Final[tuple[Scoring, ...]] = ("all-or-nothing", "partial", "map")
_TYPES: Final[Mapping[str, ItemType]] = {one.name: one for one in CORE_TYPES}


def scoring_of(content: ItemContent, wiring: Wiring, item: Item) -> Scoring | None:
    """The rule of ours that scores every trial as the item does, None if there is none."""
    rules = item.response_processing
    is_mapped = rules is not None and (
        "map_response" in rules.attributes.get("template", "") or any(one.name == "mapResponse" for one in rules.walk())
    )
    order: tuple[Scoring, ...] = ("partial", "all-or-nothing", "map") if is_mapped else SCORINGS
    answers = list(islice(_trials(content), MOST_TRIALS))
    try:
        earned = [share_in(item, response_of(content, wiring, answer)) for answer in answers]
    except QtiRefused:
        return None
    for scoring in order:
        if all(_agrees(share_of(content, scoring, each), one) for each, one in zip(answers, earned, strict=True)):
            return scoring
    return None


def share_of(content: ItemContent, scoring: Scoring, answer: Json | None) -> float:
    """What an answer in the author's own names earns by a rule of ours, as a share of what is possible."""
    kind = _TYPES[content.type]
    key = kind.key(content, _names(kind, content))
    scored = score_slot(kind, SlotKey(1, "", content.type, scoring, key), answer)
    return scored.points / scored.possible if scored.possible else 0.0


def share_in(item: Item, response: Mapping[str, Any]) -> float | None:
    """What a response earns by the item's own rules, as a share of the maximum; None where no maximum follows."""
    scored = score(item, dict(response))
    earned = scored.outcomes.get("SCORE")
    if not scored.maximum or not isinstance(earned, int | float):
        return None
    return earned / scored.maximum


def _agrees(ours: float, theirs: float | None) -> bool:
    return theirs is not None and abs(ours - theirs) < SAME


def _names(kind: ItemType, content: ItemContent) -> dict[str, str]:
    """The author's own names in the place of the ids of a form."""
    return {name: name for name in kind.arrange(content, None)}


def _trials(content: ItemContent) -> Iterator[Json]:
    """Answers that tell rules apart: all of the key, none of it, parts of it, and more than it."""
    kind = _TYPES[content.type]
    ids = _names(kind, content)
    expected, key = kind.expect(content, ids), kind.key(content, ids)
    yield from _TRIALS[expected["shape"]](expected, key)


def _choices(expected: Json, key: Json) -> Iterator[Json]:
    right, every = list(key["choices"]), list(expected["choices"])
    wrong = [one for one in every if one not in right]
    tried = [right, [], *([one] for one in every), right[:-1], [*right, *wrong[:1]], [*right, *wrong], every[:2]]
    return ({"choices": one} for one in tried if len(one) <= expected["most"])


def _order(expected: Json, key: Json) -> Iterator[Json]:
    right = list(key["order"])
    extra = [one for one in expected["choices"] if one not in right]
    tried = [right, [], right[:-1], right[::-1], [right[1], right[0], *right[2:]], right[:1]]
    return ({"order": one} for one in (*tried, *([[*right, *extra]] if extra else [])))


def _pairs(expected: Json, key: Json) -> Iterator[Json]:
    if expected["per_target"]:
        right = [(texts[0], gap) for gap, texts in key["right"].items()]
        right = list({text: (text, gap) for text, gap in right}.values()) if expected["per_source"] else right
    else:
        right = [(source, target) for source, targets in key["right"].items() for target in targets]
    wrong = [(one, target) for one, _ in right[:1] for target in expected["targets"] if (one, target) not in right][:1]
    tried = [right, [], right[:1], right[1:], [*wrong, *right[1:]]]
    if not expected["per_source"] and not expected["per_target"]:
        tried += [[*right, *wrong], wrong]
    return ({"pairs": [{"source": source, "target": target} for source, target in one]} for one in tried)


def _selections(expected: Json, key: Json) -> Iterator[Json]:
    right = dict(key["right"])
    name = next(iter(right))
    wrong = [one for one in expected["lists"][name] if one != right[name]][:1]
    tried = [right, {}, {name: right[name]}, {k: v for k, v in right.items() if k != name}]
    return ({"selections": one} for one in (*tried, *({**right, name: one} for one in wrong)))


def _entries(_expected: Json, key: Json) -> Iterator[Json]:
    typed = {name: _typed(told) for name, told in key["fields"].items()}
    yield {"entries": {name: said[0] for name, said in typed.items() if said}}
    yield {"entries": {}}
    for name, said in typed.items():
        yield from ({"entries": {name: one}} for one in (*said, "…"))


def _typed(told: Any) -> list[str]:
    """What can be typed into a blank, the best answer first."""
    if isinstance(told, Mapping):
        return [repr(told["value"])]
    best = sorted(told, key=lambda one: 1.0 if one["weight"] is None else one["weight"], reverse=True)
    return [one["texts"][0] for one in best if one["texts"]]


_TRIALS: Final = {
    "choices": _choices,
    "order": _order,
    "pairs": _pairs,
    "selections": _selections,
    "entries": _entries,
}
