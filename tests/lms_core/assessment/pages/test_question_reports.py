"""Reporting a question after an exam, answering it, and withdrawing an item that somebody asks to be taken down."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest

from lms_core.assessment.domain.exams import SIT_EXAM
from lms_core.assessment.service import BankService, Sitting, SubmissionService
from lms_core.foundation.actors import SYSTEM, Actor, grants
from lms_core.foundation.paging import PageRequest
from tests.support.mock_exams import publish_mock_exam
from tests.support.site import Site, Visitor

Sit = Callable[[UUID, UUID], Sitting]
WORDS = "보기 1도 맞는 것 같아요. <b>확인</b>해 주세요."


@dataclass
class Sat:
    """An attempt that was begun, with the trainee and the author at their browsers."""

    site: Site
    sitting: Sitting
    exam_id: UUID
    trainee: Visitor
    author: Visitor
    bank_id: UUID

    @property
    def question(self) -> str:
        return f"/assessment/attempts/{self.sitting.attempt.id}/questions/1/report"

    def hand_in(self) -> None:
        actor = Actor(self.sitting.attempt.person_id, grants({SIT_EXAM}))
        self.site.provide(SubmissionService).submit(actor, self.sitting.attempt.id)

    def report(self) -> str:
        """Report the first question; the address of the report, for its author."""
        self.trainee.submit(self.question, kind="key", words=WORDS)
        listed = self.author.get(f"/assessment/banks/{self.bank_id}/reports").text
        return "/assessment/question-reports/" + listed.split("/question-reports/")[1].split('"')[0]


@pytest.fixture
def sat(embedded_site: Site, trainee: UUID, teacher: UUID, sit: Sit) -> Sat:
    exam = publish_mock_exam(embedded_site)
    (bank,) = embedded_site.provide(BankService).choices(SYSTEM)
    browsers = embedded_site.browser(trainee), embedded_site.browser(teacher)
    return Sat(embedded_site, sit(trainee, exam.id), exam.id, *browsers, bank.id)


def test_a_question_is_reported_answered_reported_again_and_closed(sat: Sat) -> None:
    sat.hand_in()
    assert "Report question 1" in sat.trainee.get(f"/assessment/attempts/{sat.sitting.attempt.id}/report").text
    here = sat.report()
    assert "보기 1도" in sat.author.get(here).text
    assert "<b>확인</b>" not in sat.author.get(here).text

    sat.author.submit(here, words="맞아요. 고쳤어요.")
    assert "answered" in sat.trainee.get(f"/assessment/attempts/{sat.sitting.attempt.id}/report").text
    assert "맞아요. 고쳤어요." in sat.trainee.get(sat.question).text
    assert "answered" in sat.trainee.get("/assessment/reported").text

    sat.trainee.submit(sat.question, words="고맙습니다. 한 가지 더요.")
    assert "한 가지 더요" in sat.author.get(here).text
    assert "Nobody has reported" in sat.author.get(f"/assessment/banks/{sat.bank_id}/reports?state=answered").text
    sat.author.submit(here, words="그것도 고쳤어요.", close="true")
    assert "This report is closed" in sat.trainee.get(sat.question).text
    assert sat.trainee.submit(sat.question, words="또").status_code == 409
    sat.author.submit(f"{here}/reopen")
    assert "waits for an answer" in sat.author.get(here).text


def test_nothing_is_reported_while_the_exam_runs(sat: Sat) -> None:
    assert sat.trainee.get(sat.question).status_code == 302
    assert sat.trainee.submit(sat.question, words=WORDS).status_code == 302
    sat.hand_in()
    assert WORDS[:5] not in sat.trainee.get(sat.question).text


def test_a_report_says_something_about_a_question_that_was_asked(sat: Sat) -> None:
    sat.hand_in()
    empty = sat.trainee.submit(sat.question, kind="key", words="   ")
    assert empty.status_code == 422
    assert 'aria-invalid="true"' in empty.text
    assert sat.trainee.get(sat.question.replace("/1/", "/99/")).status_code == 404


def test_reports_are_for_whoever_sat_and_whoever_writes(sat: Sat) -> None:
    sat.hand_in()
    here = sat.report()
    other = sat.site.browser(sat.site.person("other"))
    for url in (sat.question, here, f"/assessment/banks/{sat.bank_id}/reports"):
        assert other.get(url).status_code in {403, 404}, url
    assert sat.author.get(sat.question).status_code == 404
    assert sat.trainee.get(here).status_code in {403, 404}
    assert "You have reported no question" in other.get("/assessment/reported").text


def test_an_item_that_is_to_be_taken_down_is_withdrawn_at_once_and_logged(sat: Sat, sit: Sit, trainee: UUID) -> None:
    sat.hand_in()
    item_url = "/assessment/items/" + sat.author.get(sat.report()).text.split("/assessment/items/")[1][:36]
    nobody = sat.author.submit(f"{item_url}/takedown", asked_by="", reason="Ours")
    sat.author.submit(f"{item_url}/takedown", asked_by="Contoso, law@contoso.example", reason="It is our text.")

    log = sat.author.get(f"/assessment/banks/{sat.bank_id}/takedowns").text
    (item,) = [
        row.item
        for row in sat.site.provide(BankService).items(SYSTEM, sat.bank_id, PageRequest(size=100)).items
        if str(row.item.id) in item_url
    ]
    assert nobody.status_code == 422
    assert "Contoso" in log
    assert "withdrawn, not decided" in log
    assert (item.state, item.approved_version_id) == ("retired", None)
    assert sat.trainee.get(f"/assessment/attempts/{sat.sitting.attempt.id}/report").status_code == 200

    decision = f"/assessment/banks/{sat.bank_id}/takedowns/" + log.split("/takedowns/")[1].split('"')[0]
    sat.author.submit(decision, outcome="restored", done="They withdrew the claim.")
    assert "They withdrew the claim." in sat.author.get(f"/assessment/banks/{sat.bank_id}/takedowns").text
    assert sat.author.submit(decision, outcome="kept_out", done="No").status_code == 409
