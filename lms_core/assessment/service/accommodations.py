"""Accommodations: granted with a permission of their own, to running attempts as well; revoked for later ones."""

from dataclasses import dataclass
from uuid import UUID

from lms_core.assessment.domain.deadlines import AccommodationRevoked, Granted
from lms_core.assessment.domain.exams import GRANT_ACCOMMODATION
from lms_core.assessment.repository.accommodations import Accommodations
from lms_core.assessment.repository.exams import Exams
from lms_core.foundation.actors import Actor
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.records import record_accesses
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.foundation.uow import Work


@dataclass(frozen=True)
class AccommodationService:
    """What those do who grant more time, beside granting it."""

    work: Work

    def of_exam(self, actor: Actor, exam_id: UUID, request: PageRequest) -> Page[Granted]:
        """Those that hold in an exam, the latest first; for each it is recorded who read of it. Raises NotFound."""
        with self.work.write() as uow:
            actor.require_seen(GRANT_ACCOMMODATION, Exams(uow).get(exam_id).scopes)
            everywhere = actor.may(GRANT_ACCOMMODATION, EVERYWHERE)
            found = Accommodations(uow).of_exam(exam_id, request, everywhere=everywhere)
            record_accesses(uow, actor, [one.person_id for one in found.items], "accommodation")
            uow.commit()
        return found

    def revoke(self, actor: Actor, accommodation_id: UUID) -> None:
        """Let it hold for no later attempt; one that runs keeps its time. Raises NotFound, Forbidden."""
        with self.work.write() as uow:
            granted = Accommodations(uow).get(accommodation_id)
            scopes = Exams(uow).get(granted.exam_id).scopes if granted.exam_id else EVERYWHERE
            actor.require_seen(GRANT_ACCOMMODATION, scopes)
            Accommodations(uow).revoke(accommodation_id)
            uow.record(AccommodationRevoked(accommodation_id), by=actor, scopes=scopes)
            uow.commit()
