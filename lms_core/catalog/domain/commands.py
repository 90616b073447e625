"""What authors ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import Titles


@dataclass(frozen=True, slots=True)
class CreateCourse:
    """Begin a course in a place (a campus or an organisation), empty or from a curriculum."""

    slug: str
    titles: Titles
    summary: Titles
    languages: tuple[str, ...]
    place: Scope
    curriculum: str = ""


@dataclass(frozen=True, slots=True)
class DescribeCourse:
    """Say anew what a course is called and about. ``version`` is the one that was read."""

    course_id: UUID
    version: int
    slug: str
    titles: Titles
    summary: Titles
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddActivity:
    """Add an activity of a kind at the end of a module."""

    course_id: UUID
    module_id: UUID
    kind: str
    titles: Titles
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class WriteActivity:
    """Write an activity anew. ``version`` is the one that was read."""

    course_id: UUID
    activity_id: UUID
    version: int
    titles: Titles
    body: Titles
    settings: Mapping[str, str] = field(default_factory=dict)
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class PublishCourse:
    """Make the draft a revision. ``digest`` is that of the content which the author has looked at, if any."""

    course_id: UUID
    note: str = ""
    digest: str = ""
