"""Incidents: time for one person, a room or everybody who sits an exam now, given in one transaction or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from lms_core.assessment.domain.deadlines import deadline_of, extension
from lms_core.assessment.domain.exams import EXTEND_DEADLINE, Exam
from lms_core.assessment.domain.incidents import EVERYBODY, Incident, IncidentRecorded, Reach
from lms_core.assessment.repository.exams import Exams
from lms_core.assessment.repository.incidents import Incidents
from lms_core.assessment.repository.ledgers import Ledgers, Moved
from lms_core.assessment.service.deadlines import TRIES, Extend
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Conflict
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.uow import UnitOfWork, Work


@dataclass(frozen=True)
class IncidentService:
    """What staff do when something happens while an exam runs."""

    work: Work
    clock: Clock

    def record(self, actor: Actor, exam_id: UUID, command: Extend, reach: Reach = EVERYBODY) -> Incident:
        """Give every running attempt that was reached more time, at once. Raises NotFound, Forbidden, Invalid."""
        reach.require_sound()
        extension((), "incident", command.seconds)
        for _ in range(TRIES):
            try:
                return self._recorded(actor, exam_id, command, reach)
            except Conflict:
                # An attempt moved or closed at this moment: nothing was written, so look at all of them again.
                continue
        raise Conflict

    def of_exam(self, actor: Actor, exam_id: UUID, request: PageRequest) -> Page[Incident]:
        """The incidents of an exam, the latest first. Raises NotFound."""
        with self.work.read() as uow:
            actor.require_seen(EXTEND_DEADLINE, Exams(uow).get(exam_id).scopes)
            return Incidents(uow).of_exam(exam_id, request)

    def _recorded(self, actor: Actor, exam_id: UUID, command: Extend, reach: Reach) -> Incident:
        with self.work.write() as uow:
            exam = Exams(uow).get(exam_id)
            actor.require(EXTEND_DEADLINE, exam.scopes)
            moved = _moved(uow, exam, command, reach)
            incident = self._incident(uow, actor, exam_id, command, reach, len(moved))
            Incidents(uow).add(incident)
            Ledgers(uow).append(moved, incident.reason, incident.actor_id)
            told = IncidentRecorded(exam_id, incident.number, incident.seconds, incident.attempts)
            uow.record(told, by=actor, scopes=exam.scopes)
            uow.commit()
        return incident

    def _incident(
        self, uow: UnitOfWork, actor: Actor, exam_id: UUID, command: Extend, reach: Reach, attempts: int
    ) -> Incident:
        return Incident(
            id=new_id(),
            exam_id=exam_id,
            number=Incidents(uow).next_number(exam_id),
            reach=reach,
            seconds=command.seconds,
            reason=command.reason,
            attempts=attempts,
            actor_id=actor.person_id,
            created_at=self.clock.now(),
        )


def _moved(uow: UnitOfWork, exam: Exam, command: Extend, reach: Reach) -> Sequence[Moved]:
    found = []
    for attempt, entries in Ledgers(uow).running(exam.id):
        if reach.includes(attempt.person_id, attempt.address):
            entry = extension(entries, "incident", command.seconds)
            ends = deadline_of(attempt.started_at, [*entries, entry], attempt.window_closes_at)
            found.append((attempt, (entry,), ends))
    return found
