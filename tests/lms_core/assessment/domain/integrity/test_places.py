import pytest

from lms_core.assessment.domain.integrity import (
    Integrity,
    SeatLimit,
    place_of,
    reason_against_place,
    reason_against_seat,
    seat_limits,
)
from lms_core.foundation.errors import Invalid

ROOM = SeatLimit("10.2.30.0/24", 2)


def test_networks_are_read_a_line_each_with_their_seats() -> None:
    assert seat_limits("10.2.30.0/24 25\n\n 10.2.31.7 \nfd00::/8") == (
        SeatLimit("10.2.30.0/24", 25),
        SeatLimit("10.2.31.7/32"),
        SeatLimit("fd00::/8"),
    )


def test_every_line_that_cannot_be_read_is_named_at_once() -> None:
    with pytest.raises(Invalid) as wrong:
        seat_limits("the room upstairs\n10.2.30.0/24 0\n10.2.31.0/24 ten\n10.2.32.0/24 5 5")
    told = [said.msgid % said.values for said in wrong.value.fields["networks"]]
    assert [one.split(":")[0] for one in told] == ["Line 1", "Line 2", "Line 3", "Line 4"]


def test_networks_that_overlap_are_refused_since_their_seats_would_be_counted_twice() -> None:
    with pytest.raises(Invalid):
        seat_limits("10.2.0.0/16 20\n10.2.30.0/24 5")


@pytest.mark.parametrize(("address", "allowed"), [("10.2.30.9", True), ("10.2.31.9", False), ("", False)])
def test_only_who_is_in_a_network_is_let_in(address: str, allowed: bool) -> None:
    integrity = Integrity((ROOM,))
    assert (reason_against_place(integrity, address) is None) is allowed
    assert (place_of(integrity, address) is not None) is allowed


def test_without_networks_everybody_is_let_in() -> None:
    assert reason_against_place(Integrity(), "") is None


def test_seats_are_counted_in_their_own_network() -> None:
    assert reason_against_seat(ROOM, ["10.2.30.1", "10.9.9.9"]) is None
    taken = reason_against_seat(ROOM, ["10.2.30.1", "10.2.30.2"])
    assert taken is not None
    assert taken.code == "seats-taken"
    assert reason_against_seat(SeatLimit("10.2.30.0/24"), ["10.2.30.1"] * 99) is None
    assert reason_against_seat(None, ["10.2.30.1"]) is None
