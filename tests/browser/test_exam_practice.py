"""A trainee chooses what to practise, and sees solutions one by one: by keyboard alone, in both languages."""

import pytest
from playwright.sync_api import expect

from tests.support.browser import Served, Visits
from tests.support.exam_room import ExamRoom, trainee
from tests.support.mock_exams import publish_mock_exam

SAID = {
    "ko": ("연습할 문제 고르기", "문제 수", "연습으로 시작", "풀이 보기", "맞았습니다", "틀렸습니다"),
    "en": (
        "Choose what to practise",
        "How many questions",
        "Practise",
        "Show the solution",
        "Right",
        "That is not right",
    ),
}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_trainee_practises_a_few_questions_and_sees_each_solution(
    served: Served, visit: Visits, language: str
) -> None:
    choosing, count, practise, reveal, right, wrong = SAID[language]
    exam = publish_mock_exam(served.site)
    page = visit(trainee(visit), language, f"/assessment/exams/{exam.id}")
    room = ExamRoom(page, language)
    page.get_by_role("checkbox", name=room.word("agree")).check()
    page.get_by_text(choosing).click()
    page.get_by_label(count).fill("2")
    page.get_by_role("button", name=practise, exact=True).press("Enter")

    room.at(1)
    page.keyboard.press("1")
    room.saved()
    page.get_by_role("button", name=reveal).press("Enter")
    verdict = page.get_by_role("heading", name=right, exact=True).or_(
        page.get_by_role("heading", name=wrong, exact=True)
    )
    expect(verdict).to_be_visible()
    chosen = room.shows_chosen([1])
    page.keyboard.press("2")
    assert chosen == room.shows_chosen([1])
    room.button("next").click()
    room.at(2)
    expect(verdict).to_have_count(0)
