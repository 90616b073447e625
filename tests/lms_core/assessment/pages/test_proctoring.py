"""The pages of those who watch an exam, and of its conditions."""

import plistlib
import re
from collections.abc import Callable
from uuid import UUID, uuid4

from sqlalchemy import func, select

from lms_core.assessment.domain.integrity.safe_browser import config_key, request_hash
from lms_core.assessment.service import IntegrityService, SetIntegrity, Sitting
from lms_core.assessment.tables.proctoring import attempt_events, presences
from lms_core.foundation.actors import SYSTEM
from lms_core.people.service import PrivacyService
from tests.support.mock_exams import publish_mock_exam
from tests.support.site import Site

Sit = Callable[[UUID, UUID], Sitting]


def require_browser(site: Site, exam_id: UUID) -> str:
    """Let the exam be sat in Safe Exam Browser alone; the key of its configuration."""
    service = site.provide(IntegrityService)
    service.change(SYSTEM, exam_id, SetIntegrity("", None, browser_required=True, quit_password=None))
    return str(service.config_key(exam_id, service.asked(exam_id).browser))


def test_who_sits_the_exam_is_listed_with_what_is_noted(
    embedded_site: Site, teacher: UUID, trainee: UUID, sit: Sit
) -> None:
    exam = publish_mock_exam(embedded_site)
    browser, watching = embedded_site.browser(teacher), f"/assessment/authoring/{exam.id}/proctor"
    assert "Nobody sits this exam now" in browser.get(watching).text
    attempt_id = sit(trainee, exam.id).attempt.id
    told = {"events": [{"id": str(uuid4()), "kind": "focus-lost", "ago": 0}]}
    url = f"/api/v1/assessment/attempts/{attempt_id}/events"
    assert embedded_site.program(trainee).post(url, json=told).get_json() == {"kept": 1}
    rows = browser.get(f"{watching}/rows").text
    assert "한유나" in rows
    assert "1 time in another window" in rows
    assert "<html" not in rows
    assert "Another window or application came to the front." in browser.get(f"{watching}/{attempt_id}").text


def test_what_a_room_tells_is_checked(embedded_site: Site, trainee: UUID, sit: Sit) -> None:
    attempt_id = sit(trainee, publish_mock_exam(embedded_site).id).attempt.id
    url, program = f"/api/v1/assessment/attempts/{attempt_id}/events", embedded_site.program(trainee)
    for wrong in (
        {"kind": "cheated", "ago": 0},
        {"kind": "focus-lost", "ago": -1},
        {"kind": "session-ended", "ago": 0},
    ):
        assert program.post(url, json={"events": [{"id": str(uuid4()), **wrong}]}).status_code == 422
    many = [{"id": str(uuid4()), "kind": "opened", "ago": 0} for _ in range(51)]
    assert program.post(url, json={"events": many}).status_code == 422


def test_what_was_noted_is_in_the_export_and_goes_with_the_account(
    embedded_site: Site, trainee: UUID, sit: Sit
) -> None:
    attempt_id, program = sit(trainee, publish_mock_exam(embedded_site).id).attempt.id, embedded_site.program(trainee)
    told = {"events": [{"id": str(uuid4()), "kind": "opened", "ago": 0}]}
    program.post(f"/api/v1/assessment/attempts/{attempt_id}/events", json=told)
    program.get(f"/api/v1/assessment/attempts/{attempt_id}/clock")
    privacy = embedded_site.provide(PrivacyService)
    exported = privacy.export(SYSTEM, trainee)
    assert [len(exported[table.name]) for table in (attempt_events, presences)] == [1, 1]
    privacy.erase(SYSTEM, trainee)
    with embedded_site.house.work.read() as uow:
        kept = [uow.session.scalar(select(func.count()).select_from(table)) for table in (attempt_events, presences)]
    assert kept == [0, 0]


def test_minutes_are_given_to_one_and_to_all(embedded_site: Site, teacher: UUID, trainee: UUID, sit: Sit) -> None:
    exam = publish_mock_exam(embedded_site)
    attempt_id = sit(trainee, exam.id).attempt.id
    browser, watching = embedded_site.browser(teacher), f"/assessment/authoring/{exam.id}/proctor"
    assert browser.submit(watching, minutes="5", reason="A fire drill").status_code == 302
    assert browser.submit(f"{watching}/{attempt_id}", minutes="3", reason="A broken mouse").status_code == 302
    assert "8 min" in browser.get(f"{watching}/rows").text
    assert "This is required" in browser.submit(f"{watching}/{attempt_id}", minutes="3").text


def test_a_session_is_ended_and_taken_over(embedded_site: Site, teacher: UUID, trainee: UUID, sit: Sit) -> None:
    exam = publish_mock_exam(embedded_site)
    attempt_id = sit(trainee, exam.id).attempt.id
    one = f"/assessment/authoring/{exam.id}/proctor/{attempt_id}"
    assert embedded_site.browser(teacher).submit(f"{one}/session-end").status_code == 302
    session = embedded_site.program(trainee).post(f"/api/v1/assessment/attempts/{attempt_id}/session")
    assert session.get_json()["generation"] == 3


def test_strangers_find_none_of_these_pages(embedded_site: Site, trainee: UUID, sit: Sit) -> None:
    exam = publish_mock_exam(embedded_site)
    attempt_id, browser = sit(trainee, exam.id).attempt.id, embedded_site.browser(trainee)
    here = f"/assessment/authoring/{exam.id}"
    for page in ("proctor", "proctor/rows", f"proctor/{attempt_id}", "integrity"):
        assert browser.get(f"{here}/{page}").status_code == 404


def test_conditions_name_the_line_that_is_wrong(embedded_site: Site, teacher: UUID) -> None:
    exam = publish_mock_exam(embedded_site)
    page = f"/assessment/authoring/{exam.id}/integrity"
    wrong = embedded_site.browser(teacher).submit(page, networks="upstairs", password="abc", exam_keys="short")
    assert wrong.status_code == 422
    assert "at least four characters" in wrong.text
    assert "64 characters" in wrong.text
    line = embedded_site.browser(teacher).submit(page, networks="10.2.30.0/24\nupstairs")
    assert "Line 2" in line.text


def test_the_password_is_asked_for_beside_the_agreement(embedded_site: Site, teacher: UUID, trainee: UUID) -> None:
    exam = publish_mock_exam(embedded_site)
    page, begin = f"/assessment/authoring/{exam.id}/integrity", f"/assessment/exams/{exam.id}"
    assert embedded_site.browser(teacher).submit(page, password="blue whale").status_code == 302
    assert "blue whale" not in embedded_site.browser(teacher).get(page).text
    browser = embedded_site.browser(trainee)
    assert 'name="password"' in browser.get(begin).text
    refused = browser.submit(begin, agreed="true", mode="simulation", password="red whale")
    assert refused.status_code == 409
    assert "not the password of this exam" in refused.text
    assert browser.submit(begin, agreed="true", mode="simulation", password="blue whale").status_code == 302


def test_outside_of_safe_exam_browser_the_way_in_is_shown(embedded_site: Site, trainee: UUID) -> None:
    exam = publish_mock_exam(embedded_site)
    require_browser(embedded_site, exam.id)
    browser = embedded_site.browser(trainee)
    page = browser.get(f"/assessment/exams/{exam.id}").text
    assert 'value="simulation"' not in page
    link = re.search(r'href="seb://([^"]+\.seb)"', page)
    assert link is not None
    file = embedded_site.app.test_client().get("/" + link[1].partition("/")[2])
    assert file.content_type == "application/seb"
    assert plistlib.loads(file.data)["startURL"].endswith(f"/assessment/exams/{exam.id}")
    assert embedded_site.app.test_client().get("/assessment/seb/forged.seb").status_code == 404


def test_the_room_and_saves_ask_for_the_browsers_key(embedded_site: Site, trainee: UUID) -> None:
    exam = publish_mock_exam(embedded_site)
    key = require_browser(embedded_site, exam.id)
    program = embedded_site.program(trainee)

    def shown(path: str) -> dict[str, str]:
        return {"X-SafeExamBrowser-ConfigKeyHash": request_hash(f"http://localhost{path}", key)}

    start = f"/api/v1/assessment/exams/{exam.id}/attempts"
    assert program.post(start, json={"mode": "simulation"}).status_code == 409
    attempt = program.post(start, json={"mode": "simulation"}, headers=shown(start)).get_json()
    save = f"/api/v1/assessment/attempts/{attempt['id']}/responses/1"
    body, token = {"sequence": 1, "response": {"choices": []}}, {"Authorization": f"Bearer {attempt['save_token']}"}
    client = embedded_site.app.test_client()
    refused = client.put(save, json=body, headers=token)
    assert (refused.status_code, refused.get_json()["type"]) == (403, "safe-browser-required")
    assert client.put(save, json=body, headers=token | shown(save)).status_code == 200
    room = f"/assessment/attempts/{attempt['id']}"
    outside = embedded_site.browser(trainee).get(room)
    assert outside.status_code == 403
    assert "Open in Safe Exam Browser" in outside.text
    inside = embedded_site.browser(trainee)
    assert inside.get(room, headers=shown(room)).status_code == 200


def test_the_key_that_is_shown_to_staff_is_that_of_the_file(embedded_site: Site, teacher: UUID) -> None:
    exam = publish_mock_exam(embedded_site)
    key = require_browser(embedded_site, exam.id)
    assert key in embedded_site.browser(teacher).get(f"/assessment/authoring/{exam.id}/integrity").text
    assert config_key(plistlib.loads(embedded_site.provide(IntegrityService).file(exam.id))) == key
