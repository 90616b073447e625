"""Regrading from the exam and from the item: choose, preview, apply, and what the trainee reads."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest

from lms_core.assessment.service import Sitting, SubmissionService
from lms_core.foundation.actors import Actor
from tests.support.mock_exams import publish_mock_exam
from tests.support.site import Site

Sit = Callable[[UUID, UUID], Sitting]


@pytest.fixture
def sat(embedded_site: Site, trainee: UUID, sit: Sit) -> Sitting:
    """An attempt that was handed in without an answer."""
    sitting = sit(trainee, publish_mock_exam(embedded_site, pass_percent=10.0).id)
    embedded_site.provide(SubmissionService).submit(Actor(trainee), sitting.attempt.id)
    return sitting


def proposed(site: Site, teacher: UUID, sat: Sitting, effect: str = "give") -> str:
    """The address of a preview."""
    browser = site.browser(teacher)
    chosen = browser.get(f"/assessment/authoring/{sat.attempt.exam_id}/questions").text
    found = re.search(r'href="(/assessment/authoring/[^"]+/regrade)"', chosen)
    assert found
    there: str = browser.submit(found[1], effect=effect, reason="보기 두 개가 모두 맞아요").location
    return there


def test_a_regrade_goes_from_the_exam_to_a_preview_and_then_to_the_trainees_report(
    embedded_site: Site, teacher: UUID, trainee: UUID, sat: Sitting
) -> None:
    browser = embedded_site.browser(teacher)
    assert (
        f"/assessment/authoring/{sat.attempt.exam_id}/regrades"
        in browser.get(f"/assessment/authoring/{sat.attempt.exam_id}/attempts").text
    )
    there = proposed(embedded_site, teacher, sat)
    preview = browser.get(there).text
    report = f"/assessment/attempts/{sat.attempt.id}/report"

    assert "This is what would change" in preview
    assert "한유나" in preview
    assert re.search(r">\+\d", preview)
    assert "below the line → above the line" in preview
    assert "This report was changed" not in embedded_site.browser(trainee).get(report).text

    embedded_site.clock.move(minutes=5)
    browser.submit(f"{there}/approval")
    record = browser.get(there).text
    told = embedded_site.browser(trainee).get(report).text

    assert "The preview had found" in record
    assert "This report was changed" in told
    assert re.search(r"Your score changed: 0 → \d", told)
    assert "Reason: 보기 두 개가 모두 맞아요" in told
    assert "What the result was before" in told
    assert "applied" in browser.get(f"/assessment/authoring/{sat.attempt.exam_id}/regrades").text


def test_a_discarded_preview_changes_nothing(embedded_site: Site, teacher: UUID, trainee: UUID, sat: Sitting) -> None:
    there = proposed(embedded_site, teacher, sat)
    browser = embedded_site.browser(teacher)
    browser.submit(f"{there}/discarding")

    assert "No result changed." in browser.get(there).text
    refused = browser.submit(f"{there}/approval")
    assert refused.status_code == 409


def test_lists_of_a_preview_are_narrowed(embedded_site: Site, teacher: UUID, sat: Sitting) -> None:
    there = proposed(embedded_site, teacher, sat)
    browser = embedded_site.browser(teacher)

    assert "한유나" in browser.get(f"{there}?kind=passes").text
    assert "한유나" not in browser.get(f"{there}?kind=fails").text


def test_a_regrade_needs_a_reason_and_a_way(embedded_site: Site, teacher: UUID, sat: Sitting) -> None:
    browser = embedded_site.browser(teacher)
    chosen = browser.get(f"/assessment/authoring/{sat.attempt.exam_id}/questions").text
    form = re.search(r'href="(/assessment/authoring/[^"]+/regrade)"', chosen)
    assert form
    refused = browser.submit(form[1], effect="drop")

    assert refused.status_code == 422
    assert "This is required" in refused.text


def test_an_item_tells_which_exams_ask_it(embedded_site: Site, teacher: UUID, sat: Sitting) -> None:
    browser = embedded_site.browser(teacher)
    chosen = browser.get(f"/assessment/authoring/{sat.attempt.exam_id}/questions").text
    form = re.search(r'href="(/assessment/authoring/[^"]+/regrade)"', chosen)
    assert form
    item = re.search(r'href="(/assessment/items/[^"]+)"', browser.get(form[1]).text)
    assert item

    assert f"{item[1]}/exams" in browser.get(item[1]).text
    assert form[1] in browser.get(f"{item[1]}/exams").text


def test_a_trainee_finds_none_of_it(embedded_site: Site, teacher: UUID, trainee: UUID, sat: Sitting) -> None:
    there = proposed(embedded_site, teacher, sat)
    browser = embedded_site.browser(trainee)

    for address in (there, f"/assessment/authoring/{sat.attempt.exam_id}/regrades"):
        assert browser.get(address).status_code in {403, 404}
