"""The exam for everybody: by keyboard alone, through the accessibility tree alone, in every state, on small screens."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lms_core.assessment.domain.items import choices_of
from tests.support.browser import RunningClock, Served, Visits, overflows, problems
from tests.support.exam_room import ExamRoom, kept, trainee
from tests.support.mock_exams import publish_mock_exam, questions

FOCUSED = """() => {
  const one = document.activeElement;
  if (one === document.body) return "";
  const words = one.getAttribute("aria-label") || one.labels?.[0]?.textContent || one.textContent || "";
  return words.trim().replace(/\\s+/g, " ");
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what is called ``name`` has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if name in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"{name} is not reached by Tab")


def test_the_exam_can_be_sat_by_keyboard_alone(served: Served, visit: Visits) -> None:
    exam = publish_mock_exam(served.site)
    page = visit(trainee(visit), "ko", f"/assessment/exams/{exam.id}")
    room, press = ExamRoom(page), page.keyboard.press
    tab_to(page, "스스로 풀고")
    press("Space")
    tab_to(page, "실전처럼 시작")
    press("Enter")
    room.at(1)

    # Digits choose, and take back; F flags, on a Korean keyboard as well; arrows move.
    press("3")
    room.saved()
    assert room.shows_chosen([3])
    press("3")
    assert room.shows_chosen([])
    press("2")
    page.keyboard.press("KeyF")
    press("ArrowRight")
    room.at(2)
    press("1")
    press("ArrowLeft")
    room.at(1)
    assert room.shows_chosen([2])

    # Within the answers, the arrows of the group do what they always do.
    tab_to(page, _text(room, 2))
    press("ArrowDown")
    assert room.shows_chosen([3])
    press("ArrowRight")
    room.at(2)
    assert room.shows_chosen([1])

    # The keys are listed, and can be switched off.
    press("?")
    dialog = page.get_by_role("dialog", name="단축키")
    expect(dialog).to_be_visible()
    tab_to(page, "글자와 숫자 단축키 쓰기")
    press("Space")
    tab_to(page, "닫기")
    press("Enter")
    expect(dialog).to_be_hidden()
    press("4")
    assert room.shows_chosen([1])

    room.saved()
    assert kept(visit, room) == {1: (1, True), 2: (1, False)}
    tab_to(page, "검토하고 제출")
    press("Enter")
    tab_to(page, "제출하기")
    press("Enter")
    tab_to(page, "제출하기")
    press("Enter")
    page.wait_for_url("**/report")


def test_the_exam_can_be_found_through_the_accessibility_tree_alone(served: Served, visit: Visits) -> None:
    exam = publish_mock_exam(served.site, (1, 2), types=(), pass_percent=70.0)
    page = visit(trainee(visit), "en", "/assessment/exams")
    main = page.get_by_role("main")
    main.get_by_role("link", name=exam.titles.en).first.click()
    main.get_by_role("checkbox", name="I answer by myself").check()
    main.get_by_role("button", name="Begin the simulation").click()

    for number in (1, 2, 3):
        expect(main.get_by_role("heading", name=f"Question {number} of 3")).to_be_visible()
        group = main.get_by_role("group", name=re.compile("Choose"))
        right = _right_choices(main.get_by_role("region").inner_text())
        for one in group.get_by_role("radio").or_(group.get_by_role("checkbox")).all():
            if one.evaluate("one => one.labels[0].querySelector('[lang]').textContent.trim()") in right:
                one.check()
        expect(main.get_by_role("button", name=f"Question {number}: answered")).to_be_visible()
        main.get_by_role("button", name="Next" if number < 3 else "Review and submit").last.click()

    expect(main.get_by_role("heading", name="Before you hand in")).to_be_focused()
    main.get_by_role("button", name="Tell the time left").press("Enter")
    expect(page.get_by_role("status").last).to_contain_text("left of this exam")
    main.get_by_role("button", name="Hand in").click()
    page.get_by_role("dialog", name="Hand in this exam?").get_by_role("button", name="Hand in").click()
    expect(main.get_by_role("heading", name="You are above our own pass line")).to_be_visible()
    expect(main.get_by_role("heading", name=re.compile(r"^Question \d"))).to_have_count(3)


@pytest.mark.parametrize(("language", "theme", "width"), [("ko", "light", 320), ("en", "dark", 1280)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways_in_any_state(
    served: Served, visit: Visits, running_clock: RunningClock, language: str, theme: str, width: int
) -> None:
    exam = publish_mock_exam(served.site, attempts_allowed=2)
    person_id = trainee(visit)
    page = visit(person_id, language, f"/assessment/exams/{exam.id}", width=width)
    page.context.add_cookies([{"name": "lms_theme", "value": theme, "url": served.address}])
    page.reload()
    room = ExamRoom(page, language)
    sound = _Sound(page)
    sound("the exam's page")
    room.button("begin").click()
    sound("not agreed")
    page.get_by_role("checkbox", name=room.word("agree")).check()
    room.button("begin").click()
    room.at(1)
    room.choose(1)
    room.button("flag").click()
    room.saved()
    sound("a question")
    page.keyboard.press("?")
    sound("the keys")
    page.keyboard.press("Escape")
    page.context.set_offline(True)
    room.choose(2)
    room.see("offline")
    sound("offline")
    page.context.set_offline(False)
    page.get_by_role("navigation").get_by_role("button", name=room.word("review")).click()
    sound("before handing in")
    room.button("hand_in").click()
    sound("are you sure")
    page.keyboard.press("Escape")
    other = ExamRoom(visit(person_id, language, page.url.removeprefix(served.address), width=width), language)
    other.see("elsewhere")
    _Sound(other.page)("another device")
    running_clock.move(minutes=41)
    room.look_again()
    expect(page.get_by_role("timer")).to_contain_text("03:")
    sound("the last minutes")
    running_clock.move(minutes=4)
    room.look_again()
    room.see("over")
    sound("time is up")
    running_clock.move(seconds=31)
    room.look_again()
    page.wait_for_url("**/report")
    sound("the report")
    page.goto(f"{served.address}/assessment/attempts")
    sound("my attempts")


class _Sound:
    """Looks a page over."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def __call__(self, state: str) -> None:
        assert not problems(self.page), state
        assert not overflows(self.page), state


def _text(room: ExamRoom, place: int) -> str:
    """The words of a choice."""
    words: Callable[[], str] = room.page.locator(".answer-text").nth(place - 1).inner_text
    return " ".join(words().split())


def _right_choices(asked: str) -> set[str]:
    """The words of the right choices of the question that reads like ``asked``."""
    flat = _flat(asked)
    every = [item for items in questions().values() for item in items]
    item = next(item for item in every if all(_flat(one.text["en"]) in flat for one in choices_of(item)))
    return {re.sub(r"[`*]", "", one.text["en"]).strip() for one in choices_of(item) if one.correct}


def _flat(words: str) -> str:
    return re.sub(r"[\s`*_]", "", words)
