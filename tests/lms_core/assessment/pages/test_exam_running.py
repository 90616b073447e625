"""Everybody's attempts at an exam, and more time for those who sit it."""

import re
from collections.abc import Callable
from uuid import UUID

from lms_core.assessment.service import Sitting
from lms_core.foundation.actors import SYSTEM
from lms_core.people.service import AccountService
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
    assert "Give more time" in page


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


def test_time_for_one_person_stands_in_the_list_of_what_was_given(
    embedded_site: Site, teacher: UUID, trainee: UUID, sit: Sit
) -> None:
    exam = publish_mock_exam(embedded_site)
    sit(trainee, exam.id)
    browser = embedded_site.browser(teacher)
    attempts = f"/assessment/authoring/{exam.id}/attempts"
    assert (
        "Nobody has an account with this address"
        in browser.submit(attempts, minutes="10", reason="A broken mouse", email="nobody@example.org").text
    )
    assert "No time was given yet" in browser.get(f"/assessment/authoring/{exam.id}/incidents").text
    given = browser.submit(attempts, minutes="10", reason="A broken mouse", network="127.0.0.0/8")
    page = browser.get(given.location).text

    assert "A broken mouse" in page
    assert "127.0.0.0/8" in page


def test_more_time_for_a_person_is_granted_with_consent_and_revoked(
    embedded_site: Site, teacher: UUID, trainee: UUID, sit: Sit
) -> None:
    exam = publish_mock_exam(embedded_site)
    sitting = sit(trainee, exam.id)
    url, browser = f"/assessment/authoring/{exam.id}/accommodations", embedded_site.browser(teacher)
    address = embedded_site.provide(AccountService).profile(SYSTEM, trainee).email
    refused = browser.submit(url, email=address, percent="25")
    assert refused.status_code == 422
    assert "has to agree" in refused.text
    assert "Write how much more time" in browser.submit(url, email=address, consent="true").text

    granted = browser.submit(url, email=address, percent="25", consent="true")
    assert granted.status_code == 302
    clock = embedded_site.program(trainee).get(f"/api/v1/assessment/attempts/{sitting.attempt.id}/clock").get_json()
    assert clock["revision"] == 2
    page = browser.get(url).text
    assert "한유나" in page
    revocation = re.findall(rf'"({url}/[^"]+/revocation)"', page)[0]
    browser.submit(revocation)
    assert "Nobody gets more time in this exam" in browser.get(url).text


def test_who_may_not_grant_more_time_finds_no_such_page(embedded_site: Site, trainee: UUID) -> None:
    exam = publish_mock_exam(embedded_site)
    for page in ("accommodations", "incidents"):
        found = embedded_site.browser(trainee).get(f"/assessment/authoring/{exam.id}/{page}")
        assert found.status_code in (403, 404)
