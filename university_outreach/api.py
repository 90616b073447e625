"""The JSON API of university_outreach."""

from typing import Any
from uuid import UUID

from lms_core.foundation.paging import Page
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.api import ApiBlueprint, PageIn, page_of
from lms_core.foundation.web.schemas import page_request
from university_outreach.domain import MANAGE_AGREEMENT, PLAN_VISIT, SEE_VISIT
from university_outreach.schemas import AgreementIn, AgreementOut, VisitIn, VisitOut, VisitQuery, visit_details
from university_outreach.service import AgreementListed, AgreementService, VisitFound, VisitService

api = ApiBlueprint("university_outreach", __name__, "Visiting courses at partner universities")


@api.get("/visits")
@api.arguments(VisitQuery, location="query")
@api.response(200, page_of(VisitOut))
@access(SEE_VISIT, scope="any")
def visits(query: dict[str, Any]) -> Page[VisitFound]:
    """Visits you may see. Sorts: starts, -starts."""
    return provide(VisitService).find(current_actor(), page_request(query, "state", given=query))


@api.post("/visits")
@api.arguments(VisitIn)
@api.response(201, VisitOut)
@access(PLAN_VISIT, scope="any")
def plan(data: dict[str, Any]) -> VisitFound:
    """Plan a visit of a course. Place, time and host may follow."""
    made = provide(VisitService).plan(current_actor(), data["course_id"], visit_details(data))
    return _found(made.id)


@api.get("/visits/<uuid:visit_id>")
@api.response(200, VisitOut)
@api.alt_response(404, description="No visit you may see")
@access(SEE_VISIT, scope="object")
def visit(visit_id: UUID) -> VisitFound:
    """One visit."""
    return _found(visit_id)


@api.put("/visits/<uuid:visit_id>")
@api.arguments(VisitIn)
@api.response(200, VisitOut)
@api.alt_response(404, description="No visit you may see")
@api.alt_response(409, description="Changed by someone else meanwhile, or cancelled")
@access(PLAN_VISIT, scope="object")
def change(data: dict[str, Any], visit_id: UUID) -> VisitFound:
    """Describe a visit anew; its course stays. ``version`` is the one you read."""
    provide(VisitService).change(current_actor(), visit_id, visit_details(data), data["version"] or 0)
    return _found(visit_id)


@api.post("/visits/<uuid:visit_id>/cancellation")
@api.response(200, VisitOut)
@api.alt_response(404, description="No visit you may see")
@api.alt_response(409, description="Cancelled already")
@access(PLAN_VISIT, scope="object")
def cancel(visit_id: UUID) -> VisitFound:
    """Call a visit off. It stays in the list."""
    provide(VisitService).cancel(current_actor(), visit_id)
    return _found(visit_id)


@api.get("/agreements")
@api.arguments(PageIn, location="query")
@api.response(200, page_of(AgreementOut))
@access(SEE_VISIT, scope="any")
def agreements(query: dict[str, Any]) -> Page[AgreementListed]:
    """Agreements with universities that you may see, the newest first."""
    return provide(AgreementService).find(current_actor(), page_request(query))


@api.post("/agreements")
@api.arguments(AgreementIn)
@api.response(201, AgreementOut)
@access(MANAGE_AGREEMENT, scope="any")
def add_agreement(data: dict[str, Any]) -> AgreementListed:
    """Keep a new agreement."""
    service = provide(AgreementService)
    return service.get(current_actor(), service.add(current_actor(), AgreementIn.details(data)).id)


@api.get("/agreements/<uuid:agreement_id>")
@api.response(200, AgreementOut)
@api.alt_response(404, description="No agreement you may see")
@access(SEE_VISIT, scope="object")
def agreement(agreement_id: UUID) -> AgreementListed:
    """One agreement."""
    return provide(AgreementService).get(current_actor(), agreement_id)


@api.put("/agreements/<uuid:agreement_id>")
@api.arguments(AgreementIn)
@api.response(200, AgreementOut)
@api.alt_response(404, description="No agreement you may see")
@api.alt_response(409, description="Changed by someone else meanwhile")
@access(MANAGE_AGREEMENT, scope="object")
def change_agreement(data: dict[str, Any], agreement_id: UUID) -> AgreementListed:
    """Describe an agreement anew. ``version`` is the one you read."""
    service = provide(AgreementService)
    service.change(current_actor(), agreement_id, AgreementIn.details(data), data["version"] or 0)
    return service.get(current_actor(), agreement_id)


def _found(visit_id: UUID) -> VisitFound:
    return provide(VisitService).get(current_actor(), visit_id)[0]
