"""The best that a mapped response can earn: no answer that its interaction takes maps to more.

Where the interaction is not known well enough, nothing is said.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from lms_core.assessment.domain.qti.areas import Area
from lms_core.assessment.domain.qti.attributes import finite
from lms_core.assessment.domain.qti.declarations import Declaration, Item
from lms_core.assessment.domain.qti.document import Element
from lms_core.assessment.domain.qti.mappings import AreaMapping, Mapping
from lms_core.assessment.domain.qti.values import Scalar, Single, Value, container

_CHOICES: Final = frozenset({"simpleChoice", "inlineChoice", "hottext", "hotspotChoice"})
_PAIRED: Final = frozenset({"simpleAssociableChoice", "gapText", "gapImg", "gap", "associableHotspot"})
_POINTING: Final = frozenset({"selectPointInteraction", "positionObjectInteraction"})
_ORDERING: Final = frozenset({"orderInteraction", "graphicOrderInteraction"})


@dataclass(frozen=True, slots=True)
class Best:
    """A response, and the number that no response passes. `response` None: none is known that reaches it."""

    most: float
    response: Value = None


def best_response(item: Item, declaration: Declaration) -> Best:
    """The best that the mapping of a response variable can give."""
    interaction = _interaction(item, declaration.identifier)
    if declaration.mapping:
        if declaration.base_type in {"pair", "directedPair"} and declaration.cardinality != "single":
            return _best_pairs(declaration, declaration.mapping, interaction)
        return _best_values(declaration, declaration.mapping, interaction)
    if declaration.area_mapping:
        return _best_points(declaration, declaration.area_mapping, interaction)
    return Best(math.inf)


def _interaction(item: Item, identifier: str) -> Element | None:
    elements = item.body.walk() if item.body else ()
    return next((each for each in elements if each.attributes.get("responseIdentifier") == identifier), None)


def _best_values(declaration: Declaration, mapping: Mapping, interaction: Element | None) -> Best:
    options: list[Scalar] = list(_choices(interaction))
    if not options and (declaration.base_type == "identifier" or declaration.cardinality != "single"):
        return Best(math.inf)
    if declaration.cardinality == "single":
        options = options or [entry.map_key for entry in mapping.entries if entry.map_key != ""]
        best = max(options, key=mapping.number_of, default=None)
        # Free input also reaches what is not mapped, and no answer at all is mapped as well.
        others = [mapping.total([]), *([] if declaration.base_type == "identifier" else [mapping.bounds.default])]
        most = mapping.bounds.clamped(max([*others, *(mapping.number_of(each) for each in options)]))
        return Best(most, _value(declaration, [] if best is None else [best]))
    gains = [option for option in options if mapping.number_of(option) > 0]
    kept = sorted(gains, key=mapping.number_of, reverse=True)[: _limit(interaction)]
    most = max(mapping.bounds.within(mapping.number_of(each) for each in kept), mapping.total([]))
    return Best(most, _value(declaration, kept))


def _best_pairs(declaration: Declaration, mapping: Mapping, interaction: Element | None) -> Best:
    if mapping.bounds.default > 0:
        return Best(math.inf)
    gains = [entry.map_key for entry in mapping.entries if entry.mapped > 0]
    most = max(mapping.bounds.within(mapping.number_of(each) for each in gains), mapping.total([]))
    return Best(most, _value(declaration, gains) if _can_be_paired(interaction, gains) else None)


def _best_points(declaration: Declaration, mapping: AreaMapping, interaction: Element | None) -> Best:
    is_single = declaration.cardinality == "single"
    if mapping.bounds.default > 0 and not is_single:
        return Best(math.inf)
    gains = sorted((each for each in mapping.entries if each.mapped > 0), key=lambda each: each.mapped, reverse=True)
    kept = gains[: 1 if is_single else _limit(interaction)]
    most = max(mapping.bounds.within(each.mapped for each in kept), mapping.total([]))
    return Best(most, _value(declaration, [point for each in kept for point in _point_inside(each.area)]))


def _choices(interaction: Element | None) -> Iterator[str]:
    for element in interaction.walk() if interaction else ():
        if element.name in _CHOICES:
            yield element.attributes.get("identifier", "")


def _limit(interaction: Element | None) -> int | None:
    """How many choices may be picked, None for any number. Unsaid it is one, and any number of points."""
    if interaction is None or interaction.name in _ORDERING:
        return None
    return _count(interaction, "maxChoices", 0 if interaction.name in _POINTING else 1) or None


def _count(element: Element, name: str, default: int = 1) -> int:
    try:
        return int(finite(element.attributes.get(name, str(default))))
    except ValueError:
        return default


def _can_be_paired(interaction: Element | None, pairs: Iterable[Scalar]) -> bool:
    """Whether a candidate may make all the pairs: no choice is used more often than it may be."""
    listed = [pair for pair in pairs if isinstance(pair, tuple)]
    if interaction is None or 0 < _count(interaction, "maxAssociations", 0) < len(listed):
        return False
    allowed = {
        each.attributes.get("identifier", ""): 1 if each.name == "gap" else _count(each, "matchMax")
        for each in interaction.walk()
        if each.name in _PAIRED
    }
    used = Counter(str(name) for pair in listed for name in pair)
    return all(name in allowed and (not allowed[name] or times <= allowed[name]) for name, times in used.items())


def _point_inside(area: Area) -> Iterator[tuple[int, int]]:
    """A point in whole pixels inside the area, if its middle is one."""
    if area.shape == "default":
        return
    pairs = list(zip(area.coordinates[::2], area.coordinates[1::2], strict=False))
    if area.shape in {"circle", "ellipse"}:
        pairs = pairs[:1]
    x, y = (round(sum(each) / len(pairs)) for each in zip(*pairs, strict=True))
    if area.holds((x, y)):
        yield x, y


def _value(declaration: Declaration, scalars: list[Scalar] | list[tuple[int, int]]) -> Value:
    if declaration.base_type is None or not scalars:
        return None
    if declaration.cardinality == "single":
        return Single(declaration.base_type, scalars[0])
    return container(declaration.base_type, scalars, is_ordered=declaration.cardinality == "ordered")
