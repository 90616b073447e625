"""Watching an exam that runs: who is there, what was noted, and ending the session of a device."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lms_core.assessment.domain.attempts import Attempt, AttemptClosed
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.proctoring import (
    MOST_KEPT,
    PROCTOR,
    AttemptEvent,
    Overview,
    SessionEnded,
    ToldEvent,
    Watched,
    placed,
)
from lms_core.assessment.repository.attempts import Attempts
from lms_core.assessment.repository.exams import Exams
from lms_core.assessment.repository.proctoring import Noting, Watching
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import NotFound
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.records import record_access
from lms_core.foundation.uow import Work


@dataclass(frozen=True, slots=True)
class Watch:
    """An exam as it is watched at a moment."""

    exam: Exam
    overview: Overview
    page: Page[Watched]
    now: datetime


@dataclass(frozen=True)
class ProctorService:
    """What whoever watches an exam does. Nothing here judges: it shows what was noted, with the time."""

    work: Work
    clock: Clock

    def watch(self, actor: Actor, exam_id: UUID, request: PageRequest) -> Watch:
        """Who sits an exam now, or handed in lately. Filter: show. Raises NotFound."""
        now = self.clock.now()
        with self.work.read() as uow:
            exam = Exams(uow).get(exam_id)
            actor.require_seen(PROCTOR, exam.scopes)
            return Watch(exam, Watching(uow).overview(exam_id, now), Watching(uow).of_exam(exam_id, request, now), now)

    def attempt(self, actor: Actor, exam_id: UUID, attempt_id: UUID) -> tuple[Exam, Watched, Sequence[AttemptEvent]]:
        """One attempt with everything that was noted of it. Reading it is recorded. Raises NotFound."""
        with self.work.write() as uow:
            attempt, exam = Attempts(uow).sat(attempt_id)
            if exam.id != exam_id:
                raise NotFound
            actor.require_seen(PROCTOR, exam.scopes)
            record_access(uow, actor, attempt.person_id, "attempt events")
            shown = exam, Watching(uow).one(attempt), Watching(uow).events(attempt_id)
            uow.commit()
        return shown

    def own_events(self, actor: Actor, attempt: Attempt) -> Sequence[AttemptEvent]:
        """What was noted of one's own attempt; nothing of anybody else's."""
        if attempt.person_id != actor.person_id:
            return ()
        with self.work.read() as uow:
            return Watching(uow).events(attempt.id)

    def end_session(self, actor: Actor, exam_id: UUID, attempt_id: UUID) -> None:
        """Let the device that answers now only read, until the person takes the attempt over.

        Raises NotFound, AttemptClosed.
        """
        with self.work.write() as uow:
            attempt = Attempts(uow).get(attempt_id)
            if attempt.exam_id != exam_id:
                raise NotFound
            actor.require_seen(PROCTOR, attempt.scopes)
            generation = Attempts(uow).take_over(attempt_id, attempt.person_id, "")
            if generation is None:
                raise AttemptClosed
            Noting(uow).add((AttemptEvent(new_id(), attempt_id, "session-ended", self.clock.now()),))
            uow.record(SessionEnded(attempt_id, generation), by=actor, scopes=attempt.scopes)
            uow.commit()


@dataclass(frozen=True)
class EventLogService:
    """Takes what rooms tell: bounded, each event once, and only while the attempt runs."""

    work: Work
    clock: Clock

    def tell(self, actor: Actor, attempt_id: UUID, told: Sequence[ToldEvent]) -> int:
        """Keep what the device of one's own attempt told; how many were new. The log holds MOST_KEPT at most.

        Raises NotFound for anybody else's, AttemptClosed.
        """
        with self.work.write() as uow:
            attempt = Attempts(uow).get(attempt_id)
            if attempt.person_id != actor.require_person():
                raise NotFound
            if not attempt.is_open:
                raise AttemptClosed
            noting = Noting(uow)
            known, room = noting.known([one.id for one in told]), MOST_KEPT - noting.count(attempt_id)
            fresh = [one for one in placed(told, attempt, self.clock.now()) if one.id not in known][: max(0, room)]
            noting.add(fresh)
            uow.commit()
        return len(fresh)
