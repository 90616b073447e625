"""What the partner is told of the people in its courses, heard through the whole application."""

import pytest
from bigtech_campus.domain.participation import LEARNING, LEFT, Figures, figures
from bigtech_campus.plugin import SEEING
from bigtech_campus.service import AgreementService, ParticipationService

from lms_core.enrolment.service import ApplicationService, PlaceService
from lms_core.foundation.actors import SYSTEM, Actor, grants
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.scopes import EVERYWHERE, Scope
from lms_core.hooks.progress import CourseCompleted
from lms_core.people.service import PrivacyService


@pytest.fixture(autouse=True)
def context(partnership):
    with partnership.site.app.test_request_context():
        yield


@pytest.fixture
def cohort(partnership):
    partnership.publish()
    partnership.agree()
    return partnership.cohort()


def enrolled(partnership, cohort):
    person = partnership.site.person()
    partnership.site.provide(ApplicationService).add(SYSTEM, cohort.id, person)
    partnership.site.run_background()
    return person


def told(partnership):
    service = partnership.site.provide(AgreementService)
    reader = Actor(new_id(), grants(SEEING, Scope("campus", str(partnership.campus.id))))
    return service.find(reader, partnership.campus.id, PageRequest()).figures.get(partnership.course.id)


def complete(partnership, person):
    with partnership.site.house.work.write() as uow:
        uow.record(CourseCompleted(person, partnership.course.id), SYSTEM, EVERYWHERE)
        uow.commit()
    partnership.site.run_background()


def leave(partnership, cohort, person):
    places = partnership.site.provide(PlaceService)
    held = places.listed(SYSTEM, cohort.id, PageRequest()).items
    places.withdraw(SYSTEM, next(one.enrolment.id for one in held if one.enrolment.person_id == person), "")
    partnership.site.run_background()


def test_the_partner_reads_how_many_learn_complete_and_leave(partnership, cohort):
    one, two, _ = (enrolled(partnership, cohort) for _ in range(3))
    assert told(partnership) == Figures(learning=3)
    complete(partnership, one)
    leave(partnership, cohort, two)
    assert told(partnership) == Figures(learning=1, completed=1, left=1)


def test_what_is_heard_twice_counts_once(partnership, cohort):
    person = enrolled(partnership, cohort)
    service = partnership.site.provide(ParticipationService)
    for _ in range(2):
        service.placed(person, partnership.course.id)
        service.completed(person, partnership.course.id)
    assert told(partnership) == Figures(completed=1)


def test_courses_of_nobody_s_programme_are_no_partner_s_business(partnership):
    plain, service = partnership.plain(), partnership.site.provide(ParticipationService)
    person = partnership.site.person()
    service.placed(person, plain.id)
    service.completed(person, plain.id)
    assert service.figures([plain.id]) == {}


def test_an_erased_person_stays_a_figure_without_a_name(partnership, cohort):
    person = enrolled(partnership, cohort)
    partnership.site.provide(PrivacyService).erase(SYSTEM, person)
    assert told(partnership) == Figures(learning=1)


def test_who_completed_counts_as_completed_wherever_they_are_now():
    counted = {(LEARNING, False): 4, (LEARNING, True): 2, (LEFT, True): 1, (LEFT, False): 3}
    assert figures(counted) == Figures(learning=4, completed=3, left=3)


@pytest.mark.parametrize("hook", ["lms_after_enrolled", "lms_after_withdrawn", "lms_after_course_completed"])
def test_each_of_these_events_is_laid_out_for_the_plugin(partnership, hook):
    assert "bigtech_campus" in partnership.site.house.work.listeners(hook)
