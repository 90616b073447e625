"""The conditions of an exam, what a request shows of them, and the words of a refusal."""

from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar, Final
from uuid import UUID

from lms_core.foundation.errors import Conflict, Forbidden
from lms_core.foundation.events import Event
from lms_core.foundation.text import text

SET_INTEGRITY: Final = "assessment.set_integrity"


class SafeBrowserRequired(Forbidden):
    """The request does not come from Safe Exam Browser with the configuration of this exam."""

    code = "safe-browser-required"
    default = text(
        "This exam is sat in Safe Exam Browser with its own configuration. Open it by the link on the exam's page."
    )


class AttemptsRunning(Conflict):
    """The browsers of those who sit the exam now hold the configuration as it is."""

    code = "attempts-running"
    default = text(
        "The settings of Safe Exam Browser stay as they are while attempts run: the browsers hold them already. "
        "Change them when everybody has handed in."
    )


@dataclass(frozen=True, slots=True)
class SeatLimit:
    """A network in which the exam may be sat, with how many may sit there at once (None: any number)."""

    network: str
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class Browser:
    """What is asked of the browser. ``exam_keys``: Browser Exam Keys, in hexadecimal; none given, none is checked.

    ``quit_hash``: SHA-256 of the password that closes it, in hexadecimal; ``filters``: further addresses it may open.
    """

    required: bool = False
    quit_hash: str = ""
    filters: tuple[str, ...] = ()
    exam_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Integrity:
    """All conditions of an exam. ``password_hash`` empty: none is asked. No networks: anywhere."""

    networks: tuple[SeatLimit, ...] = ()
    password_hash: str = ""
    browser: Browser = Browser()

    @property
    def counts_seats(self) -> bool:
        """Whether any network has a number of seats."""
        return any(one.seats is not None for one in self.networks)


NO_CONDITIONS: Final = Integrity()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a request shows: where it comes from, its absolute ``url``, Safe Exam Browser's hashes, a password."""

    address: str = ""
    url: str = ""
    config_hash: str = ""
    exam_hash: str = ""
    password: str = ""


NOTHING_SHOWN: Final = Shown()


def quit_hash(password: str) -> str:
    """The password that closes the browser as its configuration holds it; none for none."""
    return sha256(password.encode()).hexdigest() if password else ""


@dataclass(frozen=True, slots=True)
class IntegrityChanged(Event):
    """The conditions of an exam were changed: ``parts`` names which, separated by spaces."""

    name: ClassVar[str] = "assessment.integrity_changed"

    exam_id: UUID
    parts: str


@dataclass(frozen=True, slots=True)
class GateRefused(Event):
    """Somebody was not let in: ``act`` is start, take-over, room or save; ``codes`` are the reasons' codes."""

    name: ClassVar[str] = "assessment.gate_refused"

    exam_id: UUID
    person_id: UUID
    act: str
    codes: str
