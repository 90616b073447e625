"""Applications as staff handle them: reading, accepting, declining, adding people by hand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from lms_core.enrolment.domain.applications import (
    Application,
    ApplicationAnswered,
    ApplicationNotFound,
    ApplicationTaken,
    Outcome,
)
from lms_core.enrolment.domain.cohorts import Cohort, CohortMoved, CohortNotFound
from lms_core.enrolment.domain.eligibility import ACCEPTANCE, OVERRIDABLE
from lms_core.enrolment.domain.names import DECIDE_APPLICATION, SEE_APPLICATIONS
from lms_core.enrolment.domain.standing import ApplicationListed
from lms_core.enrolment.repository import Applications, Cohorts, Decisions
from lms_core.enrolment.service.allocation import Allocator, Asked
from lms_core.enrolment.service.cohorts import CohortService
from lms_core.enrolment.service.eligibility import Eligibility
from lms_core.enrolment.service.places import FILL, LATER, PlaceService
from lms_core.enrolment.service.reach import scopes_of
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Refusal
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.policy import Decision
from lms_core.foundation.records import record_access
from lms_core.foundation.scopes import Scopes
from lms_core.foundation.text import text
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.people.service import DirectoryService

CHANGED = Refusal("changed-meanwhile", text("This application was decided or withdrawn meanwhile."))
NOT_ANNOUNCED = text("Announce this cohort before you add people to it.")


@dataclass(frozen=True)
class ApplicationService:
    """What staff do with applications."""

    work: Work
    eligibility: Eligibility
    allocator: Allocator
    places: PlaceService
    cohorts: CohortService
    people: DirectoryService

    def of_cohort(self, actor: Actor, cohort_id: UUID, request: PageRequest) -> Page[ApplicationListed]:
        """A cohort's applications. Filter: state. Sorts: number, applied, state. Raises CohortNotFound."""
        with self.work.read() as uow:
            _seen(uow, actor, Cohorts(uow).get(cohort_id))
            found = Applications(uow).of_cohort(cohort_id, request)
            ids = [one.id for one in found.items]
            positions, decisions = Applications(uow).positions(ids), Decisions(uow).latest(ids)
        names = self.people.names(one.person_id for one in found.items)

        def listed(one: Application) -> ApplicationListed:
            decision, _ = decisions.get(one.id, (None, ""))
            return ApplicationListed(one, names.get(one.person_id, ""), positions.get(one.id), decision=decision)

        return found.map(listed)

    def named(self, actor: Actor, cohort_id: UUID, ids: Sequence[UUID]) -> list[ApplicationListed]:
        """Some applications of a cohort with their applicants' names. Raises ApplicationNotFound, CohortNotFound."""
        _, _, chosen = self._decidable(actor, cohort_id, ids)
        names = self.people.names(one.person_id for one in chosen)
        return [ApplicationListed(one, names.get(one.person_id, "")) for one in chosen]

    def get(self, actor: Actor, application_id: UUID) -> ApplicationListed:
        """One application with its answers: one's own, or as staff, which is recorded. Raises ApplicationNotFound."""
        with self.work.read() as uow:
            application = Applications(uow).get(application_id)
            on = scopes_of(uow, Cohorts(uow).get(application.cohort_id))
            if actor.person_id != application.person_id and not actor.may(SEE_APPLICATIONS, on):
                raise ApplicationNotFound
            position = Applications(uow).positions([application_id]).get(application_id)
            decision, _ = Decisions(uow).latest([application_id]).get(application_id, (None, ""))
        if actor.person_id != application.person_id:
            self._record(actor, application.person_id)
        name = self.people.names([application.person_id]).get(application.person_id, "")
        cohort = self.cohorts.several([application.cohort_id])[application.cohort_id]
        return ApplicationListed(application, name, position, cohort, decision)

    def accept(self, actor: Actor, cohort_id: UUID, ids: Sequence[UUID], override: str = "") -> tuple[Outcome, ...]:
        """Let applications join the line; free places go to its head at once. Each outcome tells what became of it.

        With the reason ``override``, a rule that allows exceptions does not stand in the way.
        """
        cohort, on, chosen = self._decidable(actor, cohort_id, ids)
        with self.work.read() as uow:
            persons = [one.person_id for one in chosen]
            decisions = self.eligibility.decide(uow, ACCEPTANCE, cohort, persons)
        asked = self.allocator.ask(cohort, on, chosen)
        against = {one.id: _against(decisions[one.person_id], asked[one.id], override) for one in chosen}
        with self.work.write() as uow:
            locked = Cohorts(uow).lock(cohort_id)
            Applications(uow).lock_persons(persons)
            for one in Applications(uow).several(cohort_id, ids):
                if not against[one.id]:
                    against[one.id] = self._accepted(uow, actor, on, one, decisions[one.person_id], override)
            self._allocate(uow, actor, locked, on, asked)
            uow.commit()
        self.places.fill(cohort_id, "acceptance")
        return self._outcomes(cohort_id, ids, against)

    def decline(self, actor: Actor, cohort_id: UUID, ids: Sequence[UUID], note: str) -> tuple[Outcome, ...]:
        """Decline applications, with the reason that their applicants are told."""
        _, on, _ = self._decidable(actor, cohort_id, ids)
        against: dict[UUID, tuple[Refusal, ...]] = {}
        with self.work.write() as uow:
            Cohorts(uow).lock(cohort_id)
            for one in Applications(uow).several(cohort_id, ids):
                if one.state not in {"submitted", "waiting"}:
                    against[one.id] = (CHANGED,)
                    continue
                one.decline(self.work.clock.now(), actor.person_id, note)
                said = ApplicationAnswered(one.id, one.person_id, cohort_id, accepted=False)
                uow.record(said, actor, on)
            uow.commit()
        return self._outcomes(cohort_id, ids, against)

    def add(self, actor: Actor, cohort_id: UUID, person_id: UUID, override: str = "") -> Outcome:
        """Put somebody into the line by hand, at its end, as if they had applied and been accepted now.

        Raises AppliedAlready, CohortMoved, Forbidden. Reasons against it stand in the outcome, and nothing is kept.
        """
        self.people.require_known(person_id)
        cohort, on, _ = self._decidable(actor, cohort_id, ())
        application = Application(new_id(), cohort_id, person_id, 0, self.work.clock.now(), {}, by_staff=True)
        with self.work.read() as uow:
            decision = self.eligibility.decide(uow, ACCEPTANCE, cohort, [person_id])[person_id]
        asked = self.allocator.ask(cohort, on, [application])
        reasons = _against(decision, asked[application.id], override)
        if reasons:
            return Outcome(application.id, person_id, "refused", None, reasons)
        with self.work.write() as uow:
            locked = Cohorts(uow).lock(cohort_id)
            Applications(uow).lock_persons([person_id])
            application.number = _numbered(uow, cohort_id)
            Applications(uow).add(application)
            uow.record(ApplicationTaken(application.id, person_id, cohort_id), actor, on)
            self._accepted(uow, actor, on, application, decision, override)
            self._allocate(uow, actor, locked, on, asked)
            uow.commit()
        self.places.fill(cohort_id, "acceptance")
        return self._outcomes(cohort_id, [application.id], {})[0]

    def _allocate(self, uow: UnitOfWork, actor: Actor, cohort: Cohort, on: Scopes, asked: Asked) -> None:
        if self.allocator.allocate(uow, cohort, on, asked, "acceptance", actor):
            uow.later(FILL, cohort.id, at=self.work.clock.now() + LATER, scopes=on)

    def _decidable(
        self, actor: Actor, cohort_id: UUID, ids: Iterable[UUID]
    ) -> tuple[Cohort, Scopes, list[Application]]:
        with self.work.read() as uow:
            cohort = Cohorts(uow).get(cohort_id)
            on = _seen(uow, actor, cohort)
            actor.require(DECIDE_APPLICATION, on)
            return cohort, on, Applications(uow).several(cohort_id, ids)

    def _accepted(
        self, uow: UnitOfWork, actor: Actor, on: Scopes, one: Application, decision: Decision, override: str
    ) -> tuple[Refusal, ...]:
        if one.state != "submitted":
            return (CHANGED,)
        one.accept(self.work.clock.now(), actor.person_id)
        Decisions(uow).add(one.id, one.person_id, ACCEPTANCE, decision, actor.person_id, override)
        uow.record(ApplicationAnswered(one.id, one.person_id, one.cohort_id, accepted=True), actor, on)
        return ()

    def _outcomes(
        self, cohort_id: UUID, ids: Iterable[UUID], against: Mapping[UUID, tuple[Refusal, ...]]
    ) -> tuple[Outcome, ...]:
        with self.work.read() as uow:
            found = Applications(uow).several(cohort_id, ids)
            positions = Applications(uow).positions(one.id for one in found)
        return tuple(
            Outcome(one.id, one.person_id, one.state, positions.get(one.id), against.get(one.id, ())) for one in found
        )

    def _record(self, actor: Actor, person_id: UUID) -> None:
        with self.work.write() as uow:
            record_access(uow, actor, person_id, "enrolment.application")
            uow.commit()


def _seen(uow: UnitOfWork, actor: Actor, cohort: Cohort) -> Scopes:
    on = scopes_of(uow, cohort)
    if not actor.may(SEE_APPLICATIONS, on):
        raise CohortNotFound
    return on


def _against(decision: Decision, said: tuple[Refusal, ...], override: str) -> tuple[Refusal, ...]:
    own = [one for one in decision.reasons if not (override and one.code in OVERRIDABLE)]
    return (*own, *said)


def _numbered(uow: UnitOfWork, cohort_id: UUID) -> int:
    number = Cohorts(uow).next_number(cohort_id, None)
    if number is None:
        raise CohortMoved(NOT_ANNOUNCED)
    return number
