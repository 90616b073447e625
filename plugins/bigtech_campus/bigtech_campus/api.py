"""The JSON API of bigtech_campus."""

from typing import Any
from uuid import UUID

from bigtech_campus.domain import GIVE, SEE, Agreement
from bigtech_campus.schemas import AgreementIn, AgreementOut
from bigtech_campus.service import AgreementService
from lms_core.foundation.paging import Page
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.api import ApiBlueprint, PageIn, page_of
from lms_core.foundation.web.schemas import page_request

api = ApiBlueprint("bigtech_campus", __name__, "Agreements of partner companies to cohorts.")


@api.get("/campuses/<uuid:campus_id>/agreements")
@api.arguments(PageIn, location="query")
@api.response(200, page_of(AgreementOut))
@access(SEE, scope="campus:campus_id")
def agreements(query: dict[str, Any], campus_id: UUID) -> Page[Agreement]:
    """The agreements at a campus, the newest first."""
    return provide(AgreementService).find(current_actor(), campus_id, page_request(query)).page


@api.post("/campuses/<uuid:campus_id>/agreements")
@api.arguments(AgreementIn)
@api.response(201, AgreementOut)
@access(GIVE, scope="campus:campus_id")
def give(data: dict[str, Any], campus_id: UUID) -> Agreement:
    """Agree to cohorts of a course."""
    return provide(AgreementService).give(current_actor(), campus_id, AgreementIn.details(data))


@api.post("/agreements/<uuid:agreement_id>/withdrawal")
@api.response(200, AgreementOut)
@access(GIVE, scope="object")
def withdraw(agreement_id: UUID) -> Agreement:
    """Take an agreement back. Places that were given stay."""
    return provide(AgreementService).withdraw(current_actor(), agreement_id)
