"""The academy: a city and its partners, campuses with departments, people of every role, courses and cohorts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from lms_core.catalog.domain import AddActivity, CreateCourse, PublishCourse, WriteActivity
from lms_core.catalog.service import DraftService, OutlineService, PublishingService
from lms_core.cli.demo import texts
from lms_core.cli.demo.accounts import Accounts
from lms_core.enrolment.domain.cohorts import CohortDetails
from lms_core.enrolment.service import ApplicationService, ApplyingService, CohortService
from lms_core.foundation.actors import SYSTEM, Actor
from lms_core.foundation.scopes import SITE, Scope
from lms_core.foundation.text import Titles
from lms_core.foundation.web.house import House
from lms_core.organisation.domain import CampusDetails, DepartmentDetails, NewMembership, OrganisationDetails
from lms_core.organisation.service import CampusService, MemberService, OrganisationService


@dataclass(frozen=True)
class Places:
    """Where things stand, by the slug that everybody knows them by."""

    organisations: dict[str, UUID]
    campuses: dict[str, UUID]


def plant_academy(here: House, accounts: Accounts) -> None:
    """Plant everything that the core knows of; plugins add theirs after it."""
    places = _places(here)
    people = _people(here, accounts, places)
    _members(here, places, people)
    course_id = _course(here, places.campuses["mapo"])
    _enrol(here, course_id, places.campuses["mapo"], people)


def _places(here: House) -> Places:
    organisations, campuses = here.provide(OrganisationService), here.provide(CampusService)
    known = {
        slug: organisations.add(SYSTEM, OrganisationDetails(kind, slug, titles)).id
        for slug, kind, titles in texts.ORGANISATIONS
    }
    opened: dict[str, UUID] = {}
    for slug, partner, titles, district, address in texts.CAMPUSES:
        details = CampusDetails(known["seoul"], known.get(partner), slug, titles, district, address, date(2024, 3, 4))
        opened[slug] = campuses.open(SYSTEM, details).id
    for campus, slug, titles in texts.DEPARTMENTS:
        campuses.add_department(SYSTEM, opened[campus], DepartmentDetails(slug, titles))
    return Places(known, opened)


def _people(here: House, accounts: Accounts, places: Places) -> dict[str, UUID]:
    where = {"site": SITE} | {slug: Scope("campus", str(found)) for slug, found in places.campuses.items()}
    where |= {slug: Scope("organisation", str(found)) for slug, found in places.organisations.items()}
    made = {}
    with here.work.write() as uow:
        for role, name, email, *scopes in texts.PEOPLE:
            made[email] = accounts.make(here, uow, role, name, email, *(where[scope] for scope in scopes))
        uow.commit()
    return made


def _members(here: House, places: Places, people: dict[str, UUID]) -> None:
    members = here.provide(MemberService)
    for email, position, place in texts.MEMBERS:
        belonging = {"campus_id": places.campuses.get(place), "organisation_id": places.organisations.get(place)}
        members.add(SYSTEM, NewMembership(people[email], position, date(2026, 1, 5), **belonging))


def _course(here: House, campus_id: UUID) -> UUID:
    drafts, outline = here.provide(DraftService), here.provide(OutlineService)
    place = Scope("campus", str(campus_id))
    wanted = CreateCourse("cloud-ai-basics", texts.COURSE, texts.COURSE_SUMMARY, ("ko", "en"), place)
    course_id = drafts.create(SYSTEM, wanted).id
    for titles, activities in texts.MODULES:
        module_id = outline.add_module(SYSTEM, course_id, titles).id
        for activity in activities:
            _activity(outline, course_id, module_id, *activity)
    here.provide(PublishingService).publish(SYSTEM, PublishCourse(course_id, "2026 가을 학기"))
    return course_id


def _activity(
    outline: OutlineService, course_id: UUID, module_id: UUID, titles: Titles, body: Titles, minutes: int
) -> None:
    added = outline.add_activity(SYSTEM, AddActivity(course_id, module_id, "catalog.page", titles, minutes))
    outline.write_activity(
        SYSTEM, WriteActivity(course_id, added.id, added.version, titles, body, dict(added.settings), minutes)
    )


def _enrol(here: House, course_id: UUID, campus_id: UUID, people: dict[str, UUID]) -> None:
    cohorts, decisions = here.provide(CohortService), here.provide(ApplicationService)
    now = here.clock.now()
    running = cohorts.add(SYSTEM, course_id, campus_id, _cohort(3, texts.COHORT, now - timedelta(days=60), 30))
    coming = cohorts.add(SYSTEM, course_id, campus_id, _cohort(4, texts.NEXT_COHORT, now, 30))
    for cohort in (running, coming):
        cohorts.move(SYSTEM, cohort.id, "open")
    for email in texts.ENROLLED:
        decisions.add(SYSTEM, running.id, people[email], override=texts.OVERRIDE)
    for email in texts.APPLYING:
        applicant = Actor(people[email])
        here.provide(ApplyingService).apply(applicant, coming.id, {"motivation": texts.MOTIVATION})


def _cohort(number: int, titles: Titles, opens: datetime, capacity: int) -> CohortDetails:
    begins = (opens + timedelta(days=30)).date()
    return CohortDetails(
        number, titles, capacity, opens, opens + timedelta(days=21), begins, begins + timedelta(days=120)
    )
