"""A trainee reports a question and its author answers: by keyboard, small and large, looked at by axe."""

import pytest
from playwright.sync_api import Page, expect

from lms_core.assessment.domain.exams import SIT_EXAM
from lms_core.assessment.service import AttemptService, StartAttempt, SubmissionService
from lms_core.foundation.actors import Actor, grants
from tests.support.browser import AXE, Served, Visits
from tests.support.exam_room import trainee
from tests.support.mock_exams import publish_mock_exam

WORDS = {
    "ko": {"send": "보내기", "answer": "답변 보내기", "thanks": "고맙습니다"},
    "en": {"send": "Send", "answer": "Send the answer", "thanks": "Thank you"},
}


def _is_sound(page: Page) -> None:
    page.evaluate(AXE.read_text())
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("axe.run().then(found => found.violations.map(one => one.id))") == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_trainee_reports_a_question_and_its_author_answers(served: Served, visit: Visits, language: str) -> None:
    exam, person_id, said = publish_mock_exam(served.site), trainee(visit), WORDS[language]
    actor = Actor(person_id, grants({SIT_EXAM}), language)
    sat = served.site.provide(AttemptService).start(actor, StartAttempt(exam.id, "simulation", language))
    served.site.provide(SubmissionService).submit(actor, sat.attempt.id)
    question = f"/assessment/attempts/{sat.attempt.id}/questions/1/report"

    page = visit(person_id, language, f"/assessment/attempts/{sat.attempt.id}/report")
    page.locator(f"a[href='{question}']").press("Enter")
    _is_sound(page)
    page.locator("textarea[name=words]").fill("Choice 1 is right as well.")
    page.get_by_role("button", name=said["send"], exact=True).press("Enter")
    expect(page.get_by_role("main")).to_contain_text(said["thanks"])

    bank_id = exam.specification.bank_ids[0]
    author = visit(served.site.administrator(), language, f"/assessment/banks/{bank_id}/reports")
    _is_sound(author)
    author.locator("a[href^='/assessment/question-reports/']").press("Enter")
    _is_sound(author)
    author.locator("textarea[name=words]").fill("You are right. It is mended.")
    author.get_by_role("button", name=said["answer"]).press("Enter")
    expect(author.get_by_role("main")).to_contain_text("It is mended")

    page.goto(served.address + question)
    expect(page.get_by_role("main")).to_contain_text("It is mended")
    _is_sound(page)
