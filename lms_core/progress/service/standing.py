"""Standing: how far one person has come, for that person."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from lms_core.enrolment.service import AttendingService
from lms_core.foundation.actors import Actor
from lms_core.foundation.uow import Work
from lms_core.progress.domain import CourseProgress, NoPlace
from lms_core.progress.repository import Progress
from lms_core.progress.service.syllabi import Syllabi


@dataclass(frozen=True)
class StandingService:
    """A person's own progress. Counted over the courses in which they have a place."""

    work: Work
    attending: AttendingService
    syllabi: Syllabi

    def mine(self, actor: Actor) -> list[CourseProgress]:
        """The actor's courses, the latest start first."""
        person_id = actor.require_person()
        places = self.attending.of(person_id)
        return self._of(person_id, dict.fromkeys(one.course_id for one in places))

    def in_course(self, actor: Actor, course_id: UUID) -> CourseProgress:
        """How far the actor has come in one course. Raises NoPlace, also for a course that is not published."""
        found = self.look_up(actor.require_person(), course_id)
        if found is None:
            raise NoPlace
        return found

    def look_up(self, person_id: UUID, course_id: UUID) -> CourseProgress | None:
        """How far a person has come in one course; None without a place in it. The caller has checked who asks."""
        if self.attending.in_course(person_id, course_id) is None:
            return None
        found = self._of(person_id, [course_id])
        return found[0] if found else None

    def _of(self, person_id: UUID, course_ids: Iterable[UUID]) -> list[CourseProgress]:
        wanted = list(course_ids)
        syllabi = self.syllabi.of(wanted)
        with self.work.read() as uow:
            done = Progress(uow).done(person_id, wanted)
            completed = Progress(uow).completed(person_id, wanted)
        known = [syllabi[course_id] for course_id in wanted if course_id in syllabi]
        return [CourseProgress(one, done.get(one.course_id, {}), completed.get(one.course_id)) for one in known]
