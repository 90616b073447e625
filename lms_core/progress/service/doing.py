"""Doing: what makes an activity done, and when that makes a course complete."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from lms_core.enrolment.domain.standing import Attending
from lms_core.enrolment.service import AttendingService, cohort_scopes
from lms_core.foundation.actors import SYSTEM, Actor
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import EVERYWHERE, Scope, Scopes
from lms_core.foundation.uow import Work
from lms_core.hooks.assessment import AttemptGraded
from lms_core.hooks.caller import Hooks
from lms_core.hooks.progress import CompletionFacts, CourseCompleted
from lms_core.progress.domain import (
    ActivityCounted,
    ActivityNotYours,
    Completion,
    DoneByItself,
    Source,
    Syllabus,
    core_verdict,
)
from lms_core.progress.repository import Progress
from lms_core.progress.service.syllabi import Syllabi

JUDGE = "progress.judge_completion"
JUDGE_COURSE = "progress.judge_course"
# The verdict follows in the same request; the task is for a process that dies in between.
LATER = timedelta(seconds=30)
# A switch holds in every process within two seconds; judged before, a course would be by the rule of before.
SWITCHED = timedelta(seconds=5)


@dataclass(frozen=True)
class ProgressService:
    """What is done counts once, for those with a place in the course."""

    work: Work
    hooks: Hooks
    attending: AttendingService
    syllabi: Syllabi

    def mark(self, actor: Actor, activity_id: UUID) -> tuple[UUID, UUID | None]:
        """The actor says an activity is done; its course, and the activity after it. Raises DoneByItself,
        ActivityNotYours.
        """
        person_id = actor.require_person()
        place, syllabus = self._held(person_id, activity_id)
        step = syllabus.step(activity_id)
        if step is not None and step.completed_by == "event":
            raise DoneByItself
        self._count(actor, place, syllabus, activity_id, "button")
        following = syllabus.after(activity_id)
        return syllabus.course_id, following.id if following else None

    def activity_done(self, person_id: UUID, course_id: UUID, activity_id: UUID) -> bool:
        """A room or plugin reports an activity done; whether it counted for the first time.

        Nothing counts without a place in the course, or for an activity that its newest revision does not hold.
        """
        place, syllabus = self.attending.in_course(person_id, course_id), self.syllabi.one(course_id)
        if place is None or syllabus is None or syllabus.step(activity_id) is None:
            return False
        return self._count(SYSTEM, place, syllabus, activity_id, "event")

    def attempt_graded(self, event: AttemptGraded) -> None:
        """Count every activity that names the exam of a graded attempt, in the person's courses. Safe to run twice."""
        places = {one.course_id: one for one in self.attending.of(event.person_id)}
        for course_id, syllabus in self.syllabi.of(places).items():
            for step in syllabus.steps:
                if step.completed_by == "event" and step.exam_id == str(event.exam_id):
                    self._count(SYSTEM, places[course_id], syllabus, step.id, "event")

    def judge(self, person_id: UUID, course_id: UUID) -> bool:
        """Ask whether the course is complete for the person, and keep it once; whether that made it so now."""
        place, syllabus = self.attending.in_course(person_id, course_id), self.syllabi.one(course_id)
        return place is not None and syllabus is not None and self._judge(SYSTEM, place, syllabus)

    def judge_everybody(self, course_id: UUID) -> None:
        """Judge everybody who is under way: a revision with fewer activities, or another rule, may complete it."""
        with self.work.read() as uow:
            unfinished = Progress(uow).unfinished(course_id)
        for person_id in unfinished:
            self.judge(person_id, course_id)

    def plugin_switched(self, plugin: str, place: Scope) -> None:
        """Have the courses judged, one task each, in which ``plugin`` may have a say about completion at ``place``."""
        if not self.hooks.answers("lms_choose_completion_rule", plugin):
            return
        with self.work.write() as uow:
            under_way = [UUID(place.id)] if place.kind == "course" else Progress(uow).courses_under_way()
            for course_id in under_way:
                uow.later(JUDGE_COURSE, course_id, at=self.work.clock.now() + SWITCHED)
            uow.commit()

    def _held(self, person_id: UUID, activity_id: UUID) -> tuple[Attending, Syllabus]:
        places = {one.course_id: one for one in self.attending.of(person_id)}
        for course_id, syllabus in self.syllabi.of(places).items():
            if syllabus.step(activity_id) is not None:
                return places[course_id], syllabus
        raise ActivityNotYours

    def _count(self, by: Actor, place: Attending, syllabus: Syllabus, activity_id: UUID, source: Source) -> bool:
        person_id, course_id = place.person_id, syllabus.course_id
        with self.work.write() as uow:
            on = _scopes(cohort_scopes(uow, place.cohort_id))
            fresh = Progress(uow).add(person_id, course_id, activity_id, source)
            if fresh:
                uow.record(ActivityCounted(person_id, course_id, activity_id), by, on)
                uow.later(JUDGE, person_id, course_id, at=self.work.clock.now() + LATER, scopes=on)
                uow.commit()
        if fresh:
            self._judge(by, place, syllabus)
        return fresh

    def _judge(self, by: Actor, place: Attending, syllabus: Syllabus) -> bool:
        person_id, course_id = place.person_id, syllabus.course_id
        with self.work.read() as uow:
            known = Progress(uow)
            if known.completed(person_id, [course_id]):
                return False
            on = _scopes(cohort_scopes(uow, place.cohort_id))
            done = known.done(person_id, [course_id]).get(course_id, {})
        counted = sum(step.id in done for step in syllabus.steps)
        facts = CompletionFacts(person_id, course_id, counted, len(syllabus.steps))
        verdict = self.hooks.choose_completion_rule(facts, on) or core_verdict(facts)
        if not verdict.complete:
            return False
        figures = (syllabus.revision_id, verdict.rule[:120], counted, len(syllabus.steps), self.work.clock.now())
        with self.work.write() as uow:
            fresh = Progress(uow).complete(Completion(new_id(), person_id, course_id, *figures))
            if fresh:
                uow.record(CourseCompleted(person_id, course_id), by, on)
                uow.commit()
        return fresh


def _scopes(found: Scopes | None) -> Scopes:
    return found or EVERYWHERE
