"""Participation: heard of from enrolment and progress, told to the partner in figures."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from bigtech_campus.domain.participation import LEARNING, LEFT, Figures, Participation
from bigtech_campus.repository import Participations
from bigtech_campus.service.terms import TermsService
from lms_core.enrolment.service import AttendingService
from lms_core.foundation.clock import Clock
from lms_core.foundation.identity import new_id
from lms_core.foundation.uow import UnitOfWork, Work


@dataclass(frozen=True)
class ParticipationService:
    """Keeps account of who takes part in programmes. What is heard may be heard twice, and in any order."""

    work: Work
    clock: Clock
    terms: TermsService
    attending: AttendingService

    def placed(self, person_id: UUID, course_id: UUID) -> None:
        """A place was got or given up: what stands is read, since the two may be heard in another order."""
        if self.terms.of_course(course_id) is None:
            return
        state = LEARNING if self.attending.in_course(person_id, course_id) else LEFT
        with self.work.write() as uow:
            self._of(uow, person_id, course_id).stands(state, self.clock.now())
            uow.commit()

    def completed(self, person_id: UUID, course_id: UUID) -> None:
        """A course was completed."""
        if self.terms.of_course(course_id) is None:
            return
        with self.work.write() as uow:
            self._of(uow, person_id, course_id).complete(self.clock.now())
            uow.commit()

    def figures(self, course_ids: Collection[UUID]) -> Mapping[UUID, Figures]:
        """The figures of these courses, in one query. The caller has checked that the actor may know."""
        with self.work.read() as uow:
            return Participations(uow).figures(course_ids)

    def _of(self, uow: UnitOfWork, person_id: UUID, course_id: UUID) -> Participation:
        known = Participations(uow).find(person_id, course_id)
        if known is None:
            known = Participation(new_id(), course_id, person_id, LEARNING, self.clock.now())
            Participations(uow).add(known)
        return known
