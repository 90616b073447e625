"""An exam is watched while it is sat: the list renews itself, facts are noted, and each refusal shows the way in."""

import pytest
from playwright.sync_api import Page, expect

from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.service import IntegrityService, SetIntegrity
from lms_core.foundation.actors import SYSTEM
from tests.support.browser import Camera, Served, Visits, overflows, problems
from tests.support.exam_room import begin, trainee
from tests.support.mock_exams import publish_mock_exam

WORDS = {
    "ko": {
        "away": "다른 창 1번",
        "front": "시험 창이 다시 앞에",
        "noted": "시험을 치르는 동안",
        "open": "Safe Exam Browser로 열기",
    },
    "en": {
        "away": "1 time in another window",
        "front": "in front again",
        "noted": "What was noted while you sat",
        "open": "Open in Safe Exam Browser",
    },
}


def _is_sound(page: Page, camera: Camera, name: str) -> None:
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert not overflows(page)
        assert problems(page) == []
        camera.take(page, f"{name}-{width}")
    page.set_viewport_size({"width": 1280, "height": 900})


def _set(served: Served, exam: Exam, **given: object) -> None:
    values = {"networks": "", "password": None, "browser_required": False, "quit_password": None}
    served.site.provide(IntegrityService).change(SYSTEM, exam.id, SetIntegrity(**(values | given)))  # type: ignore[arg-type]


def test_the_list_renews_itself_and_shows_what_the_device_told(served: Served, visit: Visits, camera: Camera) -> None:
    exam, said = publish_mock_exam(served.site), WORDS["ko"]
    staff = visit(served.site.administrator(), "ko", f"/assessment/authoring/{exam.id}/proctor")
    expect(staff.get_by_role("main")).to_contain_text("치르는 사람이 없습니다")
    room = begin(visit, exam, trainee(visit))
    room.choose(2)
    room.saved()
    expect(staff.locator("lms-proctor")).to_contain_text("5문항 중 1")

    for event in ("blur", "focus"):
        room.page.evaluate(f"window.dispatchEvent(new Event('{event}'))")
    room.page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    expect(staff.locator("lms-proctor")).to_contain_text(said["away"])
    _is_sound(staff, camera, "proctor-ko")
    staff.get_by_role("link", name="한유나").press("Enter")
    expect(staff.get_by_role("main")).to_contain_text(said["front"])
    _is_sound(staff, camera, "proctored-ko")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ko", "en"])
def test_conditions_are_set_and_each_refusal_shows_the_way_in(
    served: Served, visit: Visits, camera: Camera, language: str
) -> None:
    exam, said = publish_mock_exam(served.site), WORDS[language]
    staff = visit(served.site.administrator(), language, f"/assessment/authoring/{exam.id}/integrity")
    staff.locator("textarea[name=networks]").fill("upstairs\n127.0.0.0/8 1")
    staff.locator("form[data-guard] button[type=submit]").press("Enter")
    expect(staff.locator("textarea[name=networks][aria-invalid=true]")).to_be_visible()
    expect(staff.locator("input[name=browser_required]")).not_to_be_checked()
    _is_sound(staff, camera, f"conditions-wrong-{language}")
    staff.locator("textarea[name=networks]").fill("127.0.0.0/8 1")
    staff.locator("input[name=password]").fill("blue whale")
    staff.locator("form[data-guard] button[type=submit]").press("Enter")
    expect(staff.locator("#flashes")).to_be_visible()
    _is_sound(staff, camera, f"conditions-{language}")

    person = visit(trainee(visit), language, f"/assessment/exams/{exam.id}")
    person.locator("input[name=agreed]").check()
    person.locator("input[name=password]").fill("red whale")
    person.locator("button[value=simulation]").press("Enter")
    expect(person.locator("input[name=password]")).to_be_visible()
    _is_sound(person, camera, f"password-wrong-{language}")
    _set(served, exam, networks="10.2.30.0/24", browser_required=True)
    person.goto(served.address + f"/assessment/exams/{exam.id}")
    expect(person.get_by_role("link", name=said["open"])).to_be_visible()
    _is_sound(person, camera, f"refused-{language}")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_running_exam_is_refused_outside_of_safe_exam_browser_and_told_in_the_report(
    served: Served, visit: Visits, camera: Camera, language: str
) -> None:
    exam, said = publish_mock_exam(served.site), WORDS[language]
    room = begin(visit, exam, trainee(visit), language)
    room.choose(1)
    room.saved()
    for event in ("blur", "focus"):
        room.page.evaluate(f"window.dispatchEvent(new Event('{event}'))")
    staff = visit(served.site.administrator(), language, f"/assessment/authoring/{exam.id}/proctor")
    expect(staff.locator("lms-proctor table")).to_be_visible()
    _is_sound(staff, camera, f"watch-{language}")
    with room.page.expect_response("**/events"):
        room.page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    room.hand_in()
    room.page.locator("summary", has_text=said["noted"]).press("Enter")
    expect(room.page.get_by_role("main")).to_contain_text(said["front"])
    _is_sound(room.page, camera, f"noted-{language}")
