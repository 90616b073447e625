"""Hooks of progress: what counts as complete, and who hears of it."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lms_core.foundation.events import Event
from lms_core.hooks.markers import hookspec


@dataclass(frozen=True, slots=True)
class CompletionFacts:
    """How far a person has come in a course: activities done out of all, and the share of minutes."""

    person_id: UUID
    course_id: UUID
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class CompletionVerdict:
    """Whether a course counts as complete, by which rule."""

    complete: bool
    rule: str


@dataclass(frozen=True, slots=True)
class CourseCompleted(Event):
    """A person completed a course."""

    name: ClassVar[str] = "progress.course_completed"
    hook: ClassVar[str | None] = "lms_after_course_completed"

    person_id: UUID
    course_id: UUID


@hookspec(firstresult=True)
def lms_choose_completion_rule(facts: CompletionFacts) -> CompletionVerdict | None:
    """When progress changes: the verdict, or None to leave it to the next. The core's is last: all activities done.

    A failing implementation is passed over.
    """
    raise NotImplementedError


@hookspec
def lms_after_course_completed(event: CourseCompleted) -> None:
    """After a person completed a course, once for each course. At least once; retried, then parked."""
    raise NotImplementedError
