"""What has happened to drafts. That a course was published stands in ``lms_core.hooks.catalog``."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lms_core.foundation.events import Event


@dataclass(frozen=True, slots=True)
class CourseCreated(Event):
    """There is a new course, as a draft."""

    name: ClassVar[str] = "catalog.course_created"

    course_id: UUID


@dataclass(frozen=True, slots=True)
class DraftChanged(Event):
    """An author changed a draft. ``act`` says what was done, ``object_id`` to which part of it."""

    name: ClassVar[str] = "catalog.draft_changed"

    course_id: UUID
    act: str
    object_id: UUID
