"""Agreements: given by a partner manager, withdrawn by one, seen by whoever runs the campus."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from bigtech_campus.domain import (
    GIVE,
    SEE,
    Agreement,
    AgreementDetails,
    AgreementGiven,
    AgreementNotFound,
    AgreementWithdrawn,
    check_agreement,
)
from bigtech_campus.domain.participation import Figures
from bigtech_campus.repository import Agreements
from bigtech_campus.service.participation import ParticipationService
from bigtech_campus.service.programmes import programmes
from lms_core.catalog.domain import CourseOrigin
from lms_core.catalog.service import CourseDirectory
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.scopes import EVERYWHERE, Scopes
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.organisation.domain import Campus, CampusNotFound
from lms_core.organisation.service import CampusService, campus_scopes

# A cohort is planned about three months ahead.
SOON: Final = timedelta(days=90)
MOST_ENDING: Final = 5


@dataclass(frozen=True, slots=True)
class CampusAgreements:
    """A campus with the courses that follow a programme there, one page of agreements, and what courses are called.

    ``figures`` tell of the people in those courses.
    """

    campus: Campus
    courses: tuple[CourseOrigin, ...]
    page: Page[Agreement]
    titles: Mapping[UUID, Titles]
    may_give: bool
    figures: Mapping[UUID, Figures]


@dataclass(frozen=True, slots=True)
class Ending:
    """An agreement that ends soon, with the course's title."""

    title: Titles
    campus_id: UUID
    begins_until: date


@dataclass(frozen=True)
class AgreementService:
    """What can be done with agreements."""

    work: Work
    clock: Clock
    campuses: CampusService
    courses: CourseDirectory
    participation: ParticipationService

    def find(self, actor: Actor, campus_id: UUID, request: PageRequest) -> CampusAgreements:
        """The agreements at a campus, the newest first. Raises CampusNotFound where the actor may not see them."""
        campus = self._seen(actor, campus_id)
        courses = tuple(self.courses.begun_from(_codes(), campus_id))
        with self.work.read() as uow:
            page = Agreements(uow).at_campus(campus_id, request)
        titles = self.courses.titles({one.course_id for one in page.items})
        told = self.participation.figures({one.id for one in courses})
        return CampusAgreements(campus, courses, page, titles, actor.may(GIVE, campus.scopes), told)

    def ending(self, actor: Actor) -> tuple[Ending, ...]:
        """Those that end within 90 days, the earliest first; for who sees the agreements of the whole site."""
        if not actor.may(SEE, EVERYWHERE):
            return ()
        today = self.clock.now().date()
        with self.work.read() as uow:
            found = Agreements(uow).ending(today, today + SOON, MOST_ENDING)
        titles = self.courses.titles({one.course_id for one in found})
        return tuple(Ending(titles[one.course_id], one.campus_id, one.begins_until) for one in found)

    def give(self, actor: Actor, campus_id: UUID, details: AgreementDetails) -> Agreement:
        """Agree to cohorts of a course at a campus. Raises Forbidden, Invalid, CampusNotFound."""
        campus = self._seen(actor, campus_id)
        actor.require(GIVE, campus.scopes)
        check_agreement(details, (origin.id for origin in self.courses.begun_from(_codes(), campus_id)))
        agreement = Agreement(
            new_id(),
            campus_id,
            details.course_id,
            details.begins_from,
            details.begins_until,
            details.places,
            details.note,
            actor.person_id,
            self.clock.now(),
        )
        with self.work.write() as uow:
            Agreements(uow).add(agreement)
            uow.record(AgreementGiven(agreement.id, agreement.course_id), actor, campus.scopes)
            uow.commit()
        return agreement

    def withdraw(self, actor: Actor, agreement_id: UUID) -> Agreement:
        """Take an agreement back; places given stay. Raises AgreementNotFound, WithdrawnAlready, Forbidden."""
        with self.work.write() as uow:
            agreement = Agreements(uow).get(agreement_id)
            on = _lying(uow, actor, agreement)
            actor.require(GIVE, on)
            agreement.withdraw(actor.person_id, self.clock.now())
            uow.record(AgreementWithdrawn(agreement.id, agreement.course_id), actor, on)
            uow.commit()
            return agreement

    def _seen(self, actor: Actor, campus_id: UUID) -> Campus:
        campus = self.campuses.look_up(campus_id)
        if campus is None or not actor.may(SEE, campus.scopes):
            raise CampusNotFound
        return campus


def _lying(uow: UnitOfWork, actor: Actor, agreement: Agreement) -> Scopes:
    on = campus_scopes(uow, agreement.campus_id)
    # The same words as for one that is not there: their difference would tell that it is.
    if on is None or not actor.may(SEE, on):
        raise AgreementNotFound
    return on


def _codes() -> frozenset[str]:
    return frozenset(one.code for one in programmes())
