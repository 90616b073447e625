"""Interactions on a picture that we have no type for, read as what asks the same in words, where the words are there.

Regions that only the picture tells apart cannot be asked without it: such an item is refused.
"""

from lms_core.assessment.domain.formats.asked import Unreadable
from lms_core.assessment.domain.formats.qti.choices_read import area_of, picture_of
from lms_core.assessment.domain.formats.qti.pairs_read import associated, matched
from lms_core.assessment.domain.formats.qti.sheets import Found, Sheet, Wiring, number, variable_of
from lms_core.assessment.domain.formats.qti.stems import stem_of
from lms_core.assessment.domain.qti.document import Element
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem, warning
from lms_core.hooks.items import Area, Choice, HotspotInteraction, OrderInteraction


def read_graphic_order(sheet: Sheet, interactions: list[Element]) -> Found:
    """graphicOrderInteraction: its regions are put in order by their names."""
    (asked,) = interactions
    regions = _regions(sheet, asked.all("hotspotChoice"))
    key = tuple(regions[one].identifier for one in sheet.correct(asked) if one in regions)
    names = {choice.identifier: identifier for identifier, choice in regions.items()}
    interaction = OrderInteraction(tuple(regions.values()), key)
    return Found("ordering", interaction, stem_of(sheet), Wiring({"": variable_of(asked)}, names), (_told(asked),))


def read_graphic_associate(sheet: Sheet, interactions: list[Element]) -> Found:
    """graphicAssociateInteraction: pairs of regions, by their names."""
    (asked,) = interactions
    return associated(sheet, asked, _regions(sheet, asked.all("associableHotspot")))


def read_graphic_gap_match(sheet: Sheet, interactions: list[Element]) -> Found:
    """graphicGapMatchInteraction: what goes onto regions is matched with their names."""
    (asked,) = interactions
    pieces = [each for each in asked.children if each.name in {"gapText", "gapImg"}]
    sources = {each.attributes.get("identifier", ""): _piece(sheet, each) for each in pieces}
    targets = _regions(sheet, asked.all("associableHotspot"))
    found = matched(sheet, asked, "matching", sources, targets)
    return Found(found.type, found.interaction, found.stem, found.wiring, (_told(asked),))


def read_select_point(sheet: Sheet, interactions: list[Element]) -> Found:
    """selectPointInteraction: the areas that its mapping tells apart, as regions to pick from."""
    (asked,) = interactions
    mapping = sheet.declaration(asked).first("areaMapping")
    entries = mapping.all("areaMapEntry") if mapping else []
    earned = [number(each.attributes.get("mappedValue", "")) for each in entries]
    if not any(one > 0 for one in earned) or all(one > 0 for one in earned):
        reason = text(
            "“%(name)s” tells no right areas from wrong ones, so there are no regions to pick from.", name=asked.name
        )
        raise Unreadable(Problem("not-importable", reason))
    areas = tuple(
        area_of(sheet, each, f"area-{at}", is_right=one > 0)
        for at, (each, one) in enumerate(zip(entries, earned, strict=True), 1)
    )
    interaction = HotspotInteraction(picture_of(sheet, asked), areas)
    names = {area.identifier: _middle(area) for area in areas}
    return Found("hot-spot", interaction, stem_of(sheet), Wiring({"": variable_of(asked)}, names), (_told(asked),))


def _regions(sheet: Sheet, found: list[Element]) -> dict[str, Choice]:
    return {each.attributes.get("identifier", ""): _named(sheet, each, "hotspotLabel") for each in found}


def _piece(sheet: Sheet, found: Element) -> Choice:
    if found.name == "gapImg":
        return _named(sheet, found, "objectLabel")
    return Choice(found.attributes.get("identifier", ""), sheet.plain(found), feedback=sheet.feedback(found))


def _named(sheet: Sheet, found: Element, attribute: str) -> Choice:
    """A part of a picture by its name. Raises Unreadable where it has none."""
    label, identifier = found.attributes.get(attribute, ""), found.attributes.get("identifier", "")
    if not label.strip():
        reason = text("“%(name)s” has no name in words: only the picture tells it apart.", name=identifier)
        raise Unreadable(Problem("unnamed-region", reason))
    return Choice(identifier, sheet.label(label), feedback=sheet.feedback(found))


def _middle(area: Area) -> str:
    """A point of QTI in the middle of a region."""
    given = area.coordinates
    if area.shape == "circle":
        return f"{given[0]} {given[1]}"
    across, down = given[::2], given[1::2]
    return f"{sum(across) // len(across)} {sum(down) // len(down)}"


def _told(asked: Element) -> Problem:
    return warning("converted-type", text("Its “%(name)s” is asked in another way. Look at it once.", name=asked.name))
