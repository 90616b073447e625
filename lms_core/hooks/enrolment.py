"""Hooks of enrolment: who gets a place, and who hears of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from lms_core.foundation.errors import Refusal
from lms_core.foundation.events import Event
from lms_core.hooks.markers import hookspec
from lms_core.hooks.site import Panel, Viewer


@dataclass(frozen=True, slots=True)
class EnrolmentFacts:
    """An application on its way to a place in a cohort. Carries ids and programme facts, no personal values."""

    person_id: UUID
    cohort_id: UUID
    course_id: UUID
    campus_id: UUID | None
    organisation_id: UUID | None
    starts_on: date
    by_staff: bool
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Enrolled(Event):
    """A person got a place in a cohort."""

    name: ClassVar[str] = "enrolment.enrolled"
    hook: ClassVar[str | None] = "lms_after_enrolled"

    enrolment_id: UUID
    person_id: UUID
    cohort_id: UUID
    course_id: UUID


@dataclass(frozen=True, slots=True)
class Withdrawn(Event):
    """A person gave up, or lost, the place in a cohort."""

    name: ClassVar[str] = "enrolment.withdrawn"
    hook: ClassVar[str | None] = "lms_after_withdrawn"

    enrolment_id: UUID
    person_id: UUID
    cohort_id: UUID
    course_id: UUID


@hookspec
def lms_review_application(facts: EnrolmentFacts) -> Refusal | None:
    """Before an application is taken in: a reason against it, or None. Everyone is asked; a failure refuses."""
    raise NotImplementedError


@hookspec
def lms_review_enrolment(facts: EnrolmentFacts) -> Refusal | None:
    """Before a person gets a place: a reason against it, or None. Everyone is asked; a failure refuses."""
    raise NotImplementedError


@hookspec
def lms_after_enrolled(event: Enrolled) -> None:
    """After a person got a place. At least once; retried, then parked."""
    raise NotImplementedError


@hookspec
def lms_after_withdrawn(event: Withdrawn) -> None:
    """After a person gave up, or lost, the place in a cohort. At least once; retried, then parked.

    The person may have a place again by the time this is heard: what became of it is to be read, not assumed.
    """
    raise NotImplementedError


@hookspec
def lms_show_cohort_page(viewer: Viewer, cohort_id: UUID) -> Panel | None:
    """While the page of a cohort is made for those who run it: one panel, or None. Panels stand by rank."""
    raise NotImplementedError
