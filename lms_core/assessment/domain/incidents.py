"""Incidents: time given back to those whom an outage or a fire drill reached. Numbered, and never taken back."""

from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network
from typing import ClassVar
from uuid import UUID

from lms_core.foundation.errors import Invalid
from lms_core.foundation.events import Event
from lms_core.foundation.text import text


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an incident reached: one person, the devices of a network (a room), or, with both empty, everybody."""

    person_id: UUID | None = None
    network: str = ""

    def require_sound(self) -> None:
        """Raise Invalid for both at once, or for a network that is none."""
        if self.person_id is not None and self.network:
            raise Invalid(fields={"network": (text("Choose one person or one room, not both."),)})
        if self.network:
            network_of(self.network)

    def includes(self, person_id: UUID, address: str) -> bool:
        """Whether it reached somebody who sits at ``address`` (empty: not known)."""
        if self.person_id is not None:
            return self.person_id == person_id
        return not self.network or lies_in(address, self.network)


EVERYBODY = Reach()


@dataclass(frozen=True, slots=True)
class Incident:
    """Time given. ``number`` counts the incidents of an exam from 1; ``attempts`` is how many were reached."""

    id: UUID
    exam_id: UUID
    number: int
    reach: Reach
    seconds: int
    reason: str
    attempts: int
    actor_id: UUID | None
    created_at: datetime


def network_of(written: str) -> str:
    """A network as it is kept, such as 10.2.0.0/16; one address stands for itself. Raises Invalid."""
    try:
        return str(ip_network(written.strip(), strict=False))
    except ValueError as wrong:
        said = text("Write a network such as 10.2.30.0/24, or one address.")
        raise Invalid(fields={"network": (said,)}) from wrong


def lies_in(address: str, network: str) -> bool:
    """Whether ``address`` belongs to ``network``; an address that is not known belongs to none."""
    try:
        return ip_address(address) in ip_network(network)
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class IncidentRecorded(Event):
    """Running attempts at an exam were given more time because of an incident."""

    name: ClassVar[str] = "assessment.incident_recorded"

    exam_id: UUID
    number: int
    seconds: int
    attempts: int
