import pytest

from cert_prep.service.catalogue import CatalogueReader
from lms_core.people.service import DirectoryService


@pytest.fixture
def instructor(academy):
    return academy.browser(academy.provide(DirectoryService).id_of("instructor@example.org"))


def test_the_list_finds_by_code_and_title(instructor):
    assert "Professional Cloud Architect" in instructor.get("/cert_prep/").text
    found = instructor.get("/cert_prep/?search=dp-9").text
    assert "DP-900" in found
    assert "AI-901" not in found
    assert "No credential was found" in instructor.get("/cert_prep/?search=zzz").text


def test_a_page_shows_range_count_source_and_the_day_it_was_checked(instructor):
    page = instructor.get("/cert_prep/AI-901").text
    for said in ("40–45 %", ">17<", "study-guides/ai-901", "Nov 22, 2026", "Make a mock exam"):
        assert said in page


def test_a_retired_exam_leads_to_its_successor_and_offers_no_mock_exam(instructor):
    page = instructor.get("/cert_prep/AI-900").text
    assert "This exam is retired" in page
    assert "/cert_prep/AI-901" in page
    assert "Make a mock exam" not in page


def test_every_credential_has_a_page(academy, instructor):
    codes = [one.certification.code for one in academy.provide(CatalogueReader).listed()]
    assert len(codes) > 20
    assert {code: instructor.get(f"/cert_prep/{code}").status_code for code in codes} == dict.fromkeys(codes, 200)


def test_the_languages_of_an_exam_are_named(instructor):
    assert "English, Japanese" in instructor.get("/cert_prep/ACE").text


def test_the_form_is_filled_with_40_questions_and_45_minutes_and_drafts_an_exam(instructor):
    form = instructor.get("/cert_prep/AI-901/mock-exams/new").text
    assert 'value="40"' in form
    assert 'value="45"' in form
    campus = form.split('value="campus:')[1].split('"')[0]
    made = instructor.submit("/cert_prep/AI-901/mock-exams/new", items="40", minutes="45", place=f"campus:{campus}")
    assert made.status_code == 302
    assert "AI-901" in instructor.get(made.location).text


def test_a_number_that_cannot_be_comes_back_beside_its_field(instructor):
    wrong = instructor.submit("/cert_prep/AI-901/mock-exams/new", items="0", minutes="45", place="site")
    assert wrong.status_code == 422
    assert "Enter a value from 1 to 120." in wrong.text


def test_a_trainee_reads_but_does_not_make(academy):
    trainee = academy.browser(academy.provide(DirectoryService).id_of("trainee@example.org"))
    assert "Make a mock exam" not in trainee.get("/cert_prep/AI-901").text
    assert trainee.get("/cert_prep/AI-901/mock-exams/new").status_code == 403


def test_a_page_tells_when_one_may_sit_the_next_simulation(instructor):
    page = instructor.get("/cert_prep/AZ-900").text
    assert "For you, today" in page
    assert "at once" in page
