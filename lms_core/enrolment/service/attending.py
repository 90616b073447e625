"""Who learns what now: answers for the rooms above, which have checked that their actor may know."""

from dataclasses import dataclass
from uuid import UUID

from lms_core.enrolment.domain.standing import Attending
from lms_core.enrolment.repository import Enrolments
from lms_core.foundation.uow import Work


@dataclass(frozen=True)
class AttendingService:
    """Reads places only."""

    work: Work

    def of(self, person_id: UUID) -> list[Attending]:
        """The places a person has now, the latest start first."""
        with self.work.read() as uow:
            return Enrolments(uow).attending(person_id)

    def in_course(self, person_id: UUID, course_id: UUID) -> Attending | None:
        """The place a person has in a course now, if any."""
        with self.work.read() as uow:
            return Enrolments(uow).attending_course(person_id, course_id)

    def persons(self, cohort_id: UUID) -> list[UUID]:
        """Everybody with a place in a cohort now, in the order of their applications."""
        with self.work.read() as uow:
            return Enrolments(uow).persons(cohort_id)
