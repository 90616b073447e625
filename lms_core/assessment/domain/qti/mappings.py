"""Mappings from response values to numbers, and areas of a picture mapped to numbers.

Mapped values are the author's decimals: they are added up exactly and rounded once, so that 0.1 and 0.2 make 0.3.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from lms_core.assessment.domain.qti.areas import Area, Point, read_area
from lms_core.assessment.domain.qti.attributes import boolean, invalid_attribute, number, required, required_number
from lms_core.assessment.domain.qti.document import Element
from lms_core.assessment.domain.qti.errors import InvalidItem
from lms_core.assessment.domain.qti.lexical import parse
from lms_core.assessment.domain.qti.values import BaseType, Scalar, key
from lms_core.foundation.text import text


@dataclass(frozen=True, slots=True)
class Bounds:
    """What every mapping has: the number for what is not mapped, and the bounds of the result."""

    default: float
    lower: float | None
    upper: float | None

    def within(self, numbers: Iterable[float]) -> float:
        """The sum of `numbers` as decimals, held within the bounds."""
        total = float(sum((Fraction(repr(each)) for each in numbers), Fraction(0)))
        return self.clamped(total)

    def clamped(self, total: float) -> float:
        """`total`, held within the bounds."""
        raised = total if self.lower is None else max(total, self.lower)
        return raised if self.upper is None else min(raised, self.upper)


@dataclass(frozen=True, slots=True)
class MapEntry:
    """One value of the response and its number. An empty `map_key` of strings stands for NULL."""

    map_key: Scalar
    mapped: float
    is_case_sensitive: bool = True

    def meets(self, scalar: Scalar) -> bool:
        """Whether the entry maps `scalar`, both as `key` makes them."""
        if self.is_case_sensitive or not isinstance(scalar, str):
            return self.map_key == scalar
        return str(self.map_key).casefold() == scalar.casefold()


@dataclass(frozen=True, slots=True)
class Mapping:
    """`mapping` of a response declaration."""

    base_type: BaseType
    bounds: Bounds
    entries: tuple[MapEntry, ...]

    def number_of(self, scalar: Scalar) -> float:
        """The number of one value: that of the first entry that meets it, else the default."""
        place = self._first(key(self.base_type, scalar))
        return self.bounds.default if place is None else self.entries[place].mapped

    def total(self, scalars: Iterable[Scalar]) -> float:
        """The sum for `scalars`: an entry counts once, so does a distinct value that has none. NULL has no scalar."""
        distinct = dict.fromkeys(key(self.base_type, scalar) for scalar in scalars) or {"": None}
        places = [self._first(scalar) for scalar in distinct]
        met = [self.entries[place].mapped for place in sorted({place for place in places if place is not None})]
        return self.bounds.within([*met, *[self.bounds.default] * places.count(None)])

    def _first(self, scalar: Scalar) -> int | None:
        return next((place for place, entry in enumerate(self.entries) if entry.meets(scalar)), None)


@dataclass(frozen=True, slots=True)
class AreaEntry:
    """One area and its number."""

    area: Area
    mapped: float


@dataclass(frozen=True, slots=True)
class AreaMapping:
    """`areaMapping` of a response declaration. A point counts for the first area that holds it, an area once."""

    bounds: Bounds
    entries: tuple[AreaEntry, ...]

    def total(self, points: Iterable[Point]) -> float:
        """The numbers of the areas hit, and the default for every distinct point beside them (once for NULL)."""
        hit: set[int] = set()
        beside = 0
        for point in dict.fromkeys(points) or (None,):
            place = self._first(point) if point else None
            if place is None:
                beside += 1
            else:
                hit.add(place)
        numbers = [self.entries[place].mapped for place in sorted(hit)]
        return self.bounds.within([*numbers, *[self.bounds.default] * beside])

    def _first(self, point: Point) -> int | None:
        return next((place for place, entry in enumerate(self.entries) if entry.area.holds(point)), None)


def read_mapping(element: Element | None, base_type: BaseType | None) -> Mapping | None:
    """The mapping that a declaration holds, None if it holds none."""
    if element is None:
        return None
    if base_type is None or base_type in {"file", "duration"}:
        raise InvalidItem.at(element, "invalid-mapping", text("Values of this type cannot be mapped."))
    return Mapping(base_type, _bounds(element), tuple(_entries(element, base_type)))


def read_area_mapping(element: Element | None, base_type: BaseType | None) -> AreaMapping | None:
    """The area mapping that a declaration holds, None if it holds none."""
    if element is None:
        return None
    if base_type != "point":
        raise InvalidItem.at(element, "invalid-mapping", text("Only points can be mapped by areas."))
    entries = (AreaEntry(read_area(each), required_number(each, "mappedValue")) for each in element.all("areaMapEntry"))
    return AreaMapping(_bounds(element), tuple(entries))


def _bounds(element: Element) -> Bounds:
    return Bounds(number(element, "defaultValue") or 0.0, number(element, "lowerBound"), number(element, "upperBound"))


def _entries(element: Element, base_type: BaseType) -> Iterator[MapEntry]:
    for entry in element.all("mapEntry"):
        map_key = _map_key(entry, base_type)
        is_case_sensitive = boolean(entry, "caseSensitive", default=True)
        yield MapEntry(map_key, required_number(entry, "mappedValue"), is_case_sensitive)


def _map_key(entry: Element, base_type: BaseType) -> Scalar:
    written = required(entry, "mapKey")
    if not written and base_type == "string":
        return ""
    try:
        return key(base_type, parse(base_type, written))
    except ValueError:
        raise invalid_attribute(entry, "mapKey", written) from None
