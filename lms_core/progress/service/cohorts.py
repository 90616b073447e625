"""Cohorts: how far each of their people has come, for those who teach and run them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from lms_core.enrolment.domain.cohorts import CohortNotFound
from lms_core.enrolment.domain.standing import CohortListed
from lms_core.enrolment.service import AttendingService, CohortService
from lms_core.foundation.actors import Actor
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.records import record_access
from lms_core.foundation.uow import Work
from lms_core.people.service import DirectoryService
from lms_core.progress.domain import SEE_PROGRESS, CohortProgress, Learner, summed_up
from lms_core.progress.repository import Progress
from lms_core.progress.service.syllabi import Syllabi

NEVER = datetime.min.replace(tzinfo=UTC)
SORTS: Mapping[str, Callable[[Learner], Any]] = {
    "name": lambda one: (one.name, one.person_id),
    "progress": lambda one: (one.done, one.name, one.person_id),
    "last": lambda one: (one.last_at or NEVER, one.name, one.person_id),
    "completed": lambda one: (one.completed_at or NEVER, one.name, one.person_id),
}


@dataclass(frozen=True)
class CohortProgressService:
    """Reads a whole cohort in a fixed number of queries, then sorts and cuts it: a cohort has a capacity."""

    work: Work
    cohorts: CohortService
    attending: AttendingService
    people: DirectoryService
    syllabi: Syllabi

    def table(self, actor: Actor, cohort_id: UUID, request: PageRequest) -> tuple[Page[Learner], CohortProgress]:
        """One page of a cohort's people with how far they are, and the cohort's figures. Sorts: SORTS; search by name.

        Raises CohortNotFound, also where the actor may not see it.
        """
        learners = self._learners(self._seen(actor, cohort_id))
        words = request.search.lower()
        found = _sorted([one for one in learners if words in one.name.lower()], request.sort)
        begin = (request.number - 1) * request.size
        cut = found[begin : begin + request.size]
        return Page(cut, len(found), request.number, request.size), summed_up(learners)

    def figures(self, actor: Actor, cohort_id: UUID) -> CohortProgress:
        """The cohort's figures. Raises CohortNotFound."""
        return summed_up(self._learners(self._seen(actor, cohort_id)))

    def export(self, actor: Actor, cohort_id: UUID, request: PageRequest) -> list[Learner]:
        """Everybody that the table shows, in its order. Reading each person's data is recorded."""
        learners = self._learners(self._seen(actor, cohort_id))
        words = request.search.lower()
        found = _sorted([one for one in learners if words in one.name.lower()], request.sort)
        with self.work.write() as uow:
            for one in found:
                record_access(uow, actor, one.person_id, "progress.export")
            uow.commit()
        return found

    def _seen(self, actor: Actor, cohort_id: UUID) -> CohortListed:
        on = self.cohorts.scopes(cohort_id)
        if not actor.may(SEE_PROGRESS, on):
            raise CohortNotFound
        return self.cohorts.several([cohort_id])[cohort_id]

    def _learners(self, shown: CohortListed) -> list[Learner]:
        persons = self.attending.persons(shown.cohort.id)
        syllabus = self.syllabi.one(shown.cohort.course_id)
        steps = [step.id for step in syllabus.steps] if syllabus else []
        with self.work.read() as uow:
            counts = Progress(uow).counts(shown.cohort.course_id, persons, steps)
            completed = Progress(uow).completed_by(shown.cohort.course_id, persons)
        names = self.people.names(persons)
        lines = []
        for one in persons:
            done, last = counts.get(one, (0, None))
            lines.append(Learner(one, names.get(one, ""), done, len(steps), last, completed.get(one)))
        return lines


def _sorted(learners: list[Learner], sort: str) -> list[Learner]:
    key = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return sorted(learners, key=key, reverse=sort.startswith("-"))
