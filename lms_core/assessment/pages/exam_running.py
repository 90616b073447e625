"""An exam while it runs and afterwards: who sat it, with what result, and more time for everybody."""

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.exams import EXTEND_DEADLINE, READ_RESULT
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.banks import told
from lms_core.assessment.pages.standing import Tried
from lms_core.assessment.schemas.writing import MoreTimeIn
from lms_core.assessment.service import AttemptService, DeadlineService, ExamService, Extend, ResultService
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.forms import form_view
from lms_core.foundation.web.schemas import PageIn, load, page_request
from lms_core.people.service import DirectoryService


@pages.route("/authoring/<uuid:exam_id>/attempts", methods=["GET", "POST"])
@access(READ_RESULT, scope="object")
def exam_attempts(exam_id: UUID) -> ResponseReturnValue:
    """Everybody's attempts, the latest first; and more time for those who sit the exam now."""
    actor = current_actor()
    wanted = page_request(load(PageIn(), request.args))
    found = provide(AttemptService).of_exam(actor, exam_id, wanted)
    exam = provide(ExamService).get(actor, exam_id).exam

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        count = provide(DeadlineService).extend_all(actor, exam_id, Extend(data["minutes"] * 60, data["reason"]))
        message = text("%(count)s running attempts got %(minutes)s minutes more.", count=count, minutes=data["minutes"])
        return told(url_for("assessment.exam_attempts", exam_id=exam_id), message)

    results = provide(ResultService).of(actor, found.items)
    return form_view(
        MoreTimeIn(),
        "assessment/exam_attempts.html",
        act,
        exam=exam,
        page=found.map(lambda one: Tried(one, results.get(one.id))),
        names=provide(DirectoryService).names(one.person_id for one in found.items),
        may_extend=actor.may(EXTEND_DEADLINE, exam.scopes),
    )
