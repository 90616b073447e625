"""What the plugin changes, with the whole application around it."""

import pytest

from lms_core.foundation.actors import SYSTEM, Actor
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import EVERYWHERE, SITE, Scope
from lms_core.foundation.text import text
from lms_core.hooks.caller import Hooks
from lms_core.hooks.catalog import ActivityFacts
from lms_core.hooks.site import Viewer
from lms_core.people.service import PrivacyService
from tests.support.switching import switch_off
from university_outreach.domain import VisitDetails
from university_outreach.pages.panels import activity_view
from university_outreach.service import VisitService


@pytest.fixture(autouse=True)
def context(outreach):
    with outreach.site.app.app_context():
        yield


def test_a_visiting_course_is_not_published_without_a_visit(outreach):
    assert [reason.code for reason in outreach.refusals()] == ["visit-missing"]


def test_a_visiting_course_is_not_published_without_place_date_and_host(outreach):
    outreach.plan(building="", starts_at=None, ends_at=None)
    (reason,) = outreach.refusals()
    assert reason.code == "visit-incomplete"
    assert "the place, the date, the host" in str(reason.reason)


def test_with_place_date_and_host_it_is_published(outreach):
    outreach.plan(agreement_id=outreach.agree().id)
    assert outreach.refusals() == []
    assert outreach.publish().number == 1


def test_a_cancelled_visit_does_not_stand_for_the_course(outreach):
    visit = outreach.plan(agreement_id=outreach.agree().id)
    outreach.site.provide(VisitService).cancel(SYSTEM, visit.id)
    assert [reason.code for reason in outreach.refusals()] == ["visit-missing"]


def test_without_the_plugin_a_course_is_held_back_by_no_visit(outreach):
    """The plugin truly decides: taken away, the plan that lacked everything hinders nobody."""
    outreach.plan(building="", starts_at=None, ends_at=None)
    assert outreach.refusals()
    switch_off(outreach.site, "university_outreach")
    assert outreach.refusals() == []


def test_the_course_page_says_where_and_when_it_is_held(outreach):
    outreach.plan(agreement_id=outreach.agree().id, equipment=("노트북 30대",))
    on = outreach.site.house.scopes_of("course", outreach.course.id)
    viewer = Viewer(outreach.site.person(), "ko", on)
    (shown,) = outreach.site.provide(Hooks).show_course_page(viewer, outreach.course.id, on)
    assert shown.panel.body.values["university"].ko == "한울대학교"
    assert [fact[1].values["value"] for fact in shown.panel.facts][1] == "공학관, 301호"


def test_a_visit_that_is_not_complete_is_not_announced(outreach):
    outreach.plan(building="")
    on = outreach.site.house.scopes_of("course", outreach.course.id)
    assert outreach.site.provide(Hooks).show_course_page(Viewer(new_id(), "ko", on), outreach.course.id, on) == ()


def test_a_trainee_of_the_course_sees_the_next_visit_at_home_and_others_do_not(outreach):
    outreach.plan(agreement_id=outreach.agree().id)
    place = Scope("course", str(outreach.course.id))
    with outreach.site.app.test_request_context():
        (shown,) = home_panels(outreach, frozenset({SITE, place}))
        assert shown.panel.title == text("University visit: %(course)s", course=outreach.course.titles)
        assert shown.panel.body.values["university"].ko == "한울대학교"
        assert home_panels(outreach, frozenset({SITE})) == []


def home_panels(outreach, scopes):
    shown = outreach.site.provide(Hooks).show_home(Viewer(new_id(), "ko", scopes))
    return [one for one in shown if one.plugin == "university_outreach"]


def test_the_activity_shows_the_visits_of_its_course(outreach):
    outreach.plan(agreement_id=outreach.agree().id, note="정문에서 만납니다.")
    view = activity_view(ActivityFacts(new_id(), outreach.course.id, "방문", {}), Viewer(new_id(), "ko", EVERYWHERE))
    assert view.markdown == "정문에서 만납니다."
    assert "공학관, 301호" in [str(value) for _, value in view.facts]


def test_when_its_planner_is_erased_a_visit_forgets_who_that_was(outreach):
    planner = outreach.site.administrator()
    actor = Actor(planner, almighty=True)
    visit = outreach.site.provide(VisitService).plan(actor, outreach.course.id, VisitDetails())
    outreach.site.provide(PrivacyService).erase(SYSTEM, planner)
    found, _ = outreach.site.provide(VisitService).get(SYSTEM, visit.id)
    assert found.visit.coordinator_id is None
