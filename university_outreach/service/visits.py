"""Visits: planning, describing, calling off, finding."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from lms_core.catalog.service import CourseDirectory, DraftService, course_scopes
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Invalid
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import LARGEST, Page, PageRequest
from lms_core.foundation.scopes import EVERYWHERE, Scopes
from lms_core.foundation.text import Titles, text
from lms_core.foundation.uow import UnitOfWork, Work
from university_outreach.domain import (
    PLAN_VISIT,
    SEE_VISIT,
    Visit,
    VisitCalledOff,
    VisitDetails,
    VisitNotFound,
    VisitPlanned,
    check_version,
    check_visit,
)
from university_outreach.repository import Agreements, Reach, Visits
from university_outreach.service.reading import VisitFound, VisitReader


@dataclass(frozen=True)
class VisitService:
    """What coordinators do with visits. A university sees its own, a course's staff sees the course's."""

    work: Work
    courses: CourseDirectory
    drafts: DraftService
    reader: VisitReader

    def find(self, actor: Actor, request: PageRequest) -> Page[VisitFound]:
        """Those that the actor may see. Filter: state. Sorts: starts."""
        reach = self._reach(actor)
        with self.work.read() as uow:
            found = Visits(uow).listed(request, reach)
            described = iter(self.reader.described(uow, found.items))
        return found.map(lambda _: next(described))

    def get(self, actor: Actor, visit_id: UUID) -> tuple[VisitFound, Scopes]:
        """One of them, and where it lies. Raises VisitNotFound, also where the actor may not see it."""
        with self.work.read() as uow:
            visit, on = _seen(uow, actor, visit_id)
            return self.reader.described(uow, [visit])[0], on

    def plan(self, actor: Actor, course_id: UUID, told: VisitDetails) -> Visit:
        """Plan a visit of a course. Raises Forbidden, NotFound, Invalid."""
        check_visit(told)
        visit = Visit(new_id(), course_id, None, "", "", "", None, None, "", actor.person_id, [], "")
        with self.work.write() as uow:
            on = course_scopes(uow, course_id)
            if on is None or not actor.may(PLAN_VISIT, on):
                raise Invalid(fields={"course_id": (text("Choose a course that you may plan visits for."),)})
            _check_host(uow, told)
            visit.describe(told)
            Visits(uow).add(visit)
            uow.record(VisitPlanned(visit.id, course_id), actor, _scopes_of(uow, visit))
            uow.commit()
        return visit

    def change(self, actor: Actor, visit_id: UUID, told: VisitDetails, version: int) -> Visit:
        """Describe it anew. Raises NotFound, Forbidden, VisitChanged, VisitCancelled, Invalid."""
        check_visit(told)
        with self.work.write() as uow:
            visit, on = _seen(uow, actor, visit_id)
            actor.require(PLAN_VISIT, on)
            check_version(visit.version, version)
            _check_host(uow, told)
            visit.describe(told)
            uow.record(VisitPlanned(visit.id, visit.course_id), actor, on)
            uow.commit()
        return visit

    def cancel(self, actor: Actor, visit_id: UUID) -> Visit:
        """Call it off. Raises NotFound, Forbidden, VisitCancelled."""
        with self.work.write() as uow:
            visit, on = _seen(uow, actor, visit_id)
            actor.require(PLAN_VISIT, on)
            visit.cancel()
            uow.record(VisitCalledOff(visit.id, visit.course_id), actor, on)
            uow.commit()
        return visit

    def plannable(self, actor: Actor) -> Mapping[UUID, Titles]:
        """The courses that the actor may plan visits for, for a form to choose from."""
        ids = self.courses.within(actor, PLAN_VISIT)
        if ids is not None:
            return self.courses.titles(ids)
        return {course.id: course.titles for course in self.drafts.find(actor, PageRequest(size=LARGEST)).items}

    def _reach(self, actor: Actor) -> Reach | None:
        courses = self.courses.within(actor, SEE_VISIT)
        universities = actor.ids_where(SEE_VISIT, "organisation")
        if courses is None or universities is None:
            return None
        return Reach(courses, universities)


def _seen(uow: UnitOfWork, actor: Actor, visit_id: UUID) -> tuple[Visit, Scopes]:
    visit = Visits(uow).get(visit_id)
    on = _scopes_of(uow, visit)
    if not actor.may(SEE_VISIT, on):
        raise VisitNotFound
    return visit, on


def _scopes_of(uow: UnitOfWork, visit: Visit) -> Scopes:
    """Where rules for a visit hold: with its course, and with the university that hosts it."""
    on = course_scopes(uow, visit.course_id) or EVERYWHERE
    return on | Agreements(uow).get(visit.agreement_id).scopes if visit.agreement_id else on


def _check_host(uow: UnitOfWork, told: VisitDetails) -> None:
    if told.agreement_id is not None and told.agreement_id not in Agreements(uow).of([told.agreement_id]):
        raise Invalid(fields={"agreement_id": (text("Choose one of the agreements."),)})
