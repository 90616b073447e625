"""Type "hot-spot": pick the region or regions of a picture. Each region has a name, so that it can be picked by ear."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, cast

from lms_core.assessment.domain.interactions.choices import picked, report_choices
from lms_core.assessment.domain.interactions.marking import of_set, shown, shuffled
from lms_core.assessment.domain.interactions.pictures import picture_shown
from lms_core.foundation.text import text
from lms_core.hooks.item_types import Component, Ids, ItemType, Json, ReportRow, Showing
from lms_core.hooks.items import Area, HotspotInteraction, ItemContent


def _asked(content: ItemContent) -> HotspotInteraction:
    return cast("HotspotInteraction", content.interaction)


def _areas(content: ItemContent) -> Mapping[str, Area]:
    return {area.identifier: area for area in _asked(content).areas}


def _arrange(content: ItemContent, lot: Random | None) -> Sequence[str]:
    return shuffled(list(_areas(content)), lot)


def _most(content: ItemContent) -> int:
    """One, unless several regions are right: then any number, which tells nothing about which."""
    return 1 if sum(area.correct for area in _asked(content).areas) == 1 else len(_asked(content).areas)


def _expect(content: ItemContent, ids: Ids) -> Json:
    return {"shape": "choices", "choices": list(ids.values()), "most": _most(content)}


def _present(content: ItemContent, showing: Showing) -> Json:
    areas = _areas(content)
    listed = [_area(showing, areas[name]) for name in shown(showing.ids)]
    return {"most": _most(content), "areas": listed, "picture": picture_shown(_asked(content).picture, showing)}


def _area(showing: Showing, area: Area) -> dict[str, Any]:
    drawn = {"shape": area.shape, "coordinates": list(area.coordinates)}
    return {"id": showing.ids[area.identifier], **drawn, **showing.words(area.label)}


def _key(content: ItemContent, ids: Ids) -> Json:
    return {"choices": sorted(ids[name] for name, area in _areas(content).items() if area.correct)}


def _mark(key: Json, response: Json | None) -> tuple[Component, ...]:
    return (of_set("areas", picked(response), key["choices"]),)


def _explain(content: ItemContent, showing: Showing) -> Json:
    areas = _areas(content)
    told: list[dict[str, Any]] = [
        {**_area(showing, areas[name]), "correct": areas[name].correct, **showing.why(areas[name].feedback)}
        for name in shown(showing.ids)
    ]
    return {"areas": told, "key": {"choices": [one["id"] for one in told if one["correct"]]}}


def _report(solved: Json, response: Json | None) -> tuple[ReportRow, ...]:
    return report_choices(solved, response, "areas")


HOT_SPOT = ItemType("hot-spot", text("Hot spot"), _arrange, _expect, _present, _key, _mark, _explain, _report)
