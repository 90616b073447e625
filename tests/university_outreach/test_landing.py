"""Where people land who enter a visiting course."""

from datetime import UTC, datetime, timedelta

import pytest

from lms_core.catalog.pages.reading import landing_url
from lms_core.catalog.service import ReadingService
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.hooks.caller import Hooks
from lms_core.hooks.catalog import CourseLanding
from lms_core.hooks.site import Viewer
from tests.support.switching import switch_off

BEGINS = datetime(2026, 4, 6, 1, 0, tzinfo=UTC)
ENDS = datetime(2026, 4, 6, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def context(outreach):
    with outreach.site.app.test_request_context():
        yield


@pytest.fixture
def course(outreach):
    outreach.plan(agreement_id=outreach.agree().id)
    outreach.publish()
    return outreach.course


def chosen(outreach, course):
    viewer = Viewer(new_id(), "en", EVERYWHERE)
    on = outreach.site.house.scopes_of("course", course.id)
    return outreach.site.provide(Hooks).choose_course_landing(viewer, course.id, on)


def revision(outreach, course):
    return outreach.site.provide(ReadingService).course(SYSTEM, course.id)[0]


@pytest.mark.parametrize("moment", [BEGINS - timedelta(days=1), BEGINS + timedelta(hours=2)])
def test_from_the_day_before_a_visit_until_its_end_people_land_where_it_is_told_of(outreach, course, clock, moment):
    clock.set(moment)
    landing = chosen(outreach, course)
    assert landing is not None
    assert landing_url(revision(outreach, course), landing).endswith(f"/activities/{landing.activity_id}")


@pytest.mark.parametrize("moment", [BEGINS - timedelta(days=2), ENDS])
def test_at_other_times_the_course_begins_with_its_own_page(outreach, course, clock, moment):
    clock.set(moment)
    assert chosen(outreach, course) is None


def test_switched_off_the_plugin_leads_nobody(outreach, course, clock):
    clock.set(BEGINS)
    switch_off(outreach.site, "university_outreach")
    assert chosen(outreach, course) is None


@pytest.mark.parametrize("url", ["", "https://example.org/", "//example.org", "/\\example.org"])
def test_an_activity_the_course_lacks_or_an_address_elsewhere_leads_to_its_own_page(outreach, course, url):
    own = f"/catalog/courses/{course.id}"
    assert landing_url(revision(outreach, course), CourseLanding(new_id(), url)) == own
    assert landing_url(revision(outreach, course), CourseLanding(url="/my_plugin/start")) == "/my_plugin/start"
