"""Applying: what an applicant does, before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lms_core.enrolment.domain.applications import (
    Application,
    ApplicationNotFound,
    ApplicationsClosed,
    ApplicationTaken,
    ApplicationWithdrawn,
    NotEligible,
)
from lms_core.enrolment.domain.cohorts import Cohort
from lms_core.enrolment.domain.eligibility import APPLICATION, Criterion, criteria
from lms_core.enrolment.domain.standing import ApplicationListed
from lms_core.enrolment.repository import Applications, Cohorts, Decisions, Enrolments
from lms_core.enrolment.service.allocation import Allocator
from lms_core.enrolment.service.cohorts import CohortService
from lms_core.enrolment.service.eligibility import Eligibility
from lms_core.enrolment.service.places import PlaceService
from lms_core.enrolment.service.reach import scopes_of
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Refusal, refuse_if
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.policy import Decision
from lms_core.foundation.uow import UnitOfWork, Work


@dataclass(frozen=True)
class ApplyingService:
    """An applicant's own use cases."""

    work: Work
    eligibility: Eligibility
    allocator: Allocator
    cohorts: CohortService
    places: PlaceService

    def check(self, actor: Actor, cohort_id: UUID) -> tuple[tuple[Criterion, ...], tuple[Refusal, ...]]:
        """What is met and what is not, if the actor applied now; and the reasons of reviewers. Stores nothing."""
        person_id = actor.require_person()
        cohort = self.cohorts.shown(actor, cohort_id).cohort
        decision, said = self._judged(Application(new_id(), cohort.id, person_id, 0, self.work.clock.now()), cohort)
        return criteria(decision), said

    def apply(self, actor: Actor, cohort_id: UUID, answers: Mapping[str, Any]) -> Application:
        """Apply for a place. Raises NotEligible with every reason, ApplicationsClosed, AppliedAlready."""
        person_id = actor.require_person()
        cohort = self.cohorts.shown(actor, cohort_id).cohort
        application = Application(new_id(), cohort_id, person_id, 0, self.work.clock.now(), dict(answers))
        decision, said = self._judged(application, cohort)
        refuse_if((*decision.reasons, *said), NotEligible)
        with self.work.write() as uow:
            application.number = _numbered(uow, cohort_id, application.applied_at)
            # Once more, now that nothing moves: what was judged a moment ago may have changed.
            decision = self.eligibility.decide(uow, APPLICATION, Cohorts(uow).get(cohort_id), [person_id])[person_id]
            refuse_if(decision.reasons, NotEligible)
            Applications(uow).add(application)
            Decisions(uow).add(application.id, person_id, APPLICATION, decision, person_id)
            taken = ApplicationTaken(application.id, person_id, cohort_id)
            uow.record(taken, actor, scopes_of(uow, cohort))
            uow.commit()
        return application

    def mine(self, actor: Actor, request: PageRequest) -> Page[ApplicationListed]:
        """The actor's own applications, the newest first."""
        person_id = actor.require_person()
        with self.work.read() as uow:
            found = Applications(uow).of_person(person_id, request)
            positions = Applications(uow).positions(one.id for one in found.items)
        known = self.cohorts.several([one.cohort_id for one in found.items])
        return found.map(lambda one: ApplicationListed(one, actor.name, positions.get(one.id), known[one.cohort_id]))

    def live(self, person_id: UUID) -> list[ApplicationListed]:
        """What a person waits for or has got, the newest first, for panels."""
        with self.work.read() as uow:
            found = Applications(uow).live_of(person_id)
            positions = Applications(uow).positions(one.id for one in found)
        known = self.cohorts.several([one.cohort_id for one in found])
        return [ApplicationListed(one, "", positions.get(one.id), known[one.cohort_id]) for one in found]

    def withdraw(self, actor: Actor, application_id: UUID) -> None:
        """Take one's own application back; with a place, give that up. Raises ApplicationDecided if it is over."""
        person_id = actor.require_person()
        with self.work.write() as uow:
            application = self._own(uow, application_id, person_id)
            cohort = Cohorts(uow).lock(application.cohort_id)
            application = Applications(uow).get(application_id)
            place = Enrolments(uow).of_application(application_id).id if application.state == "placed" else None
            if place is None:
                application.withdraw()
                said = ApplicationWithdrawn(application.id, person_id, cohort.id)
                uow.record(said, actor, scopes_of(uow, cohort))
                uow.commit()
        if place is not None:
            self.places.withdraw(actor, place, "")

    def _judged(self, wish: Application, cohort: Cohort) -> tuple[Decision, tuple[Refusal, ...]]:
        with self.work.read() as uow:
            decisions = self.eligibility.decide(uow, APPLICATION, cohort, [wish.person_id])
            on = scopes_of(uow, cohort)
        return decisions[wish.person_id], self.allocator.review_application(cohort, on, wish)

    def _own(self, uow: UnitOfWork, application_id: UUID, person_id: UUID) -> Application:
        application = Applications(uow).get(application_id)
        if application.person_id != person_id:
            raise ApplicationNotFound
        return application


def _numbered(uow: UnitOfWork, cohort_id: UUID, now: datetime) -> int:
    number = Cohorts(uow).next_number(cohort_id, now)
    if number is None:
        raise ApplicationsClosed
    return number
