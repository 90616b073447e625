"""A course at a campus, cohorts of it, and people who apply."""

from datetime import date, timedelta
from itertools import count

import pytest
from sqlalchemy import insert, select

from lms_core.catalog.domain import AddActivity, CreateCourse, PublishCourse, WriteActivity
from lms_core.catalog.service import DraftService, OutlineService, PublishingService
from lms_core.catalog.tables import courses
from lms_core.enrolment.domain.cohorts import CohortDetails
from lms_core.enrolment.plugin import RUNNING, lms_register_permissions, lms_register_roles
from lms_core.enrolment.service import ApplicationService, ApplyingService, CohortService, PlaceService
from lms_core.enrolment.tables import applications, cohorts, enrolments
from lms_core.foundation.actors import SYSTEM, Actor, grants
from lms_core.foundation.clock import Clock
from lms_core.foundation.database import Database
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import Scope
from lms_core.foundation.settings import Settings
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import Work
from lms_core.foundation.web.house import House
from lms_core.hooks import hookimpl
from lms_core.hooks.caller import Hooks
from lms_core.people.domain import RoleBook
from lms_core.people.tables import persons
from tests.support.calling import hooks_of
from tests.support.clock import BEGINNING
from tests.support.counting import statements


class Committee:
    """An ad-hoc plugin with opinions about persons: refusals, failures to raise, or functions to call."""

    def __init__(self):
        self.application = {}
        self.enrolment = {}
        self.asked = []

    @hookimpl
    def lms_review_application(self, facts):
        self.asked.append(("application", facts))
        return self.application.get(facts.person_id)

    @hookimpl
    def lms_review_enrolment(self, facts):
        self.asked.append(("enrolment", facts))
        said = self.enrolment.get(facts.person_id)
        if isinstance(said, Exception):
            raise said
        return said() if callable(said) else said


@pytest.fixture
def committee():
    return Committee()


def make_house(work, clock, hooks):
    """The services of the room over ``work``, without the web."""
    here = House(Settings(), work.database, clock, work)
    book = RoleBook.bind(lms_register_roles(), lms_register_permissions())
    here.tools |= {Settings: here.settings, Database: work.database, Clock: clock, Work: work}
    here.tools |= {Hooks: hooks, RoleBook: book}
    return here


@pytest.fixture
def house(work, clock, committee):
    return make_house(work, clock, hooks_of(committee=committee))


@pytest.fixture
def applying(house):
    return house.provide(ApplyingService)


@pytest.fixture
def desk(house):
    return house.provide(ApplicationService)


@pytest.fixture
def places(house):
    return house.provide(PlaceService)


@pytest.fixture
def runs(house):
    return house.provide(CohortService)


def make_course(work, city, campus, slug="ai-engineer"):
    """A published course, as far as enrolment has to know."""
    course_id = new_id()
    titles = {"title_ko": "AI 엔지니어", "title_en": "AI engineer", "summary_ko": "", "summary_en": ""}
    place = {"organisation_id": city.id, "campus_id": campus.id if campus else None}
    values = {"languages": ["ko"], "curriculum_code": "", "curriculum_version": "", "published": 1, "version": 1}
    with work.write() as uow:
        uow.session.execute(
            insert(courses).values(id=course_id, slug=slug, created_at=BEGINNING, **titles, **place, **values)
        )
        uow.commit()
    return course_id


@pytest.fixture
def course_id(work, city, campus):
    return make_course(work, city, campus)


@pytest.fixture
def details():
    """Makes details of a cohort whose window is open now."""
    return make_details


def make_details(number=1, capacity=2, starts_on=date(2026, 4, 1), ends_on=date(2026, 7, 31), **more):
    titles = Titles(f"AI 엔지니어 {number}기", f"AI engineer {number}")
    window = {
        "applications_from": BEGINNING - timedelta(days=1),
        "applications_until": BEGINNING + timedelta(days=14),
    } | more
    return CohortDetails(
        number=number, titles=titles, capacity=capacity, starts_on=starts_on, ends_on=ends_on, **window
    )


@pytest.fixture
def operator(campus):
    place = Scope("campus", str(campus.id))
    return Actor(new_id(), grants(RUNNING | {"catalog.read_course"}, place), language="en")


@pytest.fixture
def make_cohort(runs, operator, course_id, campus):
    """Makes an announced cohort: ``make_cohort(capacity=2)``."""
    numbers = count(1)

    def make(**given):
        cohort = runs.add(operator, course_id, campus.id, make_details(next(numbers), **given))
        return runs.move(operator, cohort.id, "open")

    return make


@pytest.fixture
def cohort(make_cohort):
    return make_cohort()


@pytest.fixture
def make_person(work):
    """Makes an actor with an account and no role."""
    numbers = count(1)

    def make(name=None):
        identifier, number = new_id(), next(numbers)
        named = {"email": f"person{number}@example.org", "display_name": name or f"사람 {number}"}
        values = {"language": "ko", "state": "active", "password_hash": "", "created_at": BEGINNING, "version": 1}
        with work.write() as uow:
            uow.session.execute(insert(persons).values(id=identifier, **named, **values))
            uow.commit()
        return Actor(identifier, name=named["display_name"])

    return make


@pytest.fixture
def person(make_person):
    return make_person()


class Books:
    """Reads what the database says, past all services."""

    def __init__(self, work):
        self.work = work

    def counters(self, cohort_id):
        with self.work.read() as uow:
            return tuple(
                uow.session.execute(
                    select(cohorts.c.capacity, cohorts.c.places_taken).where(cohorts.c.id == cohort_id)
                ).one()
            )

    def states(self, cohort_id):
        """State by number."""
        with self.work.read() as uow:
            wanted = select(applications.c.number, applications.c.state).where(applications.c.cohort_id == cohort_id)
            return dict(map(tuple, uow.session.execute(wanted.order_by(applications.c.number))))

    def active(self, cohort_id):
        """Numbers of those with a place."""
        with self.work.read() as uow:
            joined = select(applications.c.number).join(enrolments, enrolments.c.application_id == applications.c.id)
            here = joined.where(enrolments.c.cohort_id == cohort_id, enrolments.c.state == "active")
            return sorted(uow.session.scalars(here))

    def enrolment(self, application_id):
        with self.work.read() as uow:
            return uow.session.execute(select(enrolments).where(enrolments.c.application_id == application_id)).one()


@pytest.fixture
def books(work):
    return Books(work)


@pytest.fixture
def count_queries(work):
    """Gathers the statements sent meanwhile: ``with count_queries() as sent``."""

    return lambda: statements(work.database)


class Academy:
    """A whole site with a published course at its plain campus, and one cohort that takes applications."""

    def __init__(self, town):
        self.town, self.site = town, town.site
        self.course_id = self.publish("ai-engineer", Titles("AI 엔지니어", "AI engineer"), town.campus)
        self.runs, self.desk = self.site.provide(CohortService), self.site.provide(ApplicationService)
        self.applying, self.places = self.site.provide(ApplyingService), self.site.provide(PlaceService)
        self.cohort_id = self.cohort()

    def publish(self, slug, titles, campus):
        place = Scope("campus", str(campus.id))
        drafts, outline = self.site.provide(DraftService), self.site.provide(OutlineService)
        course = drafts.create(SYSTEM, CreateCourse(slug, titles, titles, ("ko", "en"), place))
        module = outline.add_module(SYSTEM, course.id, Titles("시작", "Start"))
        for number in (1, 2, 3):
            named, body = Titles(f"읽기 {number}", f"Reading {number}"), Titles("글", "Text")
            made = outline.add_activity(SYSTEM, AddActivity(course.id, module.id, "catalog.page", named, 10))
            outline.write_activity(SYSTEM, WriteActivity(course.id, made.id, made.version, named, body, {}, 10))
        self.site.provide(PublishingService).publish(SYSTEM, PublishCourse(course.id))
        return course.id

    def cohort(self, number=1, **given):
        made = self.runs.add(SYSTEM, self.course_id, self.town.campus.id, make_details(number, **given))
        self.runs.move(SYSTEM, made.id, "open")
        return made.id

    def apply(self, person_id, cohort_id=None):
        return self.applying.apply(Actor(person_id), cohort_id or self.cohort_id, {"motivation": "배우고 싶습니다."}).id

    def accept(self, *ids):
        return self.desk.accept(SYSTEM, self.cohort_id, ids)

    def address(self, person_id):
        with self.site.house.work.read() as uow:
            return uow.session.scalar(select(persons.c.email).where(persons.c.id == person_id))


@pytest.fixture
def academy(town):
    return Academy(town)
