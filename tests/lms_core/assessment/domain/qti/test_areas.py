import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.qti.areas import Area, read_area
from lms_core.assessment.domain.qti.document import read_document
from lms_core.assessment.domain.qti.errors import InvalidItem, UnsupportedElement

PLACE = st.integers(-50, 50)


def area(shape, coords):
    return read_area(read_document(f'<inside shape="{shape}" coords="{coords}"/>'.encode()).root)


@pytest.mark.parametrize(
    ("shape", "coords", "inside", "outside"),
    [
        ("rect", "1,2,5,6", [(1, 2), (5, 6), (3, 4)], [(0, 4), (3, 7)]),
        ("circle", "0,0,5", [(3, 4), (0, -5)], [(4, 4)]),
        ("ellipse", "0,0,10,5", [(10, 0), (0, 5), (6, 4)], [(7, 4), (0, 6)]),
        ("poly", "0,0,10,0,10,10,0,10", [(0, 0), (5, 10), (5, 5)], [(11, 5), (5, -1)]),
        ("poly", "0,0,10,0,5,5,10,10,0,10", [(2, 5), (5, 5), (9, 9)], [(8, 5)]),
        ("default", "", [(99, -99)], []),
    ],
)
def test_edges_belong_to_an_area(shape, coords, inside, outside):
    read = area(shape, coords)
    assert all(read.holds(point) for point in inside)
    assert not any(read.holds(point) for point in outside)


@given(x=PLACE, y=PLACE, left=PLACE, top=PLACE, width=st.integers(0, 40), height=st.integers(0, 40))
def test_a_rectangle_is_the_polygon_of_its_corners(x, y, left, top, width, height):
    right, bottom = left + width, top + height
    rectangle = Area("rect", (left, top, right, bottom))
    corners = Area("poly", (left, top, right, top, right, bottom, left, bottom))
    assert rectangle.holds((x, y)) is corners.holds((x, y))


@given(x=PLACE, y=PLACE, radius=st.integers(1, 40))
def test_a_circle_is_an_ellipse_with_one_radius(x, y, radius):
    assert Area("circle", (0, 0, radius)).holds((x, y)) is Area("ellipse", (0, 0, radius, radius)).holds((x, y))


@pytest.mark.parametrize(
    ("shape", "coords"),
    [
        ("rect", "1,2,3"),
        ("rect", "10%,1,2,3"),
        ("rect", ""),
        ("circle", "1,2"),
        ("circle", "1,2,-3"),
        ("circle", "a,b,c"),
        ("ellipse", "1,2,0,3"),
        ("poly", "1,2,3,4"),
        ("poly", "1,2,3,4,5,6,7"),
    ],
)
def test_coordinates_that_make_no_shape_are_refused(shape, coords):
    with pytest.raises(InvalidItem) as refused:
        area(shape, coords)
    assert (refused.value.rule, refused.value.element) == ("invalid-area", "inside")


def test_an_unknown_shape_is_refused_by_name():
    with pytest.raises(UnsupportedElement) as refused:
        area("star", "1,2,3")
    assert "star" in str(refused.value.reason)
