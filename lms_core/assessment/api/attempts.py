"""Sitting exams: begin, come back, take over, hand in, and read the result."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Response, request

from lms_core.assessment.api.blueprint import api
from lms_core.assessment.api.shapes import attempt_shown, clock_shown, report_answer, sitting_answer
from lms_core.assessment.domain.exams import EXTEND_DEADLINE
from lms_core.assessment.domain.practice import Practice
from lms_core.assessment.domain.proctoring import ToldEvent
from lms_core.assessment.schemas.attempts import (
    AttemptIn,
    AttemptOut,
    AttemptQueryIn,
    ClockOut,
    LanguageIn,
    ProgressIn,
    ResultOut,
    SessionOut,
    SittingOut,
    StateOut,
)
from lms_core.assessment.schemas.exams import ExtensionIn
from lms_core.assessment.schemas.integrity import shown_by
from lms_core.assessment.schemas.proctoring import KeptOut, ToldEventsIn
from lms_core.assessment.schemas.solved import SolvedOut
from lms_core.assessment.service import (
    AttemptService,
    DeadlineService,
    EventLogService,
    Extend,
    PresenceService,
    ResultService,
    RevealService,
    StartAttempt,
    SubmissionService,
    payloads,
)
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.api import page_of
from lms_core.foundation.web.house import house
from lms_core.foundation.web.languages import language
from lms_core.foundation.web.limits import limiter
from lms_core.foundation.web.schemas import page_request

NOT_ONES_OWN = "No attempt of one's own"


@api.post("/exams/<uuid:exam_id>/attempts")
@api.arguments(AttemptIn)
@api.response(201, SittingOut)
@api.alt_response(404, description="No exam that one may sit")
@api.alt_response(409, description="attempt-open (with its id), not-yet-open, refused (with every reason)")
@access(SIGNED_IN, scope="object")
def start(told: dict[str, Any], exam_id: UUID) -> Response:
    """Begin an attempt: its questions, its clock, and the token that saves answers."""
    command = StartAttempt(
        exam_id, told["mode"], told["language"] or language(), shown=shown_by(request, told["password"])
    )
    if told["practice"]:
        wanted = {**told["practice"], "domains": tuple(told["practice"]["domains"])}
        command = replace(command, practice=Practice(**wanted))
    return sitting_answer(provide(AttemptService).start(current_actor(), command), 201)


@api.get("/attempts")
@api.arguments(AttemptQueryIn, location="query")
@api.response(200, page_of(AttemptOut))
@access(SIGNED_IN, scope="own")
def attempts(query: dict[str, Any]) -> dict[str, Any]:
    """One's own attempts, the latest first."""
    actor = current_actor()
    wanted = page_request(query, "exam", given={"exam": str(query["exam"] or "")})
    found = provide(AttemptService).mine(actor, wanted)
    results = provide(ResultService).of(actor, found.items)
    items = [attempt_shown(one, results.get(one.id)) for one in found.items]
    return {"items": items, "next": found.next, "total": found.total}


@api.get("/attempts/<uuid:attempt_id>")
@api.arguments(LanguageIn, location="query")
@api.response(200, SittingOut)
@api.alt_response(404, description=NOT_ONES_OWN)
@access(SIGNED_IN, scope="own")
def attempt(query: dict[str, str], attempt_id: UUID) -> Response:
    """Come back to an attempt: its questions with everything that was saved."""
    chosen = query["language"] or language()
    return sitting_answer(provide(AttemptService).sitting(current_actor(), attempt_id, chosen, shown_by(request)), 200)


@api.get("/attempts/<uuid:attempt_id>/clock")
@api.response(200, ClockOut)
@api.alt_response(404, description=NOT_ONES_OWN)
@access(SIGNED_IN, scope="own")
def clock(attempt_id: UUID) -> dict[str, Any]:
    """When the attempt ends: asked again and again by a page that runs."""
    standing = provide(AttemptService).standing(current_actor(), attempt_id)
    if standing.is_open:
        provide(PresenceService).sign(attempt_id)
    return clock_shown(standing, house().clock.now())


@api.post("/attempts/<uuid:attempt_id>/events")
@api.arguments(ToldEventsIn)
@api.response(200, KeptOut)
@api.alt_response(404, description=NOT_ONES_OWN)
@api.alt_response(409, description="attempt-closed")
@limiter.limit("30/minute")
@access(SIGNED_IN, scope="own")
def tell(told: dict[str, Any], attempt_id: UUID) -> dict[str, int]:
    """Tell what happened on the device since: facts with their times, at most fifty at once and 500 an attempt."""
    events = tuple(ToldEvent(**each) for each in told["events"])
    return {"kept": provide(EventLogService).tell(current_actor(), attempt_id, events)}


@api.post("/attempts/<uuid:attempt_id>/session")
@api.response(200, SessionOut)
@api.alt_response(404, description=NOT_ONES_OWN)
@api.alt_response(409, description="attempt-closed, deadline-passed")
@access(SIGNED_IN, scope="own")
def take_over(attempt_id: UUID) -> dict[str, Any]:
    """Let this device save from now on; an older one is told session-superseded."""
    token, generation = provide(AttemptService).take_over(current_actor(), attempt_id, shown_by(request))
    return {"save_token": token, "generation": generation}


@api.post("/attempts/<uuid:attempt_id>/progress")
@api.arguments(LanguageIn, location="query")
@api.arguments(ProgressIn)
@api.response(200, SittingOut)
@api.alt_response(404, description="No attempt of one's own, or no such question")
@api.alt_response(409, description="slot-locked, stage-ahead, attempt-closed, deadline-passed")
@access(SIGNED_IN, scope="own")
def progress(query: dict[str, str], told: dict[str, Any], attempt_id: UUID) -> Response:
    """Go on to the next part of the exam; what was open stays left. Doing it again changes nothing."""
    chosen = query["language"] or language()
    actor, shown = current_actor(), shown_by(request)
    return sitting_answer(provide(AttemptService).progress(actor, attempt_id, told["slot"], chosen, shown), 200)


@api.post("/attempts/<uuid:attempt_id>/submission")
@api.response(200, StateOut)
@api.alt_response(404, description=NOT_ONES_OWN)
@access(SIGNED_IN, scope="own")
def submit(attempt_id: UUID) -> dict[str, str]:
    """Hand in. Doing it again changes nothing."""
    return {"state": provide(SubmissionService).submit(current_actor(), attempt_id)}


@api.post("/attempts/<uuid:attempt_id>/slots/<int:slot>/solution")
@api.arguments(LanguageIn, location="query")
@api.response(200, SolvedOut)
@api.alt_response(404, description="No attempt of one's own, or no such question")
@api.alt_response(409, description="reveal-refused outside of practice, attempt-closed, slot-locked")
@access(SIGNED_IN, scope="own")
def reveal(query: dict[str, str], attempt_id: UUID, slot: int) -> Response:
    """See the solution of one question while practising. Its answer is final from then on."""
    chosen = query["language"] or language()
    report = provide(RevealService).reveal(current_actor(), attempt_id, slot, chosen)
    headers = {"Cache-Control": "no-store"}
    return Response(payloads.revealed(report, slot), 200, headers, content_type="application/json")


@api.get("/attempts/<uuid:attempt_id>/result")
@api.arguments(LanguageIn, location="query")
@api.response(200, ResultOut)
@api.alt_response(404, description="No attempt whose result one may read")
@api.alt_response(409, description="not-submitted")
@access(SIGNED_IN, scope="object")
def result(query: dict[str, str], attempt_id: UUID) -> Response:
    """The score, by domain and by question, with keys and explanations."""
    chosen = query["language"] or language()
    return report_answer(provide(ResultService).report(current_actor(), attempt_id, chosen))


@api.post("/attempts/<uuid:attempt_id>/extensions")
@api.arguments(ExtensionIn)
@api.response(200, ClockOut)
@api.alt_response(404, description="No such attempt")
@api.alt_response(409, description="attempt-closed")
@access(EXTEND_DEADLINE, scope="object")
def extend(told: dict[str, Any], attempt_id: UUID) -> dict[str, Any]:
    """Give one running attempt more time, at once."""
    moved = provide(DeadlineService).extend(current_actor(), attempt_id, Extend(**told))
    return clock_shown(moved, house().clock.now())
