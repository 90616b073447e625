"""A whole simulation in each vendor's shape, by keyboard alone: from the agreement to the report, with comments."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cert_prep.domain.mock_exams import MakeMockExam
from cert_prep.service import MockExamService, SampleService
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.service import ExamService
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.paging import PageRequest
from tests.support.browser import Served, Visits, overflows, problems
from tests.support.exam_room import ExamRoom, trainee
from tests.support.switching import switch_on

pytestmark = pytest.mark.slow

WORDS = {
    "ko": {
        "section": "이 구역 시작하기",
        "go_on": "다음으로 넘어가기",
        "leave": "마치고 넘어가기",
        "pause": "잠시 쉬기",
        "back": "시험으로 돌아가기",
        "hide": "시간 숨기기",
        "show": "시간 보이기",
        "report": "결과 보기",
    },
    "en": {
        "section": "Begin this section",
        "go_on": "Go on to the next part",
        "leave": "Leave and go on",
        "pause": "Take a break",
        "back": "Come back to the exam",
        "hide": "Hide the time",
        "show": "Show the time",
        "report": "Go on to the report",
    },
}
FOCUSED = "() => (document.activeElement.getAttribute('aria-label') || document.activeElement.textContent).trim()"
FOCUSED_ID = "() => document.activeElement.id"


@pytest.fixture(scope="module")
def planted(served: Served) -> Served:
    """The site with the simulations that the demonstration plants."""
    switch_on(served.site, "cert_prep", "google_certs", "microsoft_certs")
    with served.site.app.app_context():
        served.site.provide(SampleService).plant(SYSTEM)
    return served


def simulation(served: Served, code: str) -> Exam:
    """The planted exam of a credential in its vendor's shape."""
    wanted = PageRequest(filters=(("certification", code),))
    found = served.site.provide(ExamService).find(SYSTEM, wanted).items
    return next(one.exam for one in found if one.exam.specification.sections)


def press_on(page: Page, name: str) -> None:
    """Press Tab until the button called ``name`` has the focus, then Enter."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == name:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} is not reached by Tab")


def tab_to(page: Page, identifier: str) -> None:
    """Press Tab until the element with this id has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED_ID) == identifier:
            return
    raise AssertionError(f"{identifier} is not reached by Tab")


def look(page: Page, name: str) -> None:
    """What axe finds, what overflows, and a picture where LMS_SCREENSHOTS says one is wanted."""
    assert problems(page) == []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert not overflows(page), f"{name} at {width}"
        if folder := os.environ.get("LMS_SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def enter(served: Served, visit: Visits, exam: Exam, language: str) -> tuple[ExamRoom, list[dict[str, Any]]]:
    """Agree and begin; the sections of the form: from which slot to which."""
    page = visit(trainee(visit), language, f"/assessment/exams/{exam.id}")
    room = ExamRoom(page, language)
    expect(page.locator("#agreement")).to_contain_text(exam.specification.agreement.in_(language))
    look(page, f"{exam.certification}-agreement-{language}")
    page.get_by_role("checkbox", name=room.word("agree")).press("Space")
    press_on(page, room.word("begin"))
    page.wait_for_url("**/attempts/*")
    attempt_id = page.url.rsplit("/", 1)[1]
    sitting = page.request.get(f"{served.address}/api/v1/assessment/attempts/{attempt_id}").json()
    return room, sitting["sections"]


def begin_section(room: ExamRoom, exam: Exam, number: int) -> None:
    """Read the introduction of a section and begin it."""
    title = exam.specification.sections[number].titles.in_(room.language)
    expect(room.page.get_by_role("heading", name=title)).to_be_focused()
    look(room.page, f"{exam.certification}-section-{number + 1}-{room.language}")
    press_on(room.page, WORDS[room.language]["section"])


def answer(room: ExamRoom, first: int, last: int) -> None:
    """Go through the questions, choosing the first answer where one is chosen by a digit."""
    for slot in range(first, last + 1):
        room.at(slot)
        room.page.keyboard.press("1")
        if slot < last:
            room.page.keyboard.press("ArrowRight")


def leave(room: ExamRoom) -> None:
    """From the review of a section on to the next one."""
    words = WORDS[room.language]
    room.page.keyboard.press("ArrowRight")
    expect(room.page.get_by_role("button", name=words["go_on"])).to_be_visible()
    press_on(room.page, words["go_on"])
    expect(room.page.get_by_role("dialog")).to_be_visible()
    press_on(room.page, words["leave"])


def hand_in(room: ExamRoom) -> None:
    """Review and hand in."""
    press_on(room.page, room.word("review"))
    expect(room.button("hand_in")).to_be_visible()
    press_on(room.page, room.word("hand_in"))
    expect(room.page.get_by_role("dialog")).to_be_visible()
    press_on(room.page, room.word("hand_in"))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_microsoft_shaped_simulation_is_sat_from_agreement_to_report(
    planted: Served, visit: Visits, language: str
) -> None:
    exam, words = simulation(planted, "AI-103"), WORDS[language]
    room, sections = enter(planted, visit, exam, language)
    page = room.page

    begin_section(room, exam, 0)
    room.at(1)
    page.keyboard.press("f")
    press_on(page, words["hide"])
    expect(page.get_by_role("button", name=words["show"])).to_be_visible()
    answer(room, sections[0]["from"], sections[0]["to"])
    leave(room)

    expect(page.get_by_role("heading", name=exam.specification.sections[1].titles.in_(language))).to_be_focused()
    press_on(page, words["pause"])
    expect(page.get_by_role("timer")).to_be_visible()
    look(page, f"AI-103-break-{language}")
    press_on(page, words["back"])
    begin_section(room, exam, 1)
    room.at(sections[1]["from"])
    look(page, f"AI-103-case-{language}")
    answer(room, sections[1]["from"], sections[1]["to"])
    leave(room)

    begin_section(room, exam, 2)
    first, last = sections[2]["from"], sections[2]["to"]
    for slot in range(first, last):
        answer(room, slot, slot)
        if slot == first:
            look(page, f"AI-103-series-{language}")
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("dialog")).to_be_visible()
        press_on(page, words["leave"])
    answer(room, last, last)
    press_on(page, room.word("review"))
    look(page, f"AI-103-review-{language}")
    press_on(page, room.word("hand_in"))
    expect(page.get_by_role("dialog")).to_be_visible()
    press_on(page, room.word("hand_in"))

    page.wait_for_url("**/comments")
    look(page, f"AI-103-comments-{language}")
    tab_to(page, "words-0")
    page.keyboard.type("Time was short.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Two answers fit.")
    press_on(page, words["report"])
    page.wait_for_url("**/report")
    expect(page.get_by_text(re.compile("Microsoft")).first).to_be_visible()
    look(page, f"AI-103-report-{language}")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_google_shaped_simulation_is_sat_from_agreement_to_report(
    planted: Served, visit: Visits, language: str
) -> None:
    exam = simulation(planted, "GAIL")
    room, sections = enter(planted, visit, exam, language)
    begin_section(room, exam, 0)
    answer(room, sections[0]["from"], sections[0]["to"])
    # One section: everything can be come back to.
    room.page.keyboard.press("ArrowLeft")
    room.at(sections[0]["to"] - 1)
    hand_in(room)
    room.page.wait_for_url("**/report")
    expect(room.page.get_by_text(re.compile("Google")).first).to_be_visible()
    look(room.page, f"GAIL-report-{language}")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_authors_see_of_a_simulation(planted: Served, visit: Visits, language: str) -> None:
    made = planted.site.provide(MockExamService).make_exam(SYSTEM, MakeMockExam("AI-103", shaped=True))
    published, teacher = simulation(planted, "AI-103"), planted.site.administrator()
    pages = {
        "form": f"/assessment/authoring/{made.id}/edit",
        "draft": f"/assessment/authoring/{made.id}",
        "window": f"/assessment/authoring/{published.id}/window",
        "read-comments": f"/assessment/authoring/{published.id}/comments",
        "make": "/cert_prep/AI-103/mock-exams/new",
    }
    for name, path in pages.items():
        page = visit(teacher, language, path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        look(page, f"author-{name}-{language}")
        page.context.close()
