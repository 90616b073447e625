"""The pages of those who write exams: drafting, what is missing, publishing, closing."""

from typing import Any
from uuid import UUID

import pytest

from lms_core.assessment.domain.exams import MapItems
from lms_core.assessment.domain.specifications import Bound
from lms_core.assessment.service import ExamService
from lms_core.foundation.actors import SYSTEM
from tests.support.exams import add_bank, add_item
from tests.support.mock_exams import CERTIFICATION, publish_mock_exam, questions
from tests.support.site import Site

ROWS = {
    "quotas.0.domain": "ai-901.1",
    "quotas.0.ko": "개념",
    "quotas.0.en": "Concepts",
    "quotas.0.items": "2",
    "quotas.2.domain": "ai-901.2",
    "quotas.2.ko": "구현",
    "quotas.2.en": "Implementation",
    "quotas.2.items": "3",
}


@pytest.fixture
def bank(embedded_site: Site) -> UUID:
    bank_id = add_bank(embedded_site.house.work)
    for domain, found in questions().items():
        ids = tuple(add_item(embedded_site.house.work, bank_id, item) for item in found[:4])
        embedded_site.provide(ExamService).map_items(SYSTEM, MapItems(CERTIFICATION, domain, ids))
    return bank_id


@pytest.fixture
def form(bank: UUID) -> dict[str, Any]:
    about = {"title_ko": "새 시험", "title_en": "New mock exam", "certification": CERTIFICATION, "place": "site"}
    return {**about, "bank_ids": str(bank), "minutes": "45", "languages": ["ko", "en"], "forms": "2", **ROWS}


def test_a_draft_is_made_from_the_form_and_read_back_into_it(
    embedded_site: Site, teacher: UUID, form: dict[str, Any]
) -> None:
    browser = embedded_site.browser(teacher)
    made = browser.submit("/assessment/authoring/new", **form)
    assert made.status_code == 302
    shown = browser.get(made.location).text
    assert "This exam can be published" in shown
    again = browser.get(f"{made.location}/edit").text
    assert 'value="Concepts"' in again
    assert 'value="Implementation"' in again
    browser.submit(f"{made.location}/edit", **(form | {"minutes": "60"}))
    assert "1 hour" in browser.get(made.location).text


def test_what_is_wrong_stands_beside_its_field_and_row(
    embedded_site: Site, teacher: UUID, form: dict[str, Any]
) -> None:
    wrong = form | {"title_en": "", "quotas.0.items": "many", "opens_at": "2026-03-09T10:00", "minutes": "0"}
    answer = embedded_site.browser(teacher).submit("/assessment/authoring/new", **wrong)
    assert answer.status_code == 422
    assert "Enter a whole number." in answer.text
    assert 'aria-describedby="quota-0-error"' in answer.text
    assert 'value="2026-03-09T10:00"' in answer.text


def test_the_whole_specification_is_written_and_read_back(
    embedded_site: Site, teacher: UUID, bank: UUID, form: dict[str, Any]
) -> None:
    name = questions()["ai-901.1"][0].identifier
    whole = form | {
        "quotas.0.easy": "1-",
        "types.0.name": "choice",
        "types.0.count": "2-5",
        "required": name,
        "pilots": name,
        "agreement_ko": "문항을 옮기지 않겠습니다.",
        "agreement_en": "I will not pass questions on.",
        "sections.0.ko": "개념 구역",
        "sections.0.en": "Section on concepts",
        "sections.0.domains": "ai-901.1",
        "sections.0.locks": "true",
        "sections.1.ko": "나머지",
        "sections.1.en": "The rest",
        "sections.1.types": ["choice", "case-study"],
        "breaks": "true",
        "comments": "true",
        "exam_only": "true",
    }
    browser = embedded_site.browser(teacher)
    made = browser.submit("/assessment/authoring/new", **whole)
    assert made.status_code == 302, made.text
    exam_id = UUID(made.location.rsplit("/", 1)[1])
    asked = embedded_site.provide(ExamService).get(SYSTEM, exam_id).exam.specification
    assert asked.quotas[0].difficulties == (Bound("easy", 1, None),)
    assert asked.types == (Bound("choice", 2, 5),)
    assert (asked.required, len(asked.pilots)) == (asked.pilots, 1)
    assert [(one.returns, one.domains, one.types) for one in asked.sections] == [
        (False, ("ai-901.1",), ()),
        (True, (), ("choice", "case-study")),
    ]
    assert (asked.breaks, asked.comments, asked.practice) == (True, True, False)
    again = browser.get(f"{made.location}/edit").text
    for value in ('value="1-"', 'value="2-5"', f">\n{name}</textarea>", 'value="ai-901.1"', 'value="개념 구역"'):
        assert value in again


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"types.0.name": "choice", "types.0.count": "many"}, "Write a number such as 3"),
        ({"required": "no-such-item"}, "no-such-item"),
        ({"sections.0.ko": "가"}, "This is required"),
        ({"sections.0.ko": "가", "sections.0.en": "A", "sections.0.domains": "zz"}, "zz"),
    ],
)
def test_what_contradicts_itself_is_named(
    embedded_site: Site, teacher: UUID, form: dict[str, Any], wrong: dict[str, Any], said: str
) -> None:
    answer = embedded_site.browser(teacher).submit("/assessment/authoring/new", **(form | wrong))
    assert answer.status_code == 422
    assert said in answer.text


def test_the_window_of_an_open_exam_is_moved(embedded_site: Site, teacher: UUID, form: dict[str, Any]) -> None:
    browser = embedded_site.browser(teacher)
    made = browser.submit("/assessment/authoring/new", **form).location
    assert browser.submit(f"{made}/window", closes_at="2027-01-01T10:00").status_code == 409
    browser.submit(f"{made}/publish")
    wrong = browser.submit(f"{made}/window", opens_at="2027-02-01T10:00", closes_at="2027-01-01T10:00")
    assert "The exam would close before it opens" in wrong.text
    browser.submit(f"{made}/window", closes_at="2027-01-01T10:00")
    assert "2027" in browser.get(made).text


def test_more_rows_are_given_without_losing_what_was_typed(
    embedded_site: Site, teacher: UUID, form: dict[str, Any]
) -> None:
    answer = embedded_site.browser(teacher).submit("/assessment/authoring/new", more="1", **form)
    assert answer.status_code == 200
    assert 'value="Concepts"' in answer.text
    assert 'name="quotas.3.domain"' in answer.text


def test_an_exam_that_cannot_be_built_says_which_domain_is_short(
    embedded_site: Site, teacher: UUID, form: dict[str, Any]
) -> None:
    browser = embedded_site.browser(teacher)
    made = browser.submit("/assessment/authoring/new", **(form | {"quotas.0.items": "9"})).location
    assert "5 missing" in browser.get(made).text
    refused = browser.submit(f"{made}/publish")
    assert refused.status_code == 409
    assert "needs 9 items and has 4" in refused.text


def test_a_published_exam_is_frozen_and_can_be_closed(embedded_site: Site, teacher: UUID, form: dict[str, Any]) -> None:
    browser = embedded_site.browser(teacher)
    made = browser.submit("/assessment/authoring/new", **form).location
    browser.submit(f"{made}/publish")
    assert "published" in browser.get(made).text
    assert browser.get(f"{made}/edit").status_code == 409
    browser.submit(f"{made}/close")
    assert "closed" in browser.get(made).text


def test_the_list_finds_exams_by_words_and_state(embedded_site: Site, teacher: UUID, form: dict[str, Any]) -> None:
    browser = embedded_site.browser(teacher)
    assert "There is no exam yet" in browser.get("/assessment/authoring").text
    browser.submit("/assessment/authoring/new", **form)
    assert "New mock exam" in browser.get("/assessment/authoring?state=draft&search=new").text
    assert "No exam was found" in browser.get("/assessment/authoring?state=closed").text


def test_the_page_of_a_draft_leads_its_author_to_where_it_is_written(
    embedded_site: Site, teacher: UUID, form: dict[str, Any]
) -> None:
    browser = embedded_site.browser(teacher)
    made = browser.submit("/assessment/authoring/new", **form).location
    exam_id = made.rsplit("/", 1)[1]
    assert browser.get(f"/assessment/exams/{exam_id}").location.endswith(made)


def test_those_who_only_sit_find_nothing_to_write(embedded_site: Site, trainee: UUID) -> None:
    exam = publish_mock_exam(embedded_site)
    browser = embedded_site.browser(trainee)
    assert browser.get("/assessment/authoring").status_code == 403
    assert browser.get(f"/assessment/authoring/{exam.id}").status_code == 404
