"""Comments after a simulation: the page between the exam room and the report, and what authors read."""

from typing import Any
from uuid import UUID

import orjson
from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms_core.assessment.domain.banks import AUTHOR_ITEM
from lms_core.assessment.domain.comments import WHOLE
from lms_core.assessment.domain.exams import AUTHOR_EXAM
from lms_core.assessment.domain.results import NotSubmitted
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.banks import bank_view, told
from lms_core.assessment.service import CommentService, ExamService
from lms_core.assessment.service.comments import Commenting
from lms_core.foundation.errors import Invalid
from lms_core.foundation.text import text
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.errors import status_of
from lms_core.foundation.web.languages import language, say
from lms_core.foundation.web.schemas import PageIn, load, page_request


@pages.route("/attempts/<uuid:attempt_id>/comments", methods=["GET", "POST"])
@access(SIGNED_IN, scope="own")
def comments(attempt_id: UUID) -> ResponseReturnValue:
    """Comment on the questions of a simulation that was handed in, then go on to its report."""
    actor, service = current_actor(), provide(CommentService)
    try:
        found = service.open(actor, attempt_id, language())
    except NotSubmitted:
        return redirect(url_for("assessment.room", attempt_id=attempt_id))
    if request.method != "POST":
        return _page(found, dict(found.said))
    report = url_for("assessment.report", attempt_id=attempt_id)
    words = {slot: request.form.get(f"words.{slot}", "") for slot in range(WHOLE, found.attempt.slots + 1)}
    try:
        count = service.write(actor, attempt_id, words)
    except Invalid as wrong:
        return make_response(_page(found, words, wrong), status_of(wrong))
    return told(report, text("Thank you for your comments.")) if count else redirect(report)


@pages.get("/banks/<uuid:bank_id>/comments")
@access(AUTHOR_ITEM, scope="object")
def bank_comments(bank_id: UUID) -> ResponseReturnValue:
    """What was said about the questions of a bank after simulations."""
    found = provide(CommentService).of_bank(current_actor(), bank_id, page_request(load(PageIn(), request.args)))
    return bank_view("comments.html", bank_id, page=found)


@pages.get("/authoring/<uuid:exam_id>/comments")
@access(AUTHOR_EXAM, scope="object")
def exam_comments(exam_id: UUID) -> ResponseReturnValue:
    """What was said after simulations of an exam."""
    actor = current_actor()
    found = provide(CommentService).of_exam(actor, exam_id, page_request(load(PageIn(), request.args)))
    exam = provide(ExamService).get(actor, exam_id).exam
    return render_template("assessment/exam_comments.html", exam=exam, page=found)


def _page(found: Commenting, words: dict[int, str], wrong: Invalid | None = None) -> str:
    questions: list[dict[str, Any]] = []
    for slot, line in enumerate(found.lines, start=1):
        # Renderings are made safe before they are stored.
        prompt = Markup(orjson.loads(line)["prompt_html"])  # noqa: S704
        questions.append({"slot": slot, "prompt": prompt, "flagged": slot in found.flagged})
    errors = {
        int(name.split(".")[1]): [say(one) for one in said] for name, said in (wrong.fields if wrong else {}).items()
    }
    return render_template(
        "assessment/comments.html",
        attempt=found.attempt,
        exam=found.exam,
        questions=questions,
        words=words,
        errors=errors,
        spoken=language(),
    )
