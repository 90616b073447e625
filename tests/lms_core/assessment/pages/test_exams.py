"""The pages of those who sit exams: the list, an exam, beginning it."""

from datetime import timedelta
from uuid import UUID

from lms_core.assessment.domain.specifications import ExamSection
from lms_core.foundation.text import Titles
from tests.support.mock_exams import publish_mock_exam
from tests.support.site import Site

TITLES = Titles("나머지", "The rest")


def test_the_list_shows_what_one_may_sit_and_nothing_that_is_being_written(embedded_site: Site, trainee: UUID) -> None:
    exam = publish_mock_exam(embedded_site)
    page = embedded_site.browser(trainee).get("/assessment/exams").text
    assert exam.titles.en in page
    assert "Manage this exam" not in page


def test_the_list_says_what_to_do_where_there_is_none(embedded_site: Site, trainee: UUID) -> None:
    assert "No exam is open to you yet" in embedded_site.browser(trainee).get("/assessment/exams").text


def test_an_exam_says_its_shape_and_whose_estimate_its_score_is(embedded_site: Site, trainee: UUID) -> None:
    exam = publish_mock_exam(embedded_site, attempts_allowed=3, pass_percent=70.0)
    page = embedded_site.browser(trainee).get(f"/assessment/exams/{exam.id}").text
    for said in ("practice estimate", "45 minutes", "3 of 3", "70%", "40–45%", "Begin the simulation"):
        assert said in page


def test_an_exam_with_sections_says_what_is_agreed_to_and_that_a_section_stays_left(
    embedded_site: Site, trainee: UUID
) -> None:
    sections = (ExamSection(Titles("첫째", "The first"), returns=False, domains=("ai-901.1",)), ExamSection(TITLES))
    rules = Titles("문항을 밖에 알리지 않습니다.", "I tell nobody what is asked.")
    exam = publish_mock_exam(embedded_site, sections=sections, agreement=rules, breaks=True)
    page = embedded_site.browser(trainee).get(f"/assessment/exams/{exam.id}").text
    for said in ("I tell nobody what is asked.", "The first", "a section that you leave stays", "You may take a break"):
        assert said in page
    assert "You may go back" not in page


def test_beginning_without_agreeing_is_refused_beside_the_box(embedded_site: Site, trainee: UUID) -> None:
    exam = publish_mock_exam(embedded_site)
    answer = embedded_site.browser(trainee).submit(f"/assessment/exams/{exam.id}", mode="simulation")
    assert answer.status_code == 422
    assert "Agree to this before you begin." in answer.text


def test_questions_that_suit_are_not_offered_without_a_measurement_and_the_page_says_why(
    embedded_site: Site, trainee: UUID
) -> None:
    exam = publish_mock_exam(embedded_site)
    browser = embedded_site.browser(trainee)
    page = browser.get(f"/assessment/exams/{exam.id}?pool=suited").text
    assert "questions whose difficulty was measured" in page
    assert 'value="suited"' not in page
    asked = {"mode": "practice", "agreed": "true", "pool": "suited"}
    refused = browser.submit(f"/assessment/exams/{exam.id}", **asked)
    assert refused.status_code == 409
    assert "questions whose difficulty was measured" in refused.text


def test_beginning_leads_into_the_room_and_beginning_again_leads_there_too(embedded_site: Site, trainee: UUID) -> None:
    exam = publish_mock_exam(embedded_site)
    browser = embedded_site.browser(trainee)
    first = browser.submit(f"/assessment/exams/{exam.id}", mode="practice", agreed="true")
    second = browser.submit(f"/assessment/exams/{exam.id}", mode="simulation", agreed="true")
    assert first.status_code == 302
    assert first.location == second.location
    assert "/assessment/attempts/" in first.location


def test_the_device_that_begins_holds_the_token_and_no_other(embedded_site: Site, trainee: UUID) -> None:
    exam = publish_mock_exam(embedded_site)
    browser = embedded_site.browser(trainee)
    room = browser.submit(f"/assessment/exams/{exam.id}", mode="practice", agreed="true").location
    assert 'data-token="save.' in browser.get(room).text
    assert 'data-token=""' in embedded_site.browser(trainee).get(room).text


def test_every_reason_against_beginning_stands_on_the_page(embedded_site: Site, trainee: UUID) -> None:
    opens_at = embedded_site.clock.now() + timedelta(days=1)
    exam = publish_mock_exam(embedded_site, opens_at=opens_at)
    browser = embedded_site.browser(trainee)
    assert "You can begin on" in browser.get(f"/assessment/exams/{exam.id}").text
    refused = browser.submit(f"/assessment/exams/{exam.id}", mode="simulation", agreed="true")
    assert refused.status_code == 409
    assert "This exam opens on" in refused.text


def test_an_exam_that_is_not_meant_for_somebody_does_not_exist(embedded_site: Site) -> None:
    exam = publish_mock_exam(embedded_site)
    stranger = embedded_site.person("stranger")
    assert embedded_site.browser(stranger).get(f"/assessment/exams/{exam.id}").status_code == 404
