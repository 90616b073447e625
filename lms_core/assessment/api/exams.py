"""Exams for those who sit them, and for those who write them."""

from typing import Any
from uuid import UUID

from lms_core.assessment.api.blueprint import api
from lms_core.assessment.api.shapes import attempt_shown, exam_shown
from lms_core.assessment.domain.deadlines import Accommodation
from lms_core.assessment.domain.exams import (
    AUTHOR_EXAM,
    EXTEND_DEADLINE,
    GRANT_ACCOMMODATION,
    READ_RESULT,
    DraftExam,
    MapItems,
    Place,
)
from lms_core.assessment.domain.incidents import Reach
from lms_core.assessment.domain.specifications import Bound, ExamSection, ExamSpecification, Quota
from lms_core.assessment.domain.windows import Window, WindowMoved
from lms_core.assessment.schemas.attempts import AttemptOut
from lms_core.assessment.schemas.exams import (
    AccommodationIn,
    AccommodationOut,
    CheckOut,
    ExamIn,
    ExamOnlyIn,
    ExamOut,
    ExamQueryIn,
    ExtendedOut,
    FoundOut,
    IncidentIn,
    MappedOut,
    MappingIn,
    WindowIn,
    WindowMovedOut,
)
from lms_core.assessment.service import (
    Accommodate,
    AttemptService,
    DeadlineService,
    ExamService,
    Extend,
    IncidentService,
    ResultService,
    WindowService,
)
from lms_core.foundation.errors import Invalid
from lms_core.foundation.text import Titles, text
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.api import PageIn, page_of
from lms_core.foundation.web.schemas import page_request

LIMITS = ("seconds", "opens_at", "closes_at", "attempts_allowed", "most_exposures", "overlap_percent", "pass_percent")
PLAIN = (*LIMITS, "shuffle_choices", "forms", "breaks", "comments", "practice")
LISTS = ("bank_ids", "languages", "required", "excluded", "pilots")


@api.get("/exams")
@api.arguments(ExamQueryIn, location="query")
@api.response(200, page_of(ExamOut))
@access(SIGNED_IN, scope="own")
def exams(query: dict[str, Any]) -> dict[str, Any]:
    """The exams one may sit or writes, the newest first."""
    given = {name: str(query[name] or "") for name in ("state", "certification", "course")}
    found = provide(ExamService).find(current_actor(), page_request(query, *given, given=given))
    return {"items": [exam_shown(one) for one in found.items], "next": found.next, "total": found.total}


@api.post("/exams")
@api.arguments(ExamIn)
@api.response(201, ExamOut)
@access(AUTHOR_EXAM, scope="any")
def draft(told: dict[str, Any]) -> dict[str, Any]:
    """A new exam, not yet open to anybody."""
    exam = provide(ExamService).draft(current_actor(), draft_of(told))
    return exam_shown(provide(ExamService).get(current_actor(), exam.id))


@api.get("/exams/<uuid:exam_id>")
@api.response(200, ExamOut)
@api.alt_response(404, description="No exam that one may know of")
@access(SIGNED_IN, scope="object")
def exam(exam_id: UUID) -> dict[str, Any]:
    """One exam."""
    return exam_shown(provide(ExamService).get(current_actor(), exam_id))


@api.put("/exams/<uuid:exam_id>")
@api.arguments(ExamIn)
@api.response(200, ExamOut)
@api.alt_response(404, description="No exam that one may know of")
@api.alt_response(409, description="exam-frozen: it is published")
@access(SIGNED_IN, scope="object")
def change(told: dict[str, Any], exam_id: UUID) -> dict[str, Any]:
    """Write a draft anew."""
    provide(ExamService).change(current_actor(), exam_id, draft_of(told))
    return exam_shown(provide(ExamService).get(current_actor(), exam_id))


@api.get("/exams/<uuid:exam_id>/check")
@api.response(200, CheckOut)
@api.alt_response(404, description="No exam that one may know of")
@access(SIGNED_IN, scope="object")
def check(exam_id: UUID) -> dict[str, Any]:
    """What the banks hold for each quota, and everything that is missing for a form."""
    actor, service = current_actor(), provide(ExamService)
    return {"quotas": service.check(actor, exam_id), "missing": service.missing(actor, exam_id)}


@api.post("/exams/<uuid:exam_id>/publication")
@api.response(200, ExamOut)
@api.alt_response(404, description="No exam that one may know of")
@api.alt_response(409, description="exam-frozen, or specification-unmet with every quota that is short")
@access(SIGNED_IN, scope="object")
def publish(exam_id: UUID) -> dict[str, Any]:
    """Draw the forms and open the exam to attempts. Its specification is frozen from now on."""
    provide(ExamService).publish(current_actor(), exam_id)
    return exam_shown(provide(ExamService).get(current_actor(), exam_id))


@api.post("/exams/<uuid:exam_id>/closure")
@api.response(200, ExamOut)
@api.alt_response(404, description="No exam that one may know of")
@api.alt_response(409, description="exam-not-published")
@access(SIGNED_IN, scope="object")
def close(exam_id: UUID) -> dict[str, Any]:
    """Let nobody begin any more; attempts that run go on."""
    provide(ExamService).close(current_actor(), exam_id)
    return exam_shown(provide(ExamService).get(current_actor(), exam_id))


@api.put("/exams/<uuid:exam_id>/window")
@api.arguments(WindowIn)
@api.response(200, WindowMovedOut)
@api.alt_response(404, description="No exam that one may know of")
@api.alt_response(409, description="exam-not-published: a draft is changed as a whole")
@access(SIGNED_IN, scope="object")
def move_window(told: dict[str, Any], exam_id: UUID) -> WindowMoved:
    """Move the window of an exam that is open. Attempts that run may end later by it, and never end earlier."""
    return provide(WindowService).move(current_actor(), exam_id, Window(told["opens_at"], told["closes_at"]))


@api.post("/item-domains")
@api.arguments(MappingIn)
@api.response(200, MappedOut)
@api.alt_response(404, description="Items of a bank that one may not see")
@access(AUTHOR_EXAM, scope="any")
def map_items(told: dict[str, Any]) -> dict[str, int]:
    """Say in bulk which domain of a certification items belong to."""
    command = MapItems(told["certification"], told["domain"], tuple(told["item_ids"]))
    return {"mapped": provide(ExamService).map_items(current_actor(), command)}


@api.post("/exam-only-items")
@api.arguments(ExamOnlyIn)
@api.response(200, FoundOut)
@api.alt_response(404, description="Items of a bank that one may not see")
@access(AUTHOR_EXAM, scope="any")
def keep_for_exams(told: dict[str, Any]) -> dict[str, int]:
    """Keep items for exams, so that practice never asks them; or let it ask them again."""
    service = provide(ExamService)
    return {"found": service.keep_for_exams(current_actor(), told["item_ids"], exam_only=told["exam_only"])}


@api.get("/exams/<uuid:exam_id>/attempts")
@api.arguments(PageIn, location="query")
@api.response(200, page_of(AttemptOut))
@api.alt_response(404, description="No exam whose results one may read")
@access(READ_RESULT, scope="object")
def attempts_at(query: dict[str, Any], exam_id: UUID) -> dict[str, Any]:
    """Everybody's attempts at an exam."""
    actor = current_actor()
    found = provide(AttemptService).of_exam(actor, exam_id, page_request(query))
    results = provide(ResultService).of(actor, found.items)
    items = [attempt_shown(one, results.get(one.id)) for one in found.items]
    return {"items": items, "next": found.next, "total": found.total}


@api.post("/exams/<uuid:exam_id>/extensions")
@api.arguments(IncidentIn)
@api.response(200, ExtendedOut)
@api.alt_response(404, description="No such exam")
@access(EXTEND_DEADLINE, scope="object")
def extend_all(told: dict[str, Any], exam_id: UUID) -> dict[str, int]:
    """Give the running attempts at an exam more time, at once: everybody's, one person's, or those of a room."""
    command, reach = Extend(told["seconds"], told["reason"]), Reach(told["person_id"], told["network"])
    incident = provide(IncidentService).record(current_actor(), exam_id, command, reach)
    return {"extended": incident.attempts, "number": incident.number}


@api.post("/accommodations")
@api.arguments(AccommodationIn)
@api.response(201, AccommodationOut)
@api.alt_response(404, description="No such exam")
@access(GRANT_ACCOMMODATION, scope="any")
def accommodate(told: dict[str, Any]) -> dict[str, UUID]:
    """Give one person more time, in one exam or in all; also in attempts that run."""
    if not told["consent"]:
        raise Invalid(fields={"consent": (text("The person has to agree that this is kept."),)})
    more = Accommodation(told["percent"], told["minutes"])
    command = Accommodate(told["person_id"], told["exam_id"], more)
    return {"id": provide(DeadlineService).accommodate(current_actor(), command)}


def draft_of(told: dict[str, Any]) -> DraftExam:
    """The command that ``ExamIn`` read."""
    given: dict[str, Any] = {name: tuple(told[name]) for name in LISTS} | {name: told[name] for name in PLAIN}
    specification = ExamSpecification(
        quotas=tuple(_quota(each) for each in told["quotas"]),
        types=_bounds(told["types"]),
        sections=tuple(_section(each) for each in told["sections"]),
        agreement=Titles(**told["agreement"]),
        **given,
    )
    place = Place(**{name: told[name] for name in ("organisation_id", "campus_id", "course_id", "cohort_id")})
    return DraftExam(
        Titles(**told["titles"]), specification, place, told["certification"], told["specification_version"]
    )


def _quota(told: dict[str, Any]) -> Quota:
    return Quota(**{**told, "titles": Titles(**told["titles"]), "difficulties": _bounds(told["difficulties"])})


def _section(told: dict[str, Any]) -> ExamSection:
    titles, introduction = Titles(**told["titles"]), Titles(**told["introduction"])
    return ExamSection(titles, told["returns"], tuple(told["domains"]), tuple(told["types"]), introduction)


def _bounds(told: list[dict[str, Any]]) -> tuple[Bound, ...]:
    return tuple(Bound(**each) for each in told)
