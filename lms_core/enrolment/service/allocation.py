"""The allocator: whoever applied first gets the next free place, and every place is explained."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lms_core.enrolment.domain.applications import Application, Enrolment
from lms_core.enrolment.domain.cohorts import Cohort
from lms_core.enrolment.domain.eligibility import elsewhere
from lms_core.enrolment.domain.names import CAMPUS_TRAINEE, TRAINEE
from lms_core.enrolment.domain.reasons import reasons_to_json
from lms_core.enrolment.repository import Applications, Cohorts, Enrolments
from lms_core.enrolment.service.eligibility import Eligibility
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Refusal
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import Scope, Scopes
from lms_core.foundation.text import text
from lms_core.foundation.uow import UnitOfWork
from lms_core.hooks.caller import Hooks
from lms_core.hooks.enrolment import Enrolled, EnrolmentFacts
from lms_core.organisation.service import CampusService
from lms_core.people.domain import GiveRole
from lms_core.people.service import DirectoryService, RoleService

# What reviewers said about applications, by id. Asked before the write opens; the write goes no further than it.
Asked = Mapping[UUID, tuple[Refusal, ...]]
ACCOUNT_CLOSED = Refusal("account-closed", text("This person no longer has an account."))


@dataclass(frozen=True)
class Allocator:
    """Gives free places to the line, inside a unit of work that has locked cohort and persons."""

    eligibility: Eligibility
    hooks: Hooks
    roles: RoleService
    people: DirectoryService
    campuses: CampusService

    def review_application(self, cohort: Cohort, on: Scopes, application: Application) -> tuple[Refusal, ...]:
        """Every reviewer's reasons against taking an application in. Outside of any write."""
        return self.hooks.review_application(_facts(cohort, self._host(cohort), application), on)

    def ask(self, cohort: Cohort, on: Scopes, applications: Iterable[Application]) -> Asked:
        """Every reviewer's reasons against each application. Outside of any write."""
        wanted, host = list(applications), self._host(cohort)
        names = self.people.names(one.person_id for one in wanted)
        # An erased person has no name any more, and nobody is asked about them.
        return {
            one.id: self.hooks.review_enrolment(_facts(cohort, host, one), on)
            if names.get(one.person_id)
            else (ACCOUNT_CLOSED,)
            for one in wanted
        }

    def allocate(self, uow: UnitOfWork, cohort: Cohort, on: Scopes, asked: Asked, cause: str, by: Actor) -> bool:
        """Give free places to the first in line; whether the next in line has to be asked about before going on.

        The caller has locked the cohort, then the persons behind ``asked``. Somebody against whom there is a reason
        is passed over, keeps the place in the line, and is told why.
        """
        free = 0 if self.eligibility.today() > cohort.ends_on else cohort.free
        passed: list[Application] = []
        for application in Applications(uow).line(cohort.id, len(asked) + 1):
            if not free:
                return False
            if application.id not in asked:
                return True
            reasons = (*asked[application.id], *self._elsewhere(uow, cohort, application))
            if reasons:
                application.hold(reasons_to_json(reasons))
                passed.append(application)
            elif Cohorts(uow).take_place(cohort.id):
                free -= 1
                self._give(uow, cohort, on, application, _explained(application, cause, passed), by)
            else:
                return False
        return False

    def _host(self, cohort: Cohort) -> UUID | None:
        campus = self.campuses.look_up(cohort.campus_id)
        return (campus.partner_id or campus.owner_id) if campus else None

    def _elsewhere(self, uow: UnitOfWork, cohort: Cohort, application: Application) -> tuple[Refusal, ...]:
        past = Enrolments(uow).past([application.person_id], self.eligibility.zone)[application.person_id]
        return elsewhere(past, cohort.id, cohort.starts_on, cohort.ends_on)

    def _give(
        self, uow: UnitOfWork, cohort: Cohort, on: Scopes, to: Application, explained: dict[str, Any], by: Actor
    ) -> None:
        to.place()
        now = self.eligibility.clock.now()
        enrolment = Enrolment(new_id(), cohort.id, to.person_id, to.id, now, explained)
        Enrolments(uow).add(enrolment)
        for role, place in roles_of(cohort):
            self.roles.give_within(uow, by, GiveRole(to.person_id, role, place))
        uow.record(Enrolled(enrolment.id, to.person_id, cohort.id, cohort.course_id), by, on)


def roles_of(cohort: Cohort) -> tuple[tuple[str, Scope], ...]:
    """The roles that come with a place in ``cohort``, and where they hold."""
    return (
        (TRAINEE, Scope("cohort", str(cohort.id))),
        (TRAINEE, Scope("course", str(cohort.course_id))),
        (CAMPUS_TRAINEE, Scope("campus", str(cohort.campus_id))),
    )


def _facts(cohort: Cohort, host: UUID | None, one: Application) -> EnrolmentFacts:
    places = (cohort.id, cohort.course_id, cohort.campus_id, host)
    return EnrolmentFacts(one.person_id, *places, cohort.starts_on, one.by_staff, one.answers or {})


def _explained(application: Application, cause: str, passed: Iterable[Application]) -> dict[str, Any]:
    return {"cause": cause, "number": application.number, "passed_over": [one.number for one in passed]}
