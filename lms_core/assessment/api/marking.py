"""Marking: what waits at an exam, one answer beside its rubric, and its mark."""

from typing import Any
from uuid import UUID

from lms_core.assessment.api.blueprint import api
from lms_core.assessment.domain.marking import MARK_ANSWERS, MarkAnswer
from lms_core.assessment.schemas.markings import AnswerToMarkOut, MarkIn, MarkingOut, MarkingsIn, answer_shown
from lms_core.assessment.service import MarkingService
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.api import page_of
from lms_core.foundation.web.languages import language
from lms_core.foundation.web.schemas import page_request


@api.get("/exams/<uuid:exam_id>/answers-to-mark")
@api.arguments(MarkingsIn, location="query")
@api.response(200, page_of(MarkingOut))
@api.alt_response(404, description="No exam whose answers one may mark")
@access(MARK_ANSWERS, scope="object")
def answers_to_mark(query: dict[str, Any], exam_id: UUID) -> dict[str, Any]:
    """The answers that wait for a person or were marked, those that waited longest first."""
    wanted = page_request(query, "state", given={"state": query["state"]})
    _, found = provide(MarkingService).queue(current_actor(), exam_id, wanted)
    return {"items": found.items, "next": found.next, "total": found.total}


@api.get("/attempts/<uuid:attempt_id>/answers/<int:slot>/marks")
@api.response(200, AnswerToMarkOut)
@api.alt_response(404, description="No answer that one may mark")
@access(MARK_ANSWERS, scope="object")
def answer_to_mark(attempt_id: UUID, slot: int) -> dict[str, Any]:
    """One answer beside its rubric, with its marks. Reading it is recorded."""
    return answer_shown(provide(MarkingService).shown(current_actor(), attempt_id, slot, language()))


@api.post("/attempts/<uuid:attempt_id>/answers/<int:slot>/marks")
@api.arguments(MarkIn)
@api.response(201, AnswerToMarkOut)
@api.alt_response(404, description="No answer that one may mark")
@api.alt_response(409, description="marked-meanwhile, or second-look: the second one is somebody else's")
@access(MARK_ANSWERS, scope="object")
def mark_answer(told: dict[str, Any], attempt_id: UUID, slot: int) -> dict[str, Any]:
    """Give points by criterion; the result of the attempt follows."""
    service, actor = provide(MarkingService), current_actor()
    service.mark(actor, MarkAnswer(attempt_id, slot, told["points"], told["note"], told["seen"]))
    return answer_shown(service.shown(actor, attempt_id, slot, language()))
