"""What becomes of answers when the network, the browser or the server fails, or another device takes over."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.support.browser import Served, Visits
from tests.support.exam_room import ExamRoom, begin, kept, trainee
from tests.support.mock_exams import publish_mock_exam

NO_STORAGE = "Object.defineProperty(window, 'indexedDB', { value: undefined })"


def test_answers_given_offline_outlive_the_window_that_held_them(served: Served, visit: Visits) -> None:
    room = begin(visit, publish_mock_exam(served.site), trainee(visit))
    context, address = room.page.context, room.page.url
    context.set_offline(True)
    room.choose(3)
    room.see("offline")
    room.page.close()
    context.set_offline(False)

    again = ExamRoom(visit.window(context))
    again.page.goto(address)
    again.at(1)
    again.saved()
    assert again.shows_chosen([3])
    assert kept(visit, again) == {1: (1, False)}


def test_an_answer_whose_receipt_was_lost_is_sent_again_and_kept_once(served: Served, visit: Visits) -> None:
    room = begin(visit, publish_mock_exam(served.site), trainee(visit))
    lost: list[int] = []

    def lose(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    room.page.route("**/responses/*", lose)
    room.choose(2)
    room.saved()
    assert lost == [200]
    assert kept(visit, room) == {1: (1, False)}


def test_a_busy_server_is_asked_again_when_it_said(served: Served, visit: Visits) -> None:
    room = begin(visit, publish_mock_exam(served.site), trainee(visit))
    tries: list[Route] = []

    def busy(route: Route) -> None:
        tries.append(route)
        if len(tries) > 2:
            route.continue_()
        else:
            route.fulfill(status=503, headers={"Retry-After": "1"}, content_type="application/json", body="{}")

    room.page.route("**/responses/*", busy)
    room.choose(1)
    room.save_line("waiting")
    room.saved()
    assert len(tries) == 3


def test_a_lost_connection_is_said_before_anything_is_answered(served: Served, visit: Visits) -> None:
    room = begin(visit, publish_mock_exam(served.site), trainee(visit))
    room.page.context.set_offline(True)
    room.look_again()
    room.see("offline")
    room.page.context.set_offline(False)
    expect(room.page.locator(".save-line")).to_have_count(0)
    expect(room.page.get_by_role("status").last).to_have_text("다시 연결되었습니다.")


def test_a_refused_answer_is_named_and_does_not_hold_up_the_others(served: Served, visit: Visits) -> None:
    room = begin(visit, publish_mock_exam(served.site), trainee(visit))
    refuse: Callable[[Route], None] = lambda route: route.fulfill(status=422, json={"type": "invalid"})  # noqa: E731
    room.page.route("**/responses/1", refuse)
    room.choose(1)
    room.save_line("refused")
    expect(room.page.locator(".save-line")).to_contain_text("1번 문항")
    room.button("next").click()
    room.choose(2)
    room.saved()
    assert set(kept(visit, room)) == {2}


def test_a_browser_that_keeps_nothing_says_so_and_goes_on(served: Served, visit: Visits) -> None:
    room = begin(visit, publish_mock_exam(served.site), trainee(visit))
    room.page.add_init_script(NO_STORAGE)
    room.page.reload()
    room.at(1)
    expect(room.page.get_by_text("이 브라우저는 답안을 기기에 보관하지 못합니다")).to_be_visible()
    room.button("understood").click()
    room.choose(2)
    room.saved()
    room.page.context.set_offline(True)
    room.choose(3)
    expect(room.page.locator("#main").get_by_text("답안이 이 창에만 있으니 창을 닫지 마세요")).to_be_visible()
    room.page.context.set_offline(False)
    room.saved()


def test_of_two_windows_of_one_browser_only_one_answers(served: Served, visit: Visits) -> None:
    room = begin(visit, publish_mock_exam(served.site), trainee(visit))
    second = ExamRoom(visit.window(room.page.context))
    second.page.goto(room.page.url)
    second.see("elsewhere")
    second.button("take_over").click()
    second.choose(2)
    second.saved()
    room.see("elsewhere")


def test_what_another_device_answered_meanwhile_is_not_overwritten(served: Served, visit: Visits) -> None:
    person_id = trainee(visit)
    room = begin(visit, publish_mock_exam(served.site), person_id)
    room.page.context.set_offline(True)
    room.choose(1)
    room.button("next").click()
    room.choose(1)
    room.see("offline")

    other = _other(visit, room.page, served, person_id)
    other.button("take_over").click()
    other.choose(4)
    other.saved()

    room.page.context.set_offline(False)
    room.see("elsewhere")
    room.button("take_over").click()
    expect(room.page.get_by_text("이 문항을 다시 확인하세요: 1")).to_be_visible()
    room.saved()
    room.slot(1).click()
    assert room.shows_chosen([4])
    assert set(kept(visit, room)) == {1, 2}


def test_handing_in_waits_for_the_network(served: Served, visit: Visits) -> None:
    room = begin(visit, publish_mock_exam(served.site), trainee(visit))
    room.page.context.set_offline(True)
    room.page.get_by_role("navigation").get_by_role("button", name=room.word("review")).click()
    room.button("hand_in").click()
    room.page.get_by_role("dialog").get_by_role("button", name=room.word("hand_in")).click()
    expect(room.page.get_by_role("alert")).to_contain_text("아직 제출되지 않았습니다")
    room.page.context.set_offline(False)
    room.hand_in()


def test_a_session_that_ended_keeps_saving_and_says_so(served: Served, visit: Visits) -> None:
    room = begin(visit, publish_mock_exam(served.site), trainee(visit))
    room.page.context.clear_cookies()
    room.look_again()
    expect(room.page.get_by_text("로그인이 풀렸습니다")).to_be_visible()
    room.choose(1)
    room.saved()


def _other(visit: Visits, page: Page, served: Served, person_id: object) -> ExamRoom:
    other = ExamRoom(visit(person_id, "ko", page.url.removeprefix(served.address)))
    other.see("elsewhere")
    return other
