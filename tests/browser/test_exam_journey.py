"""A trainee sits a mock exam: the whole way, in both languages."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.browser import Served, Visits
from tests.support.exam_room import ExamRoom, begin, kept, trainee
from tests.support.mock_exams import publish_mock_exam


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_trainee_sits_an_exam_from_the_list_to_the_report(served: Served, visit: Visits, language: str) -> None:
    exam = publish_mock_exam(served.site, attempts_allowed=2, pass_percent=70.0)
    person_id = trainee(visit)
    page = visit(person_id, language, "/assessment/exams")
    room = ExamRoom(page, language)
    page.get_by_role("link", name=exam.titles.in_(language)).first.click()
    expect(page.get_by_role("main")).to_contain_text("45")
    page.get_by_role("checkbox", name=room.word("agree")).check()
    room.button("begin").click()

    # The server's clock, in minutes.
    room.at(1)
    expect(page.get_by_role("timer")).to_contain_text(room.word("minutes").format(n=45))

    # An answer is saved at once, a flag too.
    room.choose(2)
    room.saved()
    room.button("flag").click()
    room.saved()
    room.button("next").click()
    room.at(2)
    room.choose(1)
    room.saved()
    assert kept(visit, room) == {1: (1, True), 2: (1, False)}

    # Without a network everything goes on; the answers follow later.
    page.context.set_offline(True)
    room.button("next").click()
    room.choose(1)
    room.see("offline")
    room.button("next").click()
    room.choose(3)
    page.context.set_offline(False)
    room.saved()
    assert set(kept(visit, room)) == {1, 2, 3, 4}

    # A reload comes back to the same place.
    page.reload()
    room.at(4)
    assert room.shows_chosen([3])
    expect(room.slot(1)).to_have_accessible_name(re.compile("표시함|flagged"))

    # Another device takes over, and this one only reads.
    other = ExamRoom(visit(person_id, language, page.url.removeprefix(served.address)), language)
    other.see("elsewhere")
    other.button("take_over").click()
    other.at(1)
    assert other.shows_chosen([2])
    other.choose(4)
    other.saved()
    room.see("elsewhere")
    expect(room.choices.first).to_be_disabled()

    # What is not answered stands there before handing in.
    other.page.get_by_role("navigation").get_by_role("button", name=other.word("review")).click()
    other.see("before")
    expect(other.page.get_by_role("main").get_by_role("button", name=other.slot_name(5))).to_have_count(2)
    other.hand_in()

    # The report: in our own words, by domain, with explanations and sources.
    report = other.page.get_by_role("main")
    expect(report).to_contain_text(other.word("estimate"))
    expect(report).to_contain_text(exam.specification.quotas[0].titles.in_(language))
    expect(report).to_contain_text("CC BY 4.0")
    assert report.get_by_role("article").count() == 5
    # The first device is led there as well.
    page.wait_for_url("**/report")


def test_a_reason_against_beginning_stands_on_the_exams_page(served: Served, visit: Visits) -> None:
    exam = publish_mock_exam(served.site, attempts_allowed=1)
    person_id = trainee(visit)
    begin(visit, exam, person_id).hand_in()
    page = visit(person_id, "ko", f"/assessment/exams/{exam.id}")
    expect(page.get_by_text("지금은 응시할 수 없습니다")).to_be_visible()
    expect(page.get_by_role("button", name="실전처럼 시작")).to_have_count(0)


def test_nobody_begins_without_agreeing(served: Served, visit: Visits) -> None:
    exam = publish_mock_exam(served.site)
    page = visit(trainee(visit), "ko", f"/assessment/exams/{exam.id}")
    page.get_by_role("button", name="실전처럼 시작").click()
    expect(page.get_by_role("alert")).to_contain_text("동의")


def test_an_open_attempt_is_resumed_from_the_list(served: Served, visit: Visits) -> None:
    exam = publish_mock_exam(served.site)
    room = begin(visit, exam, trainee(visit))
    room.choose(1)
    room.saved()
    room.page.goto(f"{served.address}/assessment/exams")
    room.page.get_by_role("link", name="이어서 보기").click()
    room.at(1)
    assert room.shows_chosen([1])


def test_the_language_can_be_switched_in_the_middle(served: Served, visit: Visits) -> None:
    room = begin(visit, publish_mock_exam(served.site), trainee(visit))
    room.choose(3)
    room.saved()
    room.button("next").click()
    room.page.get_by_role("button", name="English").click()
    english = ExamRoom(room.page, "en")
    english.at(2)
    english.button("previous").click()
    assert english.shows_chosen([3])
    english.choose(1)
    english.saved()
