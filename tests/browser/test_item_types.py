"""Every type of item, answered by keyboard alone: saved with a receipt, there after a reload, shown in the report."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import Served, Visits, overflows, problems
from tests.support.exam_room import begin, trainee
from tests.support.item_tour import publish_tour
from tests.support.switching import switch_on

Answering = Callable[[Page], None]


def pick(page: Page) -> None:
    """The first choice, by its digit."""
    page.locator("#question").focus()
    page.keyboard.press("1")


def judge(page: Page) -> None:
    """Each statement, by the space bar."""
    for statement in page.locator("lms-statements fieldset").all():
        statement.get_by_role("radio").first.focus()
        page.keyboard.press("Space")


def select(page: Page) -> None:
    """The first entry of each list, by the arrow."""
    for place in range(page.get_by_role("main").locator("select").count()):
        page.get_by_role("main").locator("select").nth(place).focus()
        page.keyboard.press("ArrowDown")


def order(page: Page) -> None:
    """Three steps one after another, and the last of them up."""
    page.locator(".order-add").first.focus()
    for _ in range(3):
        page.keyboard.press("Enter")
    page.locator('[data-act="up"]').last.focus()
    page.keyboard.press("Enter")


def type_in(words: str) -> Answering:
    """``words`` into each blank."""

    def typed(page: Page) -> None:
        for blank in page.locator(".gap-input, .essay-text").all():
            blank.focus()
            page.keyboard.type(words)

    return typed


def several(page: Page) -> None:
    """Two choices, by their digits."""
    page.locator("#question").focus()
    page.keyboard.press("1")
    page.keyboard.press("2")


ANSWERS: dict[str, Answering] = {
    "choice": pick,
    "multiple-response": several,
    "statement-set": judge,
    "ordering": order,
    "matching": select,
    "gap-match": select,
    "inline-choice": select,
    "text-entry": type_in("where"),
    "numeric": type_in("300"),
    "hot-spot": pick,
    "hot-area": select,
    "extended-text": type_in("모델은 그럴듯한 말을 잇습니다."),
}


def given(page: Page) -> list[Any]:
    """What the controls of the question hold."""
    held: list[Any] = page.evaluate(
        """() => [...document.querySelectorAll(".question input, .question select, .question textarea")]
          .map((one) => (one.type === "radio" || one.type === "checkbox" ? one.checked : one.value))
          .concat([...document.querySelectorAll(".order-placed .order-text")].map((one) => one.textContent))"""
    )
    return held


@pytest.mark.parametrize("kind", ANSWERS)
def test_a_question_is_answered_by_keyboard_and_is_there_after_a_reload_and_in_the_report(
    served: Served, visit: Visits, kind: str
) -> None:
    language = "en" if list(ANSWERS).index(kind) % 2 else "ko"
    room = begin(visit, publish_tour(served.site, kind), trainee(visit), language)
    page = room.page
    untouched = given(page)
    assert problems(page) == []

    ANSWERS[kind](page)
    room.saved()
    answered = given(page)
    assert answered != untouched
    assert problems(page) == []

    page.reload()
    room.at(1)
    expect(room.slot(1)).to_have_accessible_name(re.compile("답함|answered"))
    assert given(page) == answered
    page.set_viewport_size({"width": 320, "height": 800})
    assert not overflows(page)
    page.set_viewport_size({"width": 1280, "height": 800})

    room.hand_in()
    expect(page.locator(".report-item")).to_be_visible()
    expect(page.locator(".report-item")).not_to_contain_text(re.compile("^(응답 없음|no answer)$"))
    assert problems(page) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_case_stands_beside_its_questions_and_its_documents_open_by_keyboard(
    served: Served, visit: Visits, language: str
) -> None:
    switch_on(served.site, "cert_prep")
    room = begin(visit, publish_tour(served.site, "case-study"), trainee(visit), language)
    page = room.page
    tabs = page.get_by_role("tab")
    expect(tabs).to_have_count(2)
    tabs.first.focus()
    page.keyboard.press("ArrowRight")

    expect(tabs.nth(1)).to_be_focused()
    expect(page.get_by_role("tabpanel")).to_contain_text("밤에도" if language == "ko" else "night")
    room.at(1)
    assert problems(page) == []

    room.button("next").click()
    room.at(2)
    expect(tabs.nth(1)).to_have_attribute("aria-selected", "true")
    page.set_viewport_size({"width": 320, "height": 800})
    assert not overflows(page)
    room.page.set_viewport_size({"width": 1280, "height": 800})
    room.hand_in()
    expect(page.locator(".report-case")).to_have_count(1)


def test_what_is_being_typed_is_sent_when_its_question_is_left(served: Served, visit: Visits) -> None:
    room = begin(visit, publish_tour(served.site, "text-entry", "numeric"), trainee(visit))
    page = room.page
    page.locator(".gap-input").first.press_sequentially("7")
    room.slot(2).click()
    room.at(2)
    room.saved()

    expect(room.slot(1)).to_have_accessible_name(re.compile("답함"))
    assert "답함" not in (room.slot(2).get_attribute("aria-label") or "")
