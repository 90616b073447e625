"""Hooks of the organisation room."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lms_core.foundation.events import Event
from lms_core.hooks.markers import hookspec
from lms_core.hooks.site import Panel, Viewer


@dataclass(frozen=True, slots=True)
class CampusOpened(Event):
    """A campus was added to the site."""

    name: ClassVar[str] = "organisation.campus_opened"

    campus_id: UUID


@hookspec
def lms_show_campus_page(viewer: Viewer, campus_id: UUID) -> Panel | None:
    """While a campus page is made: one panel, or None. Panels stand by rank."""
    raise NotImplementedError
