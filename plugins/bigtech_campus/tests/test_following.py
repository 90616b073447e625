"""What the partner agreed to is told where cohorts are run and where its modules are read."""

import pytest
from bigtech_campus.domain import Agreement
from bigtech_campus.domain.agreements import AgreementDetails
from bigtech_campus.service import FollowingService

from lms_core.catalog.service import CourseDirectory
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.identity import new_id


@pytest.fixture(autouse=True)
def context(partnership):
    with partnership.site.app.test_request_context():
        yield


@pytest.fixture
def following(partnership):
    return partnership.site.provide(FollowingService)


def published(partnership):
    partnership.publish()
    partnership.site.run_background()


def test_an_agreement_is_on_the_course_as_it_was_lms_after_course_published(partnership, following, clock):
    published(partnership)
    partnership.agree()
    cohort = partnership.cohort()
    assert following.cohort(SYSTEM, cohort.id).agreement.course_changed_at is None
    clock.move(days=1)
    partnership.rename("Anew")
    published(partnership)
    changed = following.cohort(SYSTEM, cohort.id).agreement.course_changed_at
    assert changed == clock.now()
    clock.move(days=1)
    following.published(partnership.course.id)
    assert following.cohort(SYSTEM, cohort.id).agreement.course_changed_at == changed


def test_the_first_publication_changes_nothing_that_was_agreed_to(partnership, following, clock):
    partnership.agree()
    clock.move(days=1)
    published(partnership)
    assert following.cohort(SYSTEM, partnership.cohort().id).agreement.course_changed_at is None


def test_what_was_published_before_the_agreement_is_what_it_is_on(clock):
    told = AgreementDetails(new_id(), clock.now().date(), clock.now().date(), 1)
    given = Agreement(new_id(), new_id(), told.course_id, told.begins_from, told.begins_until, 1, "", None, clock.now())
    given.course_changed(clock.now())
    assert given.course_changed_at is None


def test_a_cohort_without_an_agreement_says_so_and_one_of_another_course_says_nothing(partnership, following):
    published(partnership)
    terms = following.cohort(SYSTEM, partnership.cohort().id)
    assert (terms.programme.code, terms.agreement) == (partnership.course.curriculum_code, None)
    assert following.cohort(SYSTEM, partnership.cohort(course=partnership.plain()).id) is None


def test_an_activity_of_the_curriculum_names_its_module(partnership, following):
    published(partnership)
    content = (
        partnership.site.provide(CourseDirectory).published([partnership.course.id])[partnership.course.id].content
    )
    part = following.activity(partnership.course.id, content.modules[0].activities[0].id)
    assert part.module == content.modules[0].titles
    assert following.activity(partnership.course.id, new_id()) is None
    assert following.activity(partnership.plain().id, new_id()) is None
