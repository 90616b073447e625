"""What other rooms and pages get to see: a cohort with its places, a person's place, the line."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms_core.enrolment.domain.applications import Application, Enrolment
from lms_core.enrolment.domain.cohorts import Cohort
from lms_core.foundation.policy import Decision
from lms_core.foundation.text import Titles


@dataclass(frozen=True, slots=True)
class CohortListed:
    """A cohort as lists show it: with the titles of its course and campus, and how many wait for a decision."""

    cohort: Cohort
    course: Titles
    campus: Titles
    phase: str
    submitted: int = 0
    waiting: int = 0

    @property
    def name(self) -> Titles:
        """The course and the cohort in one line."""
        return Titles(f"{self.course.ko} {self.cohort.titles.ko}", f"{self.course.en}, {self.cohort.titles.en}")


@dataclass(frozen=True, slots=True)
class ApplicationListed:
    """An application with its applicant's name (empty if erased) and place in the line (from 1), if it waits."""

    application: Application
    name: str = ""
    position: int | None = None
    cohort: CohortListed | None = None
    decision: Decision | None = None

    @property
    def id(self) -> UUID:
        """The application's."""
        return self.application.id


@dataclass(frozen=True, slots=True)
class EnrolmentListed:
    """A place with its person's name, empty if erased, and the number of their application."""

    enrolment: Enrolment
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Attending:
    """A person's place in a cohort, for other rooms: which course, at which campus, on which days."""

    person_id: UUID
    cohort_id: UUID
    course_id: UUID
    campus_id: UUID
    titles: Titles
    starts_on: date
    ends_on: date
