"""The exam room as somebody finds it: by roles and names, never by how it is built."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from playwright.sync_api import Locator, Page, expect

from lms_core.assessment.domain.exams import Exam
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import Scope
from tests.support.browser import Visits

WORDS = {
    "ko": {
        "agree": "스스로 풀고",
        "begin": "실전처럼 시작",
        "practise": "연습으로 시작",
        "position": "번 문항",
        "saved": "저장됨",
        "offline": "연결이 끊겼습니다. 답안은 이 기기에 보관 중입니다.",
        "next": "다음",
        "previous": "이전",
        "flag": "표시",
        "review": "검토하고 제출",
        "before": "제출 전 확인",
        "hand_in": "제출하기",
        "elsewhere": "다른 기기에서 이 시험을 열었습니다",
        "take_over": "여기서 계속하기",
        "over": "시험 시간이 끝났습니다",
        "more_time": "시험 시간이 늘어났습니다",
        "minutes": "남은 시간 {n}분",
        "estimate": "우리 기준 연습 추정치",
        "tell_time": "남은 시간 듣기",
        "go_on": "이어서 보기",
        "understood": "확인했습니다",
    },
    "en": {
        "agree": "I answer by myself",
        "begin": "Begin the simulation",
        "practise": "Practise",
        "position": "Question ",
        "saved": "Saved",
        "offline": "You are offline. Your answers are kept on this device.",
        "next": "Next",
        "previous": "Previous",
        "flag": "Flag",
        "review": "Review and submit",
        "before": "Before you hand in",
        "hand_in": "Hand in",
        "elsewhere": "This exam is open on another device",
        "take_over": "Go on here",
        "over": "Time is up",
        "more_time": "You have more time",
        "minutes": "{n} min left",
        "estimate": "our practice estimate",
        "tell_time": "Tell the time left",
        "go_on": "Go on",
        "understood": "Understood",
    },
}


@dataclass(eq=False)
class ExamRoom:
    """One page in the exam room."""

    page: Page
    language: str = "ko"

    def word(self, name: str) -> str:
        """What the room says, in this page's language."""
        return WORDS[self.language][name]

    def see(self, name: str) -> None:
        """Wait until the page says so."""
        expect(self.page.get_by_text(self.word(name)).first).to_be_visible()

    def button(self, name: str) -> Locator:
        """The button called so, and nothing longer."""
        return self.page.get_by_role("main").get_by_role("button", name=self.word(name), exact=True)

    def at(self, slot: int) -> None:
        """Wait until question ``slot`` is shown."""
        number = f"{slot}{self.word('position')}" if self.language == "ko" else f"{self.word('position')}{slot} "
        expect(self.page.get_by_role("heading", name=re.compile(f"^{number}"))).to_be_visible()

    @property
    def choices(self) -> Locator:
        """The choices of the question shown."""
        return self.page.get_by_role("group").locator("input")

    @property
    def chosen(self) -> list[int]:
        """Which of them are picked, from 1."""
        return [place for place, one in enumerate(self.choices.all(), start=1) if one.is_checked()]

    def shows_chosen(self, places: list[int]) -> bool:
        """Whether these are picked, now or as soon as the page has drawn what was done."""
        for _ in range(50):
            if self.chosen == places:
                return True
            self.page.wait_for_timeout(100)
        return False

    def choose(self, place: int) -> None:
        """Pick the choice at ``place``, as a mouse does."""
        self.choices.nth(place - 1).click()

    def saved(self) -> None:
        """Wait for the receipt of everything so far."""
        expect(self.page.locator(".save-line")).to_contain_text(self.word("saved"))

    def save_line(self, state: str) -> None:
        """Wait until the save line is in ``state``."""
        expect(self.page.locator(".save-line")).to_have_attribute("data-state", state, timeout=12_000)

    def slot(self, number: int) -> Locator:
        """The question's button in the palette."""
        return self.page.get_by_role("navigation").get_by_role("button", name=self.slot_name(number))

    def slot_name(self, number: int) -> re.Pattern[str]:
        """How that button is called, whatever its state."""
        return re.compile(f"^(문항|Question) {number}:")

    def look_again(self) -> None:
        """Come back to the window: the page asks the server at once how things stand."""
        self.page.evaluate("window.dispatchEvent(new Event('focus'))")

    def hand_in(self) -> None:
        """Review, hand in, and say yes."""
        self.page.get_by_role("navigation").get_by_role("button", name=self.word("review")).click()
        self.button("hand_in").click()
        self.page.get_by_role("dialog").get_by_role("button", name=self.word("hand_in")).click()
        self.page.wait_for_url("**/report")


def trainee(visit: Visits, name: str = "한유나") -> UUID:
    """Somebody who may sit exams."""
    return visit.served.site.person(name, trainee=Scope("campus", str(new_id())))


def begin(visit: Visits, exam: Exam, person_id: UUID, language: str = "ko", **options: Any) -> ExamRoom:
    """Open the exam's page, agree, begin, and wait for the first question."""
    page = visit(person_id, language, f"/assessment/exams/{exam.id}", **options)
    room = ExamRoom(page, language)
    page.get_by_role("checkbox", name=room.word("agree")).check()
    room.button("begin").click()
    room.at(1)
    return room


def kept(visit: Visits, room: ExamRoom) -> dict[int, tuple[int, bool]]:
    """What the server holds for the attempt of this page: by slot, how many choices, and whether it is flagged."""
    address = re.search(r"attempts/([0-9a-f-]+)", room.page.url)
    assert address is not None
    found = room.page.request.get(f"{visit.served.address}/api/v1/assessment/attempts/{address[1]}").json()
    rows = {one["slot"]: one["saved"] for one in found["items"] if one["saved"]}
    return {slot: (len(saved["response"]["choices"]), saved["flagged"]) for slot, saved in rows.items()}
