"""A trainee practises questions that suit them, reads what their answers say, and goes on: in both languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from lms_core.assessment.domain.exams import Exam
from lms_core.hooks.caller import Hooks
from tests.support.browser import Camera, Served, Visits, overflows, problems
from tests.support.exam_room import ExamRoom, trainee
from tests.support.exams import Room, add_bank, fill
from tests.support.measuring import measure

SAID = {
    "ko": ("연습할 문제 고르기", "어떤 문제", "문제 수", "지금까지 낸 답으로 본 실력", "실력에 맞는 문제 이어 풀기"),
    "en": (
        "Choose what to practise",
        "Which questions",
        "How many questions",
        "What your answers say so far",
        "Go on with questions that suit you",
    ),
}
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def exam(served: Served) -> Exam:
    """An exam whose bank was measured."""
    here = served.site.house
    room = Room(here.work, here.clock, here.provide(Hooks), here.settings, add_bank(here.work))
    fill(room)
    measure(room)
    return room.published()


def look(page: Page, camera: Camera, name: str) -> None:
    """The page fits small and large screens, and axe finds nothing."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert not overflows(page)
        assert problems(page) == []
        camera.take(page, f"{name}-{width}", whole=True)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_trainee_goes_from_step_to_step(exam: Exam, visit: Visits, camera: Camera, language: str) -> None:
    choosing, which, count, told, go_on = SAID[language]
    page = visit(trainee(visit), language, f"/assessment/exams/{exam.id}")
    room = ExamRoom(page, language)
    page.get_by_text(choosing).click()
    page.get_by_label(which).select_option("suited")
    page.get_by_label(count).fill("2")
    look(page, camera, f"suited-exam-{language}")
    page.get_by_role("checkbox", name=room.word("agree")).check()
    page.get_by_role("button", name=room.word("practise"), exact=True).click()

    room.at(1)
    page.keyboard.press("1")
    room.saved()
    page.reload()
    room.at(1)
    assert room.shows_chosen([1])
    room.hand_in()
    expect(page.get_by_role("heading", name=told)).to_be_visible()
    look(page, camera, f"suited-report-{language}")

    page.get_by_role("link", name=go_on).click()
    expect(page).to_have_url(re.compile("pool=suited#begin$"))
    expect(page.get_by_label(which)).to_have_value("suited")
