"""Comments after a simulation: one's own, and those that authors read."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from lms_core.assessment.api.blueprint import api
from lms_core.assessment.domain.banks import AUTHOR_ITEM
from lms_core.assessment.domain.comments import Comment
from lms_core.assessment.domain.exams import AUTHOR_EXAM
from lms_core.assessment.schemas.comments import CommentOut, CommentsIn, WrittenCommentsOut
from lms_core.assessment.service import CommentService
from lms_core.foundation.paging import Page
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.api import PageIn, page_of
from lms_core.foundation.web.languages import language
from lms_core.foundation.web.schemas import page_request


@api.get("/attempts/<uuid:attempt_id>/comments")
@api.response(200, WrittenCommentsOut)
@api.alt_response(404, description="No simulation of one's own that asks for comments")
@api.alt_response(409, description="not-submitted")
@access(SIGNED_IN, scope="own")
def comments(attempt_id: UUID) -> dict[str, Any]:
    """What one said about the questions of a simulation."""
    return _written(attempt_id)


@api.put("/attempts/<uuid:attempt_id>/comments")
@api.arguments(CommentsIn)
@api.response(200, WrittenCommentsOut)
@api.alt_response(404, description="No simulation of one's own that asks for comments, or no such question")
@api.alt_response(409, description="not-submitted")
@access(SIGNED_IN, scope="own")
def comment(told: dict[str, Any], attempt_id: UUID) -> dict[str, Any]:
    """Say something about questions of a simulation that was handed in."""
    words = {one["slot"]: one["words"] for one in told["comments"]}
    provide(CommentService).write(current_actor(), attempt_id, words)
    return _written(attempt_id)


@api.get("/banks/<uuid:bank_id>/comments")
@api.arguments(PageIn, location="query")
@api.response(200, page_of(CommentOut))
@api.alt_response(404, description="No bank that one may see")
@access(AUTHOR_ITEM, scope="object")
def bank_comments(query: dict[str, Any], bank_id: UUID) -> dict[str, Any]:
    """What was said about the questions of a bank."""
    return _page(provide(CommentService).of_bank(current_actor(), bank_id, page_request(query)))


@api.get("/exams/<uuid:exam_id>/comments")
@api.arguments(PageIn, location="query")
@api.response(200, page_of(CommentOut))
@api.alt_response(404, description="No exam that one may know of")
@access(AUTHOR_EXAM, scope="object")
def exam_comments(query: dict[str, Any], exam_id: UUID) -> dict[str, Any]:
    """What was said after simulations of an exam."""
    return _page(provide(CommentService).of_exam(current_actor(), exam_id, page_request(query)))


def _written(attempt_id: UUID) -> dict[str, Any]:
    said = provide(CommentService).open(current_actor(), attempt_id, language()).said
    return {"comments": [{"slot": slot, "words": words} for slot, words in sorted(said.items())]}


def _page(found: Page[tuple[Comment, str]] | Page[tuple[Comment, str | None]]) -> dict[str, Any]:
    items = [asdict(one) | {"identifier": identifier} for one, identifier in found.items]
    return {"items": items, "next": found.next, "total": found.total}
