"""Areas of a picture as HTML's image maps write them, with the ellipse that QTI adds. Their edges belong to them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from lms_core.assessment.domain.qti.document import Element
from lms_core.assessment.domain.qti.errors import InvalidItem, UnsupportedElement
from lms_core.assessment.domain.qti.lexical import parse
from lms_core.foundation.text import text

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Area:
    """A shape with its coordinates in pixels."""

    shape: str
    coordinates: tuple[float, ...]

    def holds(self, point: Point) -> bool:
        """Whether the point lies inside, or on the edge."""
        return _SHAPES[self.shape][1](self.coordinates, point)


def read_area(element: Element) -> Area:
    """The area of an element with `shape` and `coords`. Raises InvalidItem or UnsupportedElement."""
    shape = element.attributes.get("shape", "")
    if shape not in _SHAPES:
        reason = text("“%(shape)s” is no shape. Write rect, circle, ellipse, poly or default.", shape=shape)
        raise UnsupportedElement.at(element, "unknown-shape", reason)
    coordinates = () if shape == "default" else _coordinates(element)
    if not _SHAPES[shape][0](coordinates):
        reason = text("The coordinates “%(coords)s” do not make a %(shape)s.", coords=coordinates, shape=shape)
        raise InvalidItem.at(element, "invalid-area", reason)
    return Area(shape, coordinates)


def _coordinates(element: Element) -> tuple[float, ...]:
    written = element.attributes.get("coords", "")
    try:
        return tuple(float(str(parse("float", each))) for each in written.split(","))
    except ValueError:
        reason = text("Write the coordinates “%(coords)s” as numbers with commas between them.", coords=written)
        raise InvalidItem.at(element, "invalid-area", reason) from None


def _in_rectangle(coordinates: Sequence[float], point: Point) -> bool:
    left, top, right, bottom = coordinates
    return left <= point[0] <= right and top <= point[1] <= bottom


def _in_circle(coordinates: Sequence[float], point: Point) -> bool:
    x, y, radius = coordinates
    return (point[0] - x) ** 2 + (point[1] - y) ** 2 <= radius**2


def _in_ellipse(coordinates: Sequence[float], point: Point) -> bool:
    x, y, horizontal, vertical = coordinates
    across, down = (point[0] - x) * vertical, (point[1] - y) * horizontal
    return across**2 + down**2 <= (horizontal * vertical) ** 2


def _in_polygon(coordinates: Sequence[float], point: Point) -> bool:
    corners = list(zip(coordinates[::2], coordinates[1::2], strict=True))
    edges = list(pairwise([*corners, corners[0]]))
    return any(_is_on(edge, point) for edge in edges) or sum(_is_crossed(edge, point) for edge in edges) % 2 == 1


def _is_on(edge: tuple[Point, Point], point: Point) -> bool:
    (x1, y1), (x2, y2) = edge
    x, y = point
    is_in_line = (x - x1) * (y2 - y1) == (y - y1) * (x2 - x1)
    return is_in_line and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2)


def _is_crossed(edge: tuple[Point, Point], point: Point) -> bool:
    """Whether a ray from the point to the right crosses the edge; an upper end belongs to the edge, a lower not."""
    (x1, y1), (x2, y2) = edge
    x, y = point
    return (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)


_Test = Callable[[Sequence[float], Point], bool]
_SHAPES: Final[Mapping[str, tuple[Callable[[Sequence[float]], bool], _Test]]] = {
    "rect": (lambda given: len(given) == 4, _in_rectangle),
    "circle": (lambda given: len(given) == 3 and given[2] >= 0, _in_circle),
    "ellipse": (lambda given: len(given) == 4 and min(given[2:]) > 0, _in_ellipse),
    "poly": (lambda given: len(given) >= 6 and len(given) % 2 == 0, _in_polygon),
    "default": (lambda given: not given, lambda *_: True),
}
