"""Answers: one small request each, answered by a receipt once it is kept."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID

from flask import Response, g, request

from lms_core.assessment.api.blueprint import api
from lms_core.assessment.api.shapes import receipt_answer
from lms_core.assessment.schemas.attempts import ReceiptOut, SaveIn
from lms_core.assessment.schemas.integrity import shown_by
from lms_core.assessment.service import IntegrityGate, SaveResponse, SaveService, SaveTokens, Speaker
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import TooLarge
from lms_core.foundation.web import BY_TOKEN, access, current_actor, provide
from lms_core.foundation.web.house import house

LARGEST = 64 * 1024
# What the door ahead of Flask has found out about a request it hands on: when it came, and why it was refused.
ARRIVED = "lms.arrived_at"
REFUSED = "lms.refused"
View = TypeVar("View", bound=Callable[..., Any])


def received(view: View) -> View:
    """Note when a request came in and who speaks, and take at most 64 KiB. Stands above the parsing of arguments."""

    @wraps(view)
    def bounded(*arguments: Any, **named: Any) -> Any:
        g.arrived_at = request.environ.get(ARRIVED) or house().clock.now()
        g.speaker = _speaker()
        if REFUSED in request.environ:
            raise request.environ[REFUSED]
        if (request.content_length or 0) > LARGEST:
            raise TooLarge
        request.max_content_length = LARGEST
        return view(*arguments, **named)

    return cast("View", bounded)


@api.put("/attempts/<uuid:attempt_id>/responses/<int:slot>")
@received
@api.arguments(SaveIn)
@api.response(200, ReceiptOut)
@api.alt_response(401, description="Neither a save token nor a token of a person")
@api.alt_response(403, description="safe-browser-required: the exam is sat in Safe Exam Browser")
@api.alt_response(404, description="No such attempt of one's own, or no such question")
@api.alt_response(409, description="deadline-passed, attempt-closed, session-superseded, slot-locked")
@api.alt_response(413, description="More than 64 KiB")
@api.alt_response(429, description="Answers of one attempt faster than ten a second, after 600 at once")
@access(BY_TOKEN, scope="own")
def save(told: dict[str, Any], attempt_id: UUID, slot: int) -> Response:
    """Keep an answer. Takes the attempt's save token as bearer or, slower, the person's own."""
    command = SaveResponse(attempt_id, slot, told["sequence"], told["response"], told["flagged"])
    service, gate, shown = provide(SaveService), provide(IntegrityGate), shown_by(request)
    if g.speaker is None:
        gate.require_own_save(attempt_id, shown)
        receipt = service.save_as_person(current_actor().require_person(), command, g.arrived_at)
    else:
        gate.require_save(g.speaker, shown)
        receipt = service.save(g.speaker, command, g.arrived_at)
    return receipt_answer(receipt, house().clock.now())


def _speaker() -> Speaker | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    speaker = provide(SaveTokens).read(token.strip()) if kind.lower() == "bearer" else None
    if speaker is not None:
        # The token itself says who speaks: nobody has to look a person up, not even to word an error.
        g.actor = Actor(speaker.person_id)
    return speaker
