"""An exam with a section that locks, by keyboard alone: introduction, review, warning, pause, and the way on."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lms_core.assessment.domain.specifications import ExamSection
from lms_core.foundation.text import Titles
from tests.support.browser import Served, Visits, overflows, problems
from tests.support.exam_room import ExamRoom, trainee
from tests.support.mock_exams import publish_mock_exam

SECTIONS = (
    ExamSection(
        Titles("AI 개념", "AI concepts"),
        returns=False,
        domains=("ai-901.1",),
        introduction=Titles("개념을 묻는 문항입니다.", "These questions ask for concepts."),
    ),
    ExamSection(Titles("Foundry로 만들기", "Building with Foundry")),
)
WORDS = {
    "ko": ("이 구역 시작하기", "다음으로 넘어가기", "여기에 머무르기", "마치고 넘어가기"),
    "en": ("Begin this section", "Go on to the next part", "Stay here", "Leave and go on"),
}
PAUSE = {"ko": ("잠시 쉬기", "시험으로 돌아가기"), "en": ("Take a break", "Come back to the exam")}
FOCUSED = "() => (document.activeElement.getAttribute('aria-label') || document.activeElement.textContent).trim()"


def press_on(page: Page, name: str) -> None:
    """Press Tab until the button called ``name`` has the focus, then Enter."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == name:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} is not reached by Tab")


def look(page: Page, name: str) -> None:
    """What axe finds, what overflows, and a picture where LMS_SCREENSHOTS says one is wanted."""
    assert problems(page) == []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert not overflows(page)
        if folder := os.environ.get("LMS_SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_section_is_left_for_good_after_a_warning(served: Served, visit: Visits, language: str) -> None:
    exam = publish_mock_exam(served.site, sections=SECTIONS, breaks=True)
    page = visit(trainee(visit), language, f"/assessment/exams/{exam.id}")
    room, press = ExamRoom(page, language), page.keyboard.press
    begin, go_on, stay, leave = WORDS[language]
    page.get_by_role("checkbox", name=room.word("agree")).press("Space")
    press_on(page, room.word("begin"))

    expect(page.get_by_role("heading", name=SECTIONS[0].titles.in_(language))).to_be_focused()
    look(page, f"section-{language}")
    press_on(page, begin)
    room.at(1)
    press("2")
    room.saved()
    # What lies ahead is not there yet, neither to see nor to reach.
    expect(room.slot(3)).to_have_count(0)
    press("ArrowRight")
    room.at(2)
    press("ArrowRight")
    expect(page.get_by_role("button", name=go_on)).to_be_visible()
    look(page, f"section-review-{language}")
    press_on(page, go_on)
    expect(page.get_by_role("dialog")).to_be_visible()
    look(page, f"section-leave-{language}")
    press_on(page, stay)
    expect(page.get_by_role("dialog")).to_have_count(0)
    press_on(page, go_on)
    press_on(page, leave)

    expect(page.get_by_role("heading", name=SECTIONS[1].titles.in_(language))).to_be_focused()
    pause, back = PAUSE[language]
    press_on(page, pause)
    expect(page.get_by_role("timer")).to_be_visible()
    look(page, f"section-pause-{language}")
    press_on(page, back)
    press_on(page, begin)
    room.at(3)
    press("ArrowLeft")
    room.at(3)
    expect(room.slot(1)).to_have_count(0)
    press("1")
    room.saved()
    # A reload comes back to the open part.
    page.reload()
    room.at(3)
    expect(room.slot(1)).to_have_count(0)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    room.at(5)
    press_on(page, room.word("review"))
    press_on(page, room.word("hand_in"))
    press_on(page, room.word("hand_in"))
    page.wait_for_url("**/report")
