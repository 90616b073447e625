"""What has been done of a course, and the rule by which that makes it complete."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(eq=False)
class ActivityDone:
    """A person has done an activity, at a moment, known by ``source``: view, button or event."""

    id: UUID
    person_id: UUID
    course_id: UUID
    activity_id: UUID
    source: str
    done_at: datetime


@dataclass(eq=False)
class Completion:
    """A person has completed a course, by a rule, on a revision of it. There is at most one."""

    id: UUID
    person_id: UUID
    course_id: UUID
    revision_id: UUID | None
    rule: str
    done: int
    total: int
    completed_at: datetime
