"""Hooks of the people room."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lms_core.foundation.events import Event
from lms_core.hooks.markers import hookspec
from lms_core.hooks.site import Panel, Viewer


@dataclass(frozen=True, slots=True)
class PersonJoined(Event):
    """A person accepted an invitation and has an account that works."""

    name: ClassVar[str] = "people.person_joined"
    hook: ClassVar[str | None] = "lms_after_person_joined"

    person_id: UUID


@hookspec
def lms_after_person_joined(event: PersonJoined) -> None:
    """After a person's account works: an invitation was accepted, or staff brought the person in.

    At least once; retried, then parked.
    """
    raise NotImplementedError


@hookspec
def lms_show_person_profile(viewer: Viewer, person_id: UUID) -> Panel | None:
    """While a profile is shown to its owner or to staff who may see it: one panel, or None."""
    raise NotImplementedError
