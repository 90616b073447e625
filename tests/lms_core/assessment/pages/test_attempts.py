"""The exam room's page, and the list of one's own attempts."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from lms_core.assessment.service import Sitting
from lms_core.foundation.web.assets import VENDOR
from tests.support.missing import missing
from tests.support.mock_exams import publish_mock_exam
from tests.support.site import Site

Sit = Callable[[UUID, UUID], Sitting]


def test_the_room_carries_its_words_and_no_question(embedded_site: Site, trainee: UUID, sit: Sit) -> None:
    sitting = sit(trainee, publish_mock_exam(embedded_site).id)
    page = embedded_site.browser(trainee, "ko").get(f"/assessment/attempts/{sitting.attempt.id}").text
    assert "<lms-exam-room" in page
    assert "남은 시간 {n}분" in page
    assert "prompt_html" not in page


def test_the_room_of_another_does_not_exist(embedded_site: Site, trainee: UUID, teacher: UUID, sit: Sit) -> None:
    sitting = sit(trainee, publish_mock_exam(embedded_site).id)
    assert embedded_site.browser(teacher).get(f"/assessment/attempts/{sitting.attempt.id}").status_code == 404


def test_the_questions_language_is_marked_where_it_is_not_the_pages(
    embedded_site: Site, trainee: UUID, sit: Sit
) -> None:
    sitting = sit(trainee, publish_mock_exam(embedded_site, languages=("ko",)).id)
    page = embedded_site.browser(trainee, "en").get(f"/assessment/attempts/{sitting.attempt.id}").text
    assert 'data-language="en" data-spoken="ko"' in page


def test_a_room_whose_time_is_over_leads_to_the_report(embedded_site: Site, trainee: UUID, sit: Sit) -> None:
    sitting = sit(trainee, publish_mock_exam(embedded_site).id)
    embedded_site.clock.move(hours=2)
    answer = embedded_site.browser(trainee).get(f"/assessment/attempts/{sitting.attempt.id}")
    assert answer.location.endswith(f"/assessment/attempts/{sitting.attempt.id}/report")


def test_ones_attempts_are_listed_with_score_and_state(embedded_site: Site, trainee: UUID, sit: Sit) -> None:
    exam = publish_mock_exam(embedded_site)
    assert "You have not sat an exam yet" in embedded_site.browser(trainee).get("/assessment/attempts").text
    first = sit(trainee, exam.id)
    embedded_site.clock.set(first.attempt.deadline.closes_at + timedelta(seconds=1))
    embedded_site.browser(trainee).get(f"/assessment/attempts/{first.attempt.id}")
    sit(trainee, exam.id)
    page = embedded_site.browser(trainee).get("/assessment/attempts").text
    assert f"/assessment/attempts/{first.attempt.id}/report" in page
    assert "running" in page
    assert "0%" in page


def test_the_service_worker_stands_where_its_scope_is_and_is_asked_for_anew(embedded_site: Site) -> None:
    if not (VENDOR / "manifest.json").is_file():
        missing("bundled styles and scripts", f"{VENDOR} is empty", "npm ci && npm run build")
    client = embedded_site.app.test_client()
    answer = client.get("/assessment/exam-worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert not re.search(r"\bimport\b", answer.text), "not every browser lets a worker import"
    again = client.get("/assessment/exam-worker.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
