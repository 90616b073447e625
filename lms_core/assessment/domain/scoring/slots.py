"""The score of one slot: its components, put together by a rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lms_core.hooks.item_types import Component, ItemType, Json
from lms_core.hooks.items import Scoring


@dataclass(frozen=True, slots=True)
class SlotKey:
    """What is right in one slot, in the form's own ids, and by which rule it is scored.

    ``scored`` False: it does not count, as a pilot item or because it was withdrawn. A regrade says what it did in
    ``ruling`` and, where it took the key of a newer version of the item, names that in ``corrected_by``; ``given``:
    everybody has its points, whatever was answered.
    """

    slot: int
    domain: str
    type: str
    scoring: Scoring
    key: Mapping[str, Any]
    scored: bool = True
    given: bool = False
    ruling: str = ""
    corrected_by: str = ""


@dataclass(frozen=True, slots=True)
class SlotScore:
    """What one slot earned, as a whole and by component. ``waits``: a person has to mark it before it counts.

    ``ruling`` and ``corrected_by`` are those of the key by which it was scored.
    """

    slot: int
    domain: str
    points: float
    possible: float
    scored: bool
    components: tuple[Component, ...] = ()
    waits: bool = False
    ruling: str = ""
    corrected_by: str = ""


def score_slot(
    kind: ItemType, key: SlotKey, response: Json | None, marks: tuple[Component, ...] | None = None
) -> SlotScore:
    """Points for ``response``: never negative, never more than possible.

    ``marks`` are what a person gave, where the type needs one; an answer that was never written needs none.
    """
    components = kind.mark(key.key, response)
    waits = kind.by_person and response is not None and marks is None
    if kind.by_person and marks is not None:
        components = marks
    rule: Scoring = "partial" if kind.by_person else key.scoring
    return _scored(key, *put_together(rule, components), components, waits=waits)


def rescore_slot(kind: ItemType, key: SlotKey, last: SlotScore, response: Json | None) -> SlotScore:
    """``last`` under a ``key`` that was ruled on since. What was marked stays marked unless the key itself is new."""
    if kind.by_person or key.corrected_by == last.corrected_by:
        components = last.components
    else:
        components = kind.mark(key.key, response)
    rule: Scoring = "partial" if kind.by_person else key.scoring
    # A score of before there were components is all there is to go by.
    points, possible = put_together(rule, components) if components else (last.points, last.possible)
    return _scored(key, points, possible, components, waits=last.waits)


def _scored(
    key: SlotKey, points: float, possible: float, components: tuple[Component, ...], *, waits: bool
) -> SlotScore:
    earned, open_still = (possible, False) if key.given else (points, waits)
    ruled = key.ruling, key.corrected_by
    return SlotScore(key.slot, key.domain, earned, possible, key.scored, components, open_still, *ruled)


def put_together(rule: Scoring, components: tuple[Component, ...]) -> tuple[float, float]:
    """Points and what is possible: one a component where parts count, else one as a whole."""
    if rule == "partial":
        return sum(one.points for one in components), sum(one.possible for one in components)
    if rule == "map":
        return min(max(sum(one.share for one in components), 0.0), 1.0), 1.0
    return float(all(one.points >= one.possible for one in components)), 1.0
