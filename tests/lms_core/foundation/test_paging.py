import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, insert, select

from lms_core.foundation.errors import Invalid
from lms_core.foundation.paging import LARGEST, Page, PageRequest, page
from lms_core.foundation.tables import schedules


@pytest.fixture
def filled(work, clock):
    with work.write() as uow:
        rows = [{"name": f"room.task{number:02}", "next_at": clock.now()} for number in range(25)]
        uow.session.execute(insert(schedules), rows)
        uow.commit()
    return work


ORDERED = select(schedules.c.name).order_by(schedules.c.name)


def test_a_list_is_cut_into_pages(filled):
    with filled.read() as uow:
        first, last = page(uow, ORDERED, PageRequest(1, 10)), page(uow, ORDERED, PageRequest(3, 10))
    assert (len(first.items), first.items[0], first.total, first.next, first.pages) == (10, "room.task00", 25, 2, 3)
    assert (len(last.items), last.items[-1], last.next) == (5, "room.task24", None)


def test_past_the_end_there_is_an_empty_page(filled):
    with filled.read() as uow:
        beyond = page(uow, ORDERED, PageRequest(9, 10))
    assert (beyond.items, beyond.total, beyond.next) == ([], 25, None)


def test_rows_of_several_columns_stay_rows(filled):
    with filled.read() as uow:
        found = page(uow, select(schedules.c.name, schedules.c.last_at).order_by(schedules.c.name), PageRequest(size=1))
    assert [tuple(row) for row in found.items] == [("room.task00", None)]


def test_a_page_costs_two_queries_however_long_it_is(filled):
    counted = []
    with filled.read() as uow:
        event.listen(uow.session.get_bind().engine, "before_cursor_execute", lambda *given: counted.append(given[2]))
        page(uow, ORDERED, PageRequest(size=25))
    assert len([statement for statement in counted if statement.startswith("SELECT")]) == 2


def test_the_count_is_of_what_was_asked_for(filled):
    with filled.read() as uow:
        found = page(uow, ORDERED.where(schedules.c.name < "room.task03"), PageRequest(size=2))
    assert (found.total, found.next) == (3, 2)


@pytest.mark.parametrize(
    ("number", "size", "field"), [(0, 20, "page"), (-1, 20, "page"), (1, 0, "size"), (1, 101, "size")]
)
def test_a_page_that_cannot_be_is_invalid_by_its_field(number, size, field):
    with pytest.raises(Invalid) as raised:
        PageRequest(number, size)
    assert set(raised.value.fields) == {field}


def test_filters_are_read_by_name():
    request = PageRequest(filters=(("state", "open"),))
    assert (request.filtered("state"), request.filtered("other")) == ("open", "")


def test_a_converted_page_is_the_same_page():
    assert Page([1, 2], 9, 2, 2).map(str) == Page(["1", "2"], 9, 2, 2)


@given(st.integers(0, 300), st.integers(1, LARGEST))
def test_following_next_visits_every_page_once(total, size):
    number, visited = 1, 0
    while number is not None:
        visited += 1
        number = Page([], total, number, size).next
    assert visited == Page([], total, 1, size).pages
