"""A published revision: what learners read. It never changes and is never mapped."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lms_core.catalog.domain.content import ActivityContent, Content, ModuleContent
from lms_core.catalog.domain.differences import Change
from lms_core.catalog.domain.errors import ActivityNotFound
from lms_core.foundation.text import Titles


@dataclass(frozen=True, slots=True)
class Step:
    """An activity in its place: its module, and the activities before and after it."""

    module: ModuleContent
    activity: ActivityContent
    previous: ActivityContent | None
    next: ActivityContent | None
    number: int
    of: int

    @property
    def previous_id(self) -> UUID | None:
        """The id of the activity before, if there is one."""
        return self.previous.id if self.previous else None

    @property
    def next_id(self) -> UUID | None:
        """The id of the activity after, if there is one."""
        return self.next.id if self.next else None


@dataclass(frozen=True, slots=True)
class Revision:
    """One publication of a course. ``content`` is the outline: its bodies are read page by page."""

    id: UUID
    course_id: UUID
    number: int
    content: Content
    changes: tuple[Change, ...]
    note: str
    author_id: UUID | None
    published_at: datetime
    restored_from: int | None = None

    def holds(self, activity_id: UUID) -> bool:
        """Whether the activity is one of this revision's."""
        return any(each.id == activity_id for module in self.content.modules for each in module.activities)

    def step(self, activity_id: UUID) -> Step:
        """The activity in its place. Raises ActivityNotFound."""
        placed = [(module, each) for module in self.content.modules for each in module.activities]
        for place, (module, activity) in enumerate(placed):
            if activity.id == activity_id:
                before = placed[place - 1][1] if place else None
                after = placed[place + 1][1] if place + 1 < len(placed) else None
                return Step(module, activity, before, after, place + 1, len(placed))
        raise ActivityNotFound


@dataclass(frozen=True, slots=True)
class CourseSummary:
    """A published course as the list for learners shows it."""

    id: UUID
    slug: str
    organisation_id: UUID
    campus_id: UUID | None
    content: Content
    published_at: datetime


@dataclass(frozen=True, slots=True)
class CourseOrigin:
    """Where a course comes from: its curriculum (empty if it has none), where it is held, and what is published."""

    id: UUID
    titles: Titles
    campus_id: UUID | None
    curriculum_code: str
    curriculum_version: str
    published: int | None


@dataclass(frozen=True, slots=True)
class RevisionPage:
    """The text of one activity in a revision: as it was written, and as safe HTML, by language."""

    activity_id: UUID
    body: Titles
    html: Titles
