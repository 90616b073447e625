"""The server's clock in the exam room: shown, told, moved on, and over."""

from playwright.sync_api import expect

from lms_core.assessment.service import Extend, IncidentService
from lms_core.foundation.actors import SYSTEM
from tests.support.browser import RunningClock, Served, Visits
from tests.support.exam_room import begin, trainee
from tests.support.mock_exams import publish_mock_exam

HOUR_AHEAD = "const real = Date.now; Date.now = () => real() + 3_600_000;"


def test_the_devices_clock_does_not_matter(served: Served, visit: Visits) -> None:
    room = begin(visit, publish_mock_exam(served.site), trainee(visit))
    room.page.add_init_script(HOUR_AHEAD)
    room.page.reload()
    expect(room.page.get_by_role("timer")).to_contain_text("남은 시간 45분")


def test_time_is_told_at_thresholds_and_on_demand_and_can_be_hidden(
    served: Served, visit: Visits, running_clock: RunningClock
) -> None:
    room = begin(visit, publish_mock_exam(served.site), trainee(visit))
    live = room.page.get_by_role("status").last
    running_clock.move(minutes=15, seconds=2)
    room.look_again()
    expect(live).to_have_text("시험 시간이 30분 남았습니다.")
    room.button("tell_time").press("Enter")
    expect(live).to_contain_text("시험 시간이 30분 남았습니다. ")
    room.page.get_by_role("button", name="시간 숨기기").click()
    expect(room.page.get_by_role("timer")).to_have_text("시간 숨김")
    # The last five minutes show themselves, to the second.
    running_clock.move(minutes=25)
    room.look_again()
    expect(room.page.get_by_role("timer")).to_contain_text("04:")
    expect(live).to_have_text("시험 시간이 5분 남았습니다.")


def test_more_time_is_seen_within_five_seconds(served: Served, visit: Visits) -> None:
    exam = publish_mock_exam(served.site)
    room = begin(visit, exam, trainee(visit))
    served.site.provide(IncidentService).record(SYSTEM, exam.id, Extend(600, "정전"))
    expect(room.page.get_by_text(room.word("more_time"))).to_be_visible(timeout=5_000)
    expect(room.page.get_by_role("timer")).to_contain_text("남은 시간 55분")
    room.button("understood").click()
    expect(room.page.get_by_text(room.word("more_time"))).to_have_count(0)


def test_more_time_opens_a_room_again_whose_time_was_up(
    served: Served, visit: Visits, running_clock: RunningClock
) -> None:
    exam = publish_mock_exam(served.site)
    room = begin(visit, exam, trainee(visit))
    running_clock.move(minutes=45)
    room.look_again()
    room.see("over")
    served.site.provide(IncidentService).record(SYSTEM, exam.id, Extend(300, "화재 대피 훈련"))
    room.look_again()
    room.at(1)
    room.choose(1)
    room.saved()


def test_when_time_is_up_the_server_hands_in_what_it_has(
    served: Served, visit: Visits, running_clock: RunningClock
) -> None:
    room = begin(visit, publish_mock_exam(served.site), trainee(visit))
    room.choose(1)
    room.saved()
    running_clock.move(minutes=44, seconds=58)
    room.look_again()
    room.see("over")
    expect(room.page.get_by_role("radio")).to_have_count(0)
    running_clock.move(seconds=31)
    room.look_again()
    room.page.wait_for_url("**/report")
    expect(room.page.get_by_text("시간이 끝나 서버가 제출")).to_be_visible()


def test_answers_that_came_too_late_are_named(served: Served, visit: Visits, running_clock: RunningClock) -> None:
    room = begin(visit, publish_mock_exam(served.site), trainee(visit))
    room.choose(2)
    room.saved()
    room.page.context.set_offline(True)
    room.button("next").click()
    room.choose(1)
    room.see("offline")
    running_clock.move(minutes=46)
    room.look_again()
    room.page.context.set_offline(False)
    expect(room.page.get_by_text("끝난 뒤에 도착한 답안: 2번 문항")).to_be_visible()
    room.page.get_by_role("link", name="결과 보기").click()
    expect(room.page.get_by_role("heading", name="2번 문항")).to_be_visible()
