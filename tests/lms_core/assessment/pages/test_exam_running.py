"""Everybody's attempts at an exam, and more time for those who sit it."""

from collections.abc import Callable
from uuid import UUID

from lms_core.assessment.service import Sitting
from tests.support.mock_exams import publish_mock_exam
from tests.support.site import Site

Sit = Callable[[UUID, UUID], Sitting]


def test_attempts_are_listed_with_names(embedded_site: Site, teacher: UUID, trainee: UUID, sit: Sit) -> None:
    exam = publish_mock_exam(embedded_site)
    browser = embedded_site.browser(teacher)
    assert "Nobody has begun this exam yet" in browser.get(f"/assessment/authoring/{exam.id}/attempts").text
    sit(trainee, exam.id)
    page = browser.get(f"/assessment/authoring/{exam.id}/attempts").text
    assert "한유나" in page
    assert "Give everybody more time" in page


def test_more_time_reaches_the_attempts_that_run(embedded_site: Site, teacher: UUID, trainee: UUID, sit: Sit) -> None:
    exam = publish_mock_exam(embedded_site)
    sitting = sit(trainee, exam.id)
    given = embedded_site.browser(teacher).submit(
        f"/assessment/authoring/{exam.id}/attempts", minutes="10", reason="A fire drill"
    )
    assert given.status_code == 302
    clock = embedded_site.program(trainee).get(f"/api/v1/assessment/attempts/{sitting.attempt.id}/clock").get_json()
    assert clock["revision"] == 2


def test_more_time_needs_a_reason(embedded_site: Site, teacher: UUID, trainee: UUID, sit: Sit) -> None:
    exam = publish_mock_exam(embedded_site)
    sit(trainee, exam.id)
    refused = embedded_site.browser(teacher).submit(f"/assessment/authoring/{exam.id}/attempts", minutes="10")
    assert refused.status_code == 422
    assert "This is required" in refused.text
