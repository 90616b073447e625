"""Under which conditions an exam is begun and sat: where, with which password, in which browser. Pure rules."""

from lms_core.assessment.domain.integrity.conditions import (
    NO_CONDITIONS,
    NOTHING_SHOWN,
    SET_INTEGRITY,
    AttemptsRunning,
    Browser,
    GateRefused,
    Integrity,
    IntegrityChanged,
    SafeBrowserRequired,
    SeatLimit,
    Shown,
)
from lms_core.assessment.domain.integrity.places import place_of, reason_against_place, reason_against_seat, seat_limits

__all__ = [
    "NOTHING_SHOWN",
    "NO_CONDITIONS",
    "SET_INTEGRITY",
    "AttemptsRunning",
    "Browser",
    "GateRefused",
    "Integrity",
    "IntegrityChanged",
    "SafeBrowserRequired",
    "SeatLimit",
    "Shown",
    "place_of",
    "reason_against_place",
    "reason_against_seat",
    "seat_limits",
]
