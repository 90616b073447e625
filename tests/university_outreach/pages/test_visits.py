import re

import pytest

from lms_core.people.service import DirectoryService


@pytest.fixture
def operator(academy):
    return academy.browser(academy.provide(DirectoryService).id_of("operator@example.org"))


def first_visit(browser) -> str:
    return re.findall(
        r'href="(/university_outreach/visits/[0-9a-f-]{36})"', browser.get("/university_outreach/visits").text
    )[0]


def test_a_visit_that_lacks_something_says_what(operator):
    form = operator.get("/university_outreach/visits/new").text
    course = re.findall(r'<option value="([0-9a-f-]{36})"', form.split('name="course_id"')[1])[0]
    made = operator.submit("/university_outreach/visits/new", course_id=course, building="창의관")
    page = operator.get(made.location).text
    for said in ("The course cannot be published yet", "the place", "the date", "the host"):
        assert said in page


def written(form: str) -> dict[str, str]:
    """What the browser would send of a form's inputs and chosen options."""
    inputs = re.findall(r'<input[^>]* value="([^"]*)"[^>]* name="([a-z_]+)"', form)
    hidden = re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', form)
    chosen = re.findall(r'<select[^>]* name="([a-z_]+)".*?value="([^"]*)" selected', form)
    return {name: value for value, name in inputs} | dict(hidden) | dict(chosen)


def test_editing_keeps_what_was_there(operator):
    visit = first_visit(operator)
    fields = written(operator.get(f"{visit}/edit").text)
    assert fields["room"] == "201호"
    saved = operator.submit(f"{visit}/edit", **{**fields, "room": "305호", "equipment": "노트북 10대\n\n마이크"})
    assert saved.status_code == 302, saved.text
    page = operator.get(visit).text
    assert "305호" in page
    assert "<li>마이크</li>" in page


def test_a_visit_that_ends_before_it_begins_comes_back_beside_the_field(operator):
    visit = first_visit(operator)
    fields = written(operator.get(f"{visit}/edit").text)
    wrong = operator.submit(f"{visit}/edit", **{**fields, "ends_at": fields["starts_at"]})
    assert wrong.status_code == 422
    assert "It ends before it begins. Choose a later end." in wrong.text


def test_a_cancelled_visit_stays_in_the_list(operator):
    visit = first_visit(operator)
    operator.submit(f"{visit}/cancel")
    listed = operator.get("/university_outreach/visits?state=cancelled").text
    assert visit in listed
    assert f"{visit}/edit" not in operator.get(visit).text
