import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.foundation.events import Event, event_class

MOMENTS = st.datetimes(timezones=st.just(UTC))


@dataclass(frozen=True, slots=True)
class Everything(Event):
    person_id: UUID
    parent_id: UUID | None
    seats: tuple[UUID, ...]
    marks: tuple[int, ...]
    words: tuple[str, ...]
    moments: tuple[datetime, ...]
    at: datetime
    until: datetime | None
    day: date
    last_day: date | None
    count: int
    share: float
    done: bool
    note: str
    name: ClassVar[str] = "testing.everything"


@given(
    st.builds(
        Everything,
        person_id=st.uuids(),
        parent_id=st.none() | st.uuids(),
        seats=st.lists(st.uuids(), max_size=3).map(tuple),
        marks=st.lists(st.integers(), max_size=3).map(tuple),
        words=st.lists(st.text(), max_size=3).map(tuple),
        moments=st.lists(MOMENTS, max_size=3).map(tuple),
        at=MOMENTS,
        until=st.none() | MOMENTS,
        day=st.dates(),
        last_day=st.none() | st.dates(),
        count=st.integers(),
        share=st.floats(allow_nan=False),
        done=st.booleans(),
        note=st.text(),
    )
)
def test_an_event_comes_out_of_the_log_as_it_went_in(event):
    assert event_class("testing.everything").from_payload(json.loads(json.dumps(event.payload()))) == event


def test_fields_that_are_no_longer_known_are_left_out():
    @dataclass(frozen=True, slots=True)
    class Shrunk(Event):
        count: int
        name: ClassVar[str] = "testing.shrunk"

    assert Shrunk.from_payload({"count": 2, "colour": "red"}) == Shrunk(2)


def test_the_class_under_a_name_is_the_one_that_is_used():
    assert event_class("testing.everything") is Everything
    with pytest.raises(KeyError):
        event_class("testing.nothing")
