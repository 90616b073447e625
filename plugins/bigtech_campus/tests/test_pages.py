import pytest

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
