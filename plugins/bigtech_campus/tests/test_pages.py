from datetime import date

import pytest

from lms_core.catalog.service import CourseDirectory
from tests.support.switching import switch_off

HERE = "/bigtech_campus"


@pytest.fixture
def partnership(embedded_partnership):
    return embedded_partnership


@pytest.fixture
def manager(partnership):
    return partnership.site.browser(partnership.manager())


def form(partnership, **changes):
    values = {"course_id": str(partnership.course.id), "begins_from": "2026-03-01", "begins_until": "2026-08-31"}
    return values | {"places": "120", "note": ""} | changes


def url(partnership, tail=""):
    return f"{HERE}/campuses/{partnership.campus.id}/agreements{tail}"


def test_a_partner_manager_agrees_and_withdraws(partnership, manager):
    assert "has not agreed to any cohort yet" in manager.get(url(partnership)).text
    done = manager.submit(url(partnership, "/new"), **form(partnership, note="First half of the year"))
    assert done.status_code == 302, done.text
    shown = manager.get(done.location).text
    assert "First half of the year" in shown
    assert "in force" in shown
    agreement = shown.split(f"{HERE}/agreements/")[1].split("/withdraw")[0]
    done = manager.submit(f"{HERE}/agreements/{agreement}/withdraw")
    assert "withdrawn" in manager.get(done.location).text


def test_a_wrong_form_comes_back_with_what_was_typed(partnership, manager):
    refused = manager.submit(url(partnership, "/new"), **form(partnership, begins_until="2026-02-01", note="Mine"))
    assert refused.status_code == 422
    assert "Choose a day on or after the first one." in refused.text
    assert "Mine" in refused.text


def test_an_operator_looks_and_does_not_agree(partnership):
    operator = partnership.site.browser(partnership.operator())
    shown = operator.get(url(partnership))
    assert shown.status_code == 200
    assert "Agree to cohorts" not in shown.text
    assert operator.get(url(partnership, "/new")).status_code == 404


@pytest.mark.parametrize("tail", ["", "/new"])
def test_another_campus_does_not_know_that_the_page_exists(partnership, tail):
    other = partnership.site.browser(partnership.operator(partnership.other))
    assert other.get(url(partnership, tail)).status_code == 404


def test_switched_off_its_pages_are_gone_at_once(partnership, manager):
    assert manager.get(url(partnership)).status_code == 200
    switch_off(partnership.site, "bigtech_campus")
    assert manager.get(url(partnership)).status_code == 404
    assert manager.submit(url(partnership, "/new"), **form(partnership)).status_code == 404


def test_the_campus_page_shows_the_panel_in_korean(partnership):
    operator = partnership.site.browser(partnership.operator(), language="ko")
    shown = operator.get(f"/organisation/campuses/{partnership.campus.id}").text
    assert "협력사 전담 과정" in shown
    assert "AI 엔지니어 양성과정 2026.1판" in shown
    assert "120명(3개 기수)" in shown


def test_the_publish_page_names_the_missing_module_in_the_readers_language(partnership):
    partnership.drop("responsible")
    for language, title in (("ko", "책임 있는 AI와 개인정보"), ("en", "Responsible AI and personal data")):
        operator = partnership.site.browser(partnership.operator(), language=language)
        assert title in operator.get(f"/catalog/authoring/{partnership.course.id}/publish").text


def test_lms_show_admin_dashboard_names_the_agreements_that_end_soon(partnership):
    partnership.agree(begins_until=date(2026, 4, 30))
    page = partnership.site.browser(partnership.site.administrator()).get("/admin/").text
    assert "Agreements that end soon" in page
    assert "April 30, 2026" in page
    assert f'href="{url(partnership)}"' in page


@pytest.mark.parametrize(
    ("language", "told"), [("en", "has not agreed to this cohort yet"), ("ko", "동의가 아직 없습니다")]
)
def test_lms_show_cohort_page_tells_whoever_runs_it_what_the_partner_agreed_to(partnership, language, told):
    with partnership.site.app.test_request_context():
        partnership.publish()
        cohort = partnership.cohort()
    operator = partnership.site.browser(partnership.operator(), language=language)
    address = f"/enrolment/cohorts/{cohort.id}"
    assert told in operator.get(address).text
    partnership.agree()
    shown = operator.get(address).text
    assert told not in shown
    assert "120" in shown


def test_lms_show_activity_page_names_the_partners_module(partnership):
    with partnership.site.app.test_request_context():
        partnership.publish()
    course = partnership.course.id
    found = partnership.site.provide(CourseDirectory).published([course])[course].content.modules[0]
    author = partnership.site.browser(partnership.site.administrator())
    shown = author.get(f"/catalog/courses/{course}/activities/{found.activities[0].id}")
    assert shown.status_code == 200
    assert found.titles.en in shown.text
    assert "s programme has the module" in shown.text or "s curriculum: the module" in shown.text
