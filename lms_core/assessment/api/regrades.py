"""Regrades: what can be ruled on, a proposal with its preview, its approval, and the record."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from lms_core.assessment.api.blueprint import api
from lms_core.assessment.domain.regrades import REGRADE, ProposeRegrade, Ruling
from lms_core.assessment.schemas.regrade_shapes import (
    AskedQuestionOut,
    ChangeOut,
    ChangesIn,
    ProposeIn,
    RegradeOut,
    asked_shown,
    regrade_shown,
)
from lms_core.assessment.service import RegradeService
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.api import PageIn, page_of
from lms_core.foundation.web.languages import language
from lms_core.foundation.web.schemas import page_request


@api.get("/exams/<uuid:exam_id>/questions")
@api.arguments(PageIn, location="query")
@api.response(200, page_of(AskedQuestionOut))
@api.alt_response(404, description="No exam that one may regrade")
@access(REGRADE, scope="object")
def asked_questions(query: dict[str, Any], exam_id: UUID) -> dict[str, Any]:
    """The questions that an exam asks, each of which can be ruled on."""
    _, found = provide(RegradeService).questions(current_actor(), exam_id, page_request(query))
    return {"items": [asked_shown(one, language()) for one in found.items], "next": found.next, "total": found.total}


@api.get("/exams/<uuid:exam_id>/regrades")
@api.arguments(PageIn, location="query")
@api.response(200, page_of(RegradeOut))
@api.alt_response(404, description="No exam that one may regrade")
@access(REGRADE, scope="object")
def regrades(query: dict[str, Any], exam_id: UUID) -> dict[str, Any]:
    """What was proposed and applied at an exam, the newest first."""
    _, found = provide(RegradeService).of_exam(current_actor(), exam_id, page_request(query))
    return {"items": [regrade_shown(one) for one in found.items], "next": found.next, "total": found.total}


@api.post("/exams/<uuid:exam_id>/regrades")
@api.arguments(ProposeIn)
@api.response(201, RegradeOut)
@api.alt_response(404, description="No exam that one may regrade, or it does not ask the question")
@api.alt_response(409, description="regrade-runs: another one is being applied")
@api.alt_response(422, description="asks-otherwise: the newer version is another question, not another key")
@access(REGRADE, scope="object")
def propose_regrade(told: dict[str, Any], exam_id: UUID) -> dict[str, Any]:
    """Work out what a ruling would change. Nothing changes before it is approved."""
    ruling = Ruling(told["version_id"], told["part"], told["effect"])
    return regrade_shown(
        provide(RegradeService).propose(current_actor(), ProposeRegrade(exam_id, ruling, told["reason"]))
    )


@api.get("/regrades/<uuid:regrade_id>")
@api.response(200, RegradeOut)
@api.alt_response(404, description="No regrade that one may see")
@access(REGRADE, scope="object")
def regrade(regrade_id: UUID) -> dict[str, Any]:
    """A preview, how far its application is, or the record."""
    return regrade_shown(provide(RegradeService).shown(current_actor(), regrade_id).regrade)


@api.get("/regrades/<uuid:regrade_id>/changes")
@api.arguments(ChangesIn, location="query")
@api.response(200, page_of(ChangeOut))
@api.alt_response(404, description="No regrade that one may see")
@access(REGRADE, scope="object")
def regrade_changes(query: dict[str, Any], regrade_id: UUID) -> dict[str, Any]:
    """Whose score changes and by how much. Reading it is recorded."""
    wanted = page_request(query, "kind", given={"kind": query["kind"]})
    found = provide(RegradeService).changes(current_actor(), regrade_id, wanted)
    return {"items": [asdict(one) for one in found.items], "next": found.next, "total": found.total}


@api.post("/regrades/<uuid:regrade_id>/approval")
@api.response(200, RegradeOut)
@api.alt_response(404, description="No regrade that one may see")
@api.alt_response(409, description="preview-outdated: it is not complete, or another regrade came first")
@access(REGRADE, scope="object")
def approve_regrade(regrade_id: UUID) -> dict[str, Any]:
    """Let the ruling hold; every result follows it, in the background where they are many."""
    return regrade_shown(provide(RegradeService).approve(current_actor(), regrade_id))


@api.post("/regrades/<uuid:regrade_id>/discarding")
@api.response(200, RegradeOut)
@api.alt_response(404, description="No regrade that one may see")
@api.alt_response(409, description="preview-outdated: it is applied already")
@access(REGRADE, scope="object")
def discard_regrade(regrade_id: UUID) -> dict[str, Any]:
    """Leave everything as it is."""
    provide(RegradeService).discard(current_actor(), regrade_id)
    return regrade_shown(provide(RegradeService).shown(current_actor(), regrade_id).regrade)
