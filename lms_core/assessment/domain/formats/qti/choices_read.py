"""Choices, hot text, hot spots and orders, read."""

from lms_core.assessment.domain.formats.asked import Unreadable
from lms_core.assessment.domain.formats.qti.sheets import Found, Sheet, Wiring, is_true, variable_of
from lms_core.assessment.domain.formats.qti.stems import stem_of
from lms_core.assessment.domain.qti.document import Element
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem, warning
from lms_core.hooks.items import (
    Area,
    Choice,
    ChoiceInteraction,
    HotspotInteraction,
    ItemTypeName,
    OrderInteraction,
    Picture,
    Shape,
)
from lms_core.hooks.words import Words

_SHAPES: dict[str, Shape] = {"circle": "circle", "rect": "rect", "poly": "poly"}


def read_choices(sheet: Sheet, interactions: list[Element]) -> Found:
    """choiceInteraction: one key or several, by the cardinality of its response."""
    (asked,) = interactions
    found = _listed(sheet, asked, asked.all("simpleChoice"))
    shuffle = is_true(asked, "shuffle")
    return Found(_type(sheet, asked), ChoiceInteraction(found, shuffle), stem_of(sheet), _wired(asked, found))


def read_hot_text(sheet: Sheet, interactions: list[Element]) -> Found:
    """hottextInteraction: the passages that can be picked become choices below the text."""
    (asked,) = interactions
    found = _listed(sheet, asked, [each for each in asked.walk() if each.name == "hottext"])
    told = warning("converted-type", text("Its “%(name)s” became a choice. Look at it once.", name=asked.name))
    interaction = ChoiceInteraction(found, shuffle=False)
    return Found(_type(sheet, asked), interaction, stem_of(sheet), _wired(asked, found), (told,))


def read_order(sheet: Sheet, interactions: list[Element]) -> Found:
    """orderInteraction; a step that the key leaves out is a distractor."""
    (asked,) = interactions
    found = tuple(_choice(sheet, each) for each in asked.all("simpleChoice"))
    key = tuple(sheet.name(each) for each in sheet.correct(asked))
    return Found("ordering", OrderInteraction(found, key), stem_of(sheet), _wired(asked, found))


def read_hot_spot(sheet: Sheet, interactions: list[Element]) -> Found:
    """hotspotInteraction: regions of a picture."""
    (asked,) = interactions
    right = set(sheet.correct(asked))
    spots = asked.all("hotspotChoice")
    areas = tuple(_area(sheet, each, right) for each in spots)
    named = {area.identifier: each.attributes.get("identifier", "") for area, each in zip(areas, spots, strict=True)}
    interaction = HotspotInteraction(picture_of(sheet, asked), areas)
    return Found("hot-spot", interaction, stem_of(sheet), Wiring({"": variable_of(asked)}, named))


def picture_of(sheet: Sheet, asked: Element) -> Picture:
    """The picture that an interaction points at. Raises Unreadable if there is none, or without a size."""
    shown = next((each for each in asked.walk() if each.name in {"object", "img"}), None)
    if shown is None:
        raise Unreadable(Problem("no-picture", text("The item names no picture.")))
    given = shown.attributes
    width, height = (given.get(name, "").removesuffix("px") for name in ("width", "height"))
    if not (width.isdecimal() and height.isdecimal()):
        raise Unreadable(Problem("no-picture-size", text("The picture has no size in pixels.")))
    alt = given.get("alt") or shown.all_text
    return Picture(given.get("data") or given.get("src", ""), sheet.label(alt), int(width), int(height))


def choice_of(sheet: Sheet, found: Element, name: str, words: Words) -> Choice:
    """A choice with its feedback; one that is fixed keeps its place."""
    return Choice(name, words, feedback=sheet.feedback(found), pinned=is_true(found, "fixed"))


def _choice(sheet: Sheet, found: Element) -> Choice:
    return choice_of(sheet, found, sheet.name(found.attributes.get("identifier", "")), sheet.words(found))


def _listed(sheet: Sheet, asked: Element, choices: list[Element]) -> tuple[Choice, ...]:
    """The choices, marked as right, with what a mapping gives to each."""
    right, weights = set(sheet.correct(asked)), sheet.mapped(asked)
    return tuple(
        _keyed(_choice(sheet, each), each.attributes.get("identifier", ""), right, weights) for each in choices
    )


def _keyed(choice: Choice, identifier: str, right: set[str], weights: dict[str, float]) -> Choice:
    return Choice(
        choice.identifier,
        choice.text,
        identifier in right,
        choice.feedback,
        choice.pinned,
        weights.get(identifier),
    )


def _area(sheet: Sheet, found: Element, right: set[str]) -> Area:
    identifier = found.attributes.get("identifier", "")
    return area_of(sheet, found, sheet.name(identifier), is_right=identifier in right)


def area_of(sheet: Sheet, found: Element, name: str, *, is_right: bool) -> Area:
    """A region of a picture. Raises Unreadable for a shape or a coordinate that is none."""
    given = found.attributes
    if given.get("shape") not in _SHAPES:
        reason = text("A region is drawn as “%(shape)s”, which is none of ours.", shape=given.get("shape", ""))
        raise Unreadable(Problem("unknown-shape", reason))
    label = sheet.label(given.get("hotspotLabel", "")) or sheet.in_language(name)
    coordinates = tuple(_pixel(each) for each in given.get("coords", "").split(","))
    return Area(name, _SHAPES[given["shape"]], coordinates, label, is_right, sheet.feedback(found))


def _pixel(written: str) -> int:
    try:
        return int(float(written))
    except (ValueError, OverflowError):
        raise Unreadable(Problem("broken-area", text("A region has a coordinate that is no number."))) from None


def _type(sheet: Sheet, asked: Element) -> ItemTypeName:
    return "choice" if sheet.declaration(asked).attributes.get("cardinality") == "single" else "multiple-response"


def _wired(asked: Element, found: tuple[Choice, ...]) -> Wiring:
    elements = (each for each in asked.walk() if each.name in {"simpleChoice", "hottext"})
    identifiers = (each.attributes.get("identifier", "") for each in elements)
    named = {choice.identifier: identifier for choice, identifier in zip(found, identifiers, strict=True)}
    return Wiring({"": variable_of(asked)}, named)
