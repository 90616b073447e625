"""Where an exam may be sat, and how many may sit there at once."""

from collections.abc import Iterable, Sequence
from ipaddress import ip_network

from lms_core.assessment.domain.incidents import lies_in, network_of
from lms_core.assessment.domain.integrity.conditions import Integrity, SeatLimit
from lms_core.foundation.errors import Invalid, Refusal
from lms_core.foundation.text import Text, text

MOST_NETWORKS = 50
MOST_SEATS = 10_000


def seat_limits(written: str) -> tuple[SeatLimit, ...]:
    """Networks as they are written, one a line: ``10.2.30.0/24`` or ``10.2.30.0/24 25``.

    Raises Invalid for field ``networks`` with every line that cannot be read, each with its number.
    """
    lines = [(number, line.split()) for number, line in enumerate(written.splitlines(), start=1) if line.strip()]
    wrong: list[Text] = []
    found = [one for number, parts in lines if (one := _limit(number, parts, wrong)) is not None]
    if len(found) > MOST_NETWORKS:
        wrong.append(text("Write at most %(most)s networks.", most=MOST_NETWORKS))
    for one, other in _overlapping(found):
        wrong.append(text("%(one)s and %(other)s overlap. Keep one of them.", one=one.network, other=other.network))
    if wrong:
        raise Invalid(fields={"networks": tuple(wrong)})
    return tuple(found)


def place_of(integrity: Integrity, address: str) -> SeatLimit | None:
    """The network of the exam that ``address`` lies in, or None."""
    return next((one for one in integrity.networks if lies_in(address, one.network)), None)


def reason_against_place(integrity: Integrity, address: str) -> Refusal | None:
    """Why nobody at ``address`` may sit the exam, or None."""
    if not integrity.networks or place_of(integrity, address) is not None:
        return None
    reason = text(
        "This exam is sat in certain rooms only, and this device (address %(address)s) is in none of their networks. "
        "Go to the exam's room, or ask whoever runs the exam to allow this network.",
        address=address or "?",
    )
    return Refusal("network-not-allowed", reason)


def reason_against_seat(limit: SeatLimit | None, others: Iterable[str]) -> Refusal | None:
    """Why ``limit`` has no seat left while those at the addresses ``others`` sit the exam, or None."""
    if limit is None or limit.seats is None:
        return None
    if sum(lies_in(address, limit.network) for address in others) < limit.seats:
        return None
    reason = text(
        "All %(seats)s seats of this room are taken. Wait until somebody has handed in, or ask whoever runs the exam "
        "for another room.",
        seats=limit.seats,
    )
    return Refusal("seats-taken", reason)


def _limit(number: int, parts: Sequence[str], wrong: list[Text]) -> SeatLimit | None:
    try:
        network = network_of(parts[0])
    except Invalid:
        wrong.append(text("Line %(line)s: write a network such as 10.2.30.0/24, or one address.", line=number))
        return None
    if len(parts) == 1:
        return SeatLimit(network)
    if len(parts) == 2 and parts[1].isdecimal() and 1 <= int(parts[1]) <= MOST_SEATS:
        return SeatLimit(network, int(parts[1]))
    wrong.append(text("Line %(line)s: after the network write how many may sit there, from 1 on.", line=number))
    return None


def _overlapping(found: Sequence[SeatLimit]) -> Iterable[tuple[SeatLimit, SeatLimit]]:
    for index, one in enumerate(found):
        here = ip_network(one.network)
        for other in found[index + 1 :]:
            there = ip_network(other.network)
            if here.version == there.version and here.overlaps(there):
                yield one, other
