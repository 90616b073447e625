"""Exams for those who write them: the list, a draft, what the banks hold for it, opening and closing."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.exams import AUTHOR_EXAM, READ_RESULT, DraftExam, Exam
from lms_core.assessment.domain.forms import SpecificationUnmet
from lms_core.assessment.domain.integrity import SET_INTEGRITY
from lms_core.assessment.domain.proctoring import PROCTOR
from lms_core.assessment.domain.windows import Window
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.banks import told
from lms_core.assessment.pages.exam_forms import NEW, exam_form, type_titles, values_of
from lms_core.assessment.pages.exam_sent import command_of, schema_input, sent_exam
from lms_core.assessment.schemas.exam_writing import WindowFormIn, WrittenExamIn
from lms_core.assessment.schemas.exams import ExamQueryIn
from lms_core.assessment.service import BankService, ExamService, WindowService
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import NotFound
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.errors import status_of
from lms_core.foundation.web.forms import BESIDE, form_view
from lms_core.foundation.web.schemas import load, page_request


@pages.get("/authoring")
@access(AUTHOR_EXAM, scope="any")
def written_exams() -> ResponseReturnValue:
    """The exams that one writes: search, filter by state, sort, pages."""
    query = load(ExamQueryIn(), request.args)
    given = {"state": query["state"], "to": "write"}
    wanted = page_request(query, *given, given=given)
    found = provide(ExamService).find(current_actor(), wanted)
    return render_template("assessment/written_exams.html", page=found, wanted=wanted)


@pages.route("/authoring/new", methods=["GET", "POST"])
@access(AUTHOR_EXAM, scope="any")
def new_exam() -> ResponseReturnValue:
    """Begin a draft."""
    actor = current_actor()
    return _edit(actor, None, lambda command: provide(ExamService).draft(actor, command))


@pages.get("/authoring/<uuid:exam_id>")
@access(AUTHOR_EXAM, scope="object")
def written_exam(exam_id: UUID) -> ResponseReturnValue:
    """A draft with what is missing, or an exam that is open, and what can be done with it."""
    return _show(current_actor(), exam_id)


@pages.route("/authoring/<uuid:exam_id>/edit", methods=["GET", "POST"])
@access(AUTHOR_EXAM, scope="object")
def edit_exam(exam_id: UUID) -> ResponseReturnValue:
    """Write a draft anew."""
    actor = current_actor()
    exam = _written(actor, exam_id)
    exam.require_draft()
    return _edit(actor, exam, lambda command: provide(ExamService).change(actor, exam_id, command))


@pages.post("/authoring/<uuid:exam_id>/publish")
@access(AUTHOR_EXAM, scope="object")
def publish_exam(exam_id: UUID) -> ResponseReturnValue:
    """Draw its forms and open it; or say what is missing."""
    actor = current_actor()
    try:
        provide(ExamService).publish(actor, exam_id)
    except SpecificationUnmet as unmet:
        return make_response(_show(actor, exam_id, unmet), status_of(unmet))
    return told(url_for("assessment.written_exam", exam_id=exam_id), text("The exam is open to those it is for."))


@pages.post("/authoring/<uuid:exam_id>/close")
@access(AUTHOR_EXAM, scope="object")
def close_exam(exam_id: UUID) -> ResponseReturnValue:
    """Let nobody begin any more."""
    provide(ExamService).close(current_actor(), exam_id)
    return told(url_for("assessment.written_exam", exam_id=exam_id), text("Nobody can begin this exam any more."))


@pages.route("/authoring/<uuid:exam_id>/window", methods=["GET", "POST"])
@access(AUTHOR_EXAM, scope="object")
def move_window(exam_id: UUID) -> ResponseReturnValue:
    """Move the window of an exam that is open, and say what that means for those who sit it now."""
    actor = current_actor()
    exam = _written(actor, exam_id)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        moved = provide(WindowService).move(actor, exam_id, Window(data["opens_at"], data["closes_at"]))
        done = text(
            "The window was moved. Of %(running)s running attempts %(extended)s end later; none ends earlier.",
            running=moved.running,
            extended=moved.extended,
        )
        return told(url_for("assessment.written_exam", exam_id=exam_id), done)

    return form_view(
        WindowFormIn(),
        "assessment/exam_window.html",
        act,
        {name: getattr(exam.specification, name) for name in ("opens_at", "closes_at")},
        exam=exam,
        running=provide(WindowService).running(actor, exam_id),
    )


def _show(actor: Actor, exam_id: UUID, unmet: SpecificationUnmet | None = None) -> str:
    exam = _written(actor, exam_id)
    banks = {one.id: one for one in provide(BankService).choices(actor)}
    return render_template(
        "assessment/written_exam.html",
        exam=exam,
        checks={one.domain: one for one in provide(ExamService).check(actor, exam_id)},
        banks=[banks[one] for one in exam.specification.bank_ids if one in banks],
        types=type_titles(),
        unmet=unmet,
        missing=() if unmet or exam.state != "draft" else provide(ExamService).missing(actor, exam_id),
        may_read=actor.may(READ_RESULT, exam.scopes),
        may_proctor=actor.may(PROCTOR, exam.scopes),
        may_set_integrity=actor.may(SET_INTEGRITY, exam.scopes),
        may_sit=provide(ExamService).get(actor, exam_id).may_sit,
    )


def _written(actor: Actor, exam_id: UUID) -> Exam:
    listed = provide(ExamService).get(actor, exam_id)
    if not listed.may_author:
        raise NotFound
    return listed.exam


def _edit(actor: Actor, exam: Exam | None, keep: Callable[[DraftExam], Exam]) -> ResponseReturnValue:
    if request.method != "POST":
        return _form_page(actor, exam, values_of(exam) if exam else NEW)
    sent = sent_exam()
    if "more" in request.form:
        return _form_page(actor, exam, sent)
    try:
        kept = keep(command_of(actor, load(WrittenExamIn(), schema_input(sent)), exam))
    except BESIDE as wrong:
        return make_response(_form_page(actor, exam, sent, wrong), status_of(wrong))
    return redirect(url_for("assessment.written_exam", exam_id=kept.id))


def _form_page(actor: Actor, exam: Exam | None, values: Mapping[str, Any], wrong: Any = None) -> str:
    made = exam_form(actor, values, wrong)
    return render_template("assessment/exam_form.html", form=made.form, rows=made.rows, types=made.types, exam=exam)
