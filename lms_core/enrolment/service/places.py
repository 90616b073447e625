"""Places: filling free ones from the line, giving them up, and who has one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from lms_core.enrolment.domain.applications import Application, Enrolment, EnrolmentNotFound
from lms_core.enrolment.domain.cohorts import Cohort, CohortNotFound
from lms_core.enrolment.domain.names import DECIDE_APPLICATION, SEE_APPLICATIONS
from lms_core.enrolment.domain.standing import EnrolmentListed
from lms_core.enrolment.repository import Applications, Cohorts, Enrolments
from lms_core.enrolment.service.allocation import Allocator, roles_of
from lms_core.enrolment.service.reach import scopes_of
from lms_core.foundation.actors import SYSTEM, Actor
from lms_core.foundation.errors import Refusal
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.scopes import Scopes
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.hooks.enrolment import Withdrawn
from lms_core.people.domain import GiveRole
from lms_core.people.service import DirectoryService, RoleService

# How many of the line reviewers are asked about at a time.
CHUNK = 20
# The line is filled in the same request; the task is for a process that dies in between.
LATER = timedelta(seconds=30)
FILL = "enrolment.fill_places"


@dataclass(frozen=True)
class PlaceService:
    """What can be done with places."""

    work: Work
    allocator: Allocator
    roles: RoleService
    people: DirectoryService

    def fill(self, cohort_id: UUID, cause: str) -> None:
        """Give free places to the line until there are none, or nobody is left to ask. Safe to run at any time."""
        asked: dict[UUID, tuple[Refusal, ...]] = {}
        persons: set[UUID] = set()
        while True:
            cohort, on, unasked = self._unasked(cohort_id, asked)
            if not unasked:
                return
            asked |= self.allocator.ask(cohort, on, unasked)
            persons |= {one.person_id for one in unasked}
            with self.work.write() as uow:
                locked = Cohorts(uow).lock(cohort_id)
                Applications(uow).lock_persons(persons)
                again = self.allocator.allocate(uow, locked, on, asked, cause, SYSTEM)
                uow.commit()
            if not again:
                return

    def withdraw(self, actor: Actor, enrolment_id: UUID, reason: str) -> Enrolment:
        """Give a place up: one's own, or as staff somebody's. The first in line gets it. Raises AlreadyWithdrawn."""
        with self.work.write() as uow:
            cohort, on = self._withdrawable(uow, actor, enrolment_id)
            enrolment = Enrolments(uow).get(enrolment_id)
            enrolment.end(self.work.clock.now(), actor.person_id, reason)
            Applications(uow).get(enrolment.application_id).withdraw()
            Cohorts(uow).free_place(cohort.id)
            self._take_roles(uow, actor, cohort, enrolment.person_id)
            uow.record(Withdrawn(enrolment.id, enrolment.person_id, cohort.id, cohort.course_id), actor, on)
            uow.later(FILL, cohort.id, at=self.work.clock.now() + LATER, scopes=on)
            uow.commit()
        self.fill(cohort.id, "withdrawal")
        return enrolment

    def listed(self, actor: Actor, cohort_id: UUID, request: PageRequest) -> Page[EnrolmentListed]:
        """Who has (or with the filter state=withdrawn: had) a place. Sorts: number, enrolled. Raises CohortNotFound."""
        with self.work.read() as uow:
            on = scopes_of(uow, Cohorts(uow).get(cohort_id))
            if not actor.may(SEE_APPLICATIONS, on):
                raise CohortNotFound
            found = Enrolments(uow).listed(cohort_id, request)
        names = self.people.names(one.person_id for one, _ in found.items)
        return found.map(lambda row: EnrolmentListed(row[0], names.get(row[0].person_id, ""), row[1]))

    def _unasked(self, cohort_id: UUID, asked: Mapping[UUID, object]) -> tuple[Cohort, Scopes, list[Application]]:
        with self.work.read() as uow:
            cohort = Cohorts(uow).get(cohort_id)
            on = scopes_of(uow, cohort)
            over = self.allocator.eligibility.today() > cohort.ends_on
            line = [] if over or not cohort.free else Applications(uow).line(cohort_id, len(asked) + CHUNK)
        return cohort, on, [one for one in line if one.id not in asked]

    def _withdrawable(self, uow: UnitOfWork, actor: Actor, enrolment_id: UUID) -> tuple[Cohort, Scopes]:
        enrolment = Enrolments(uow).get(enrolment_id)
        cohort = Cohorts(uow).lock(enrolment.cohort_id)
        on = scopes_of(uow, cohort)
        if actor.person_id != enrolment.person_id:
            if not actor.may(SEE_APPLICATIONS, on):
                raise EnrolmentNotFound
            actor.require(DECIDE_APPLICATION, on)
        return cohort, on

    def _take_roles(self, uow: UnitOfWork, actor: Actor, cohort: Cohort, person_id: UUID) -> None:
        # Another cohort of the same course, or at the same campus, keeps its roles alive.
        others = Enrolments(uow).attending(person_id)
        kept = {("course", str(one.course_id)) for one in others} | {("campus", str(one.campus_id)) for one in others}
        for role, place in roles_of(cohort):
            if tuple(place) not in kept:
                self.roles.take_within(uow, actor, GiveRole(person_id, role, place))
