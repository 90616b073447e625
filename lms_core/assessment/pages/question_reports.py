"""Reporting a question after an attempt, and answering such a report."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.banks import AUTHOR_ITEM
from lms_core.assessment.domain.question_reports import ReportQuestion
from lms_core.assessment.domain.results import NotSubmitted
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.banks import bank_view, told
from lms_core.assessment.schemas.question_reports import KINDS, AnswerIn, QuestionReportIn, ReportQuery
from lms_core.assessment.service import AttemptService, QuestionReportService
from lms_core.foundation.text import text
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.forms import form_view
from lms_core.foundation.web.schemas import PageIn, load, page_request
from lms_core.people.service import DirectoryService


@pages.route("/attempts/<uuid:attempt_id>/questions/<int:slot>/report", methods=["GET", "POST"])
@access(SIGNED_IN, scope="object")
def report_question(attempt_id: UUID, slot: int) -> ResponseReturnValue:
    """Say what is wrong with a question of one's own attempt, and read what was answered."""
    actor, service = current_actor(), provide(QuestionReportService)
    back = url_for("assessment.report", attempt_id=attempt_id, _anchor=f"item-{slot}")

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        service.report(actor, ReportQuestion(attempt_id, slot, **data))
        return told(back, text("Thank you. Whoever wrote the question reads it, and the answer appears here."))

    try:
        messages = service.own(actor, attempt_id, slot)
    except NotSubmitted:
        return redirect(url_for("assessment.room", attempt_id=attempt_id))
    attempt = provide(AttemptService).standing(actor, attempt_id)
    state = service.states(actor, attempt).get(slot, "")
    shown: dict[str, Any] = {"slot": slot, "messages": messages, "state": state, "back": back, "me": actor.person_id}
    return form_view(QuestionReportIn(), "assessment/report_question.html", act, {"kind": "key"}, **shown)


@pages.get("/reported")
@access(SIGNED_IN, scope="own")
def reported() -> ResponseReturnValue:
    """What one reported about questions, and how it stands."""
    found = provide(QuestionReportService).mine(current_actor(), page_request(load(PageIn(), request.args)))
    return render_template("assessment/reported.html", page=found, kinds=dict(KINDS))


@pages.get("/banks/<uuid:bank_id>/reports")
@access(AUTHOR_ITEM, scope="object")
def bank_reports(bank_id: UUID) -> ResponseReturnValue:
    """What trainees reported about the questions of a bank."""
    wanted = page_request(load(ReportQuery(), request.args), "state", given=request.args)
    found = provide(QuestionReportService).find(current_actor(), bank_id, wanted)
    return bank_view("reports.html", bank_id, page=found, wanted=wanted, kinds=dict(KINDS))


@pages.route("/question-reports/<uuid:report_id>", methods=["GET", "POST"])
@access(AUTHOR_ITEM, scope="object")
def question_report(report_id: UUID) -> ResponseReturnValue:
    """A report with what was written about it; answering it."""
    actor, service = current_actor(), provide(QuestionReportService)
    shown = service.get(actor, report_id)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        service.answer(actor, report_id, data["words"], close=data["close"])
        return told(url_for("assessment.question_report", report_id=report_id), text("The answer was sent."))

    names = provide(DirectoryService).names([one.person_id for one in shown.messages])
    return form_view(
        AnswerIn(), "assessment/banks/report.html", act, shown=shown, bank=shown.bank, names=names, kinds=dict(KINDS)
    )


@pages.post("/question-reports/<uuid:report_id>/reopen")
@access(AUTHOR_ITEM, scope="object")
def reopen_report(report_id: UUID) -> ResponseReturnValue:
    """Open a report anew."""
    provide(QuestionReportService).reopen(current_actor(), report_id)
    return told(url_for("assessment.question_report", report_id=report_id), text("The report is open again."))
