"""The JSON API of enrolment: cohorts, applications, places."""

from typing import Any
from uuid import UUID

from lms_core.enrolment.domain.names import DECIDE_APPLICATION, MANAGE_COHORT, SEE_APPLICATIONS, SEE_COHORT
from lms_core.enrolment.domain.standing import ApplicationListed, CohortListed, EnrolmentListed
from lms_core.enrolment.schemas import (
    AcceptIn,
    AnnouncedQuery,
    ApplicationIn,
    ApplicationOut,
    ApplicationQuery,
    CohortIn,
    CohortOut,
    CohortQuery,
    DeclineIn,
    EligibilityOut,
    EnrolmentIn,
    EnrolmentOut,
    EnrolmentQuery,
    MoveIn,
    NewCohortIn,
    OutcomeOut,
    OutcomesOut,
    RunCohortOut,
    WholeApplicationOut,
    WithdrawIn,
)
from lms_core.enrolment.service import ApplicationService, ApplyingService, CohortService, PlaceService
from lms_core.foundation.paging import Page
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.api import ApiBlueprint, PageIn, page_of
from lms_core.foundation.web.schemas import page_request

api = ApiBlueprint("enrolment", __name__, "Cohorts, applications, places")


@api.get("/cohorts")
@api.arguments(AnnouncedQuery, location="query")
@api.response(200, page_of(CohortOut))
@access(SIGNED_IN, scope="own")
def cohorts(query: dict[str, Any]) -> Page[CohortListed]:
    """Cohorts one can apply to, now or soon. Sorts: until, starts, title, each with - for down."""
    request = page_request(query, "campus", "course", "phase", given=query)
    return provide(CohortService).announced(current_actor(), request)


@api.get("/run-cohorts")
@api.arguments(CohortQuery, location="query")
@api.response(200, page_of(RunCohortOut))
@access(SEE_COHORT, scope="any")
def run_cohorts(query: dict[str, Any]) -> Page[CohortListed]:
    """Cohorts one sees as staff, drafts too. Sorts: starts, until, number, places, title, each with - for down."""
    request = page_request(query, "campus", "course", "phase", given=query)
    return provide(CohortService).find(current_actor(), request)


@api.post("/cohorts")
@api.arguments(NewCohortIn)
@api.response(201, CohortOut)
@access(MANAGE_COHORT, scope="any")
def add_cohort(data: dict[str, Any]) -> CohortListed:
    """Plan a cohort. It is a draft until it is moved to ``open``."""
    details = CohortIn.details(data)
    made = provide(CohortService).add(current_actor(), data["course_id"], data["campus_id"], details)
    return _cohort(made.id)


@api.get("/cohorts/<uuid:cohort_id>")
@api.response(200, CohortOut)
@access(SIGNED_IN, scope="object")
def cohort(cohort_id: UUID) -> CohortListed:
    """One cohort: an announced one, or as staff any that one sees."""
    return provide(CohortService).shown(current_actor(), cohort_id)


@api.put("/cohorts/<uuid:cohort_id>")
@api.arguments(CohortIn)
@api.response(200, CohortOut)
@access(MANAGE_COHORT, scope="cohort:cohort_id")
def change_cohort(data: dict[str, Any], cohort_id: UUID) -> CohortListed:
    """Describe a cohort anew. ``version`` is the one you read; a newer one is a conflict."""
    provide(CohortService).change(current_actor(), cohort_id, CohortIn.details(data), data["version"] or 0)
    return _cohort(cohort_id)


@api.put("/cohorts/<uuid:cohort_id>/state")
@api.arguments(MoveIn)
@api.response(200, CohortOut)
@access(MANAGE_COHORT, scope="cohort:cohort_id")
def move_cohort(data: dict[str, Any], cohort_id: UUID) -> CohortListed:
    """Announce, close or cancel a cohort."""
    provide(CohortService).move(current_actor(), cohort_id, data["state"])
    return _cohort(cohort_id)


@api.get("/cohorts/<uuid:cohort_id>/eligibility")
@api.response(200, EligibilityOut)
@access(SIGNED_IN, scope="object")
def eligibility(cohort_id: UUID) -> dict[str, Any]:
    """What would be met and what not, if you applied now. Nothing is kept."""
    met, said = provide(ApplyingService).check(current_actor(), cohort_id)
    return {"eligible": not said and all(one.met for one in met), "criteria": met, "reasons": said}


@api.post("/cohorts/<uuid:cohort_id>/applications")
@api.arguments(ApplicationIn)
@api.response(201, WholeApplicationOut)
@api.alt_response(409, description="Not eligible, with every reason; or the window closed this moment")
@access(SIGNED_IN, scope="object")
def apply(data: dict[str, Any], cohort_id: UUID) -> ApplicationListed:
    """Apply for a place."""
    made = provide(ApplyingService).apply(current_actor(), cohort_id, data)
    return provide(ApplicationService).get(current_actor(), made.id)


@api.get("/cohorts/<uuid:cohort_id>/applications")
@api.arguments(ApplicationQuery, location="query")
@api.response(200, page_of(ApplicationOut))
@access(SEE_APPLICATIONS, scope="cohort:cohort_id")
def cohort_applications(query: dict[str, Any], cohort_id: UUID) -> Page[ApplicationListed]:
    """Applications for a cohort in the order of arrival. Sorts: number, applied, state, each with - for down."""
    return provide(ApplicationService).of_cohort(current_actor(), cohort_id, page_request(query, "state", given=query))


@api.post("/cohorts/<uuid:cohort_id>/acceptances")
@api.arguments(AcceptIn)
@api.response(200, OutcomesOut)
@access(DECIDE_APPLICATION, scope="cohort:cohort_id")
def accept(data: dict[str, Any], cohort_id: UUID) -> dict[str, Any]:
    """Accept applications: who applied first gets a free place, the rest wait in that order."""
    chosen = (data["application_ids"], data["override"])
    return {"items": provide(ApplicationService).accept(current_actor(), cohort_id, *chosen)}


@api.post("/cohorts/<uuid:cohort_id>/refusals")
@api.arguments(DeclineIn)
@api.response(200, OutcomesOut)
@access(DECIDE_APPLICATION, scope="cohort:cohort_id")
def decline(data: dict[str, Any], cohort_id: UUID) -> dict[str, Any]:
    """Decline applications, with the reason that the applicants read."""
    chosen = (data["application_ids"], data["note"])
    return {"items": provide(ApplicationService).decline(current_actor(), cohort_id, *chosen)}


@api.get("/cohorts/<uuid:cohort_id>/enrolments")
@api.arguments(EnrolmentQuery, location="query")
@api.response(200, page_of(EnrolmentOut))
@access(SEE_APPLICATIONS, scope="cohort:cohort_id")
def enrolments(query: dict[str, Any], cohort_id: UUID) -> Page[EnrolmentListed]:
    """Who has a place in a cohort. Sorts: number, enrolled, each with - for down."""
    return provide(PlaceService).listed(current_actor(), cohort_id, page_request(query, "state", given=query))


@api.post("/cohorts/<uuid:cohort_id>/enrolments")
@api.arguments(EnrolmentIn)
@api.response(200, OutcomeOut)
@access(DECIDE_APPLICATION, scope="cohort:cohort_id")
def enrol(data: dict[str, Any], cohort_id: UUID) -> Any:
    """Put somebody into the line by hand, at its end. A refusal stands in the answer with every reason."""
    return provide(ApplicationService).add(current_actor(), cohort_id, data["person_id"], data["override"])


@api.post("/enrolments/<uuid:enrolment_id>/withdrawal")
@api.arguments(WithdrawIn)
@api.response(204)
@access(SIGNED_IN, scope="object")
def withdraw(data: dict[str, Any], enrolment_id: UUID) -> None:
    """Give up a place: one's own, or as staff somebody's. The first in line gets it."""
    provide(PlaceService).withdraw(current_actor(), enrolment_id, data["reason"])


@api.get("/applications")
@api.arguments(PageIn, location="query")
@api.response(200, page_of(ApplicationOut))
@access(SIGNED_IN, scope="own")
def applications(query: dict[str, Any]) -> Page[ApplicationListed]:
    """One's own applications, the newest first."""
    return provide(ApplyingService).mine(current_actor(), page_request(query))


@api.get("/applications/<uuid:application_id>")
@api.response(200, WholeApplicationOut)
@access(SIGNED_IN, scope="object")
def application(application_id: UUID) -> ApplicationListed:
    """One application with its answers: one's own, or as staff, which is recorded."""
    return provide(ApplicationService).get(current_actor(), application_id)


@api.post("/applications/<uuid:application_id>/withdrawal")
@api.response(204)
@access(SIGNED_IN, scope="own")
def take_back(application_id: UUID) -> None:
    """Take one's own application back; with a place, give that up."""
    provide(ApplyingService).withdraw(current_actor(), application_id)


def _cohort(cohort_id: UUID) -> CohortListed:
    return provide(CohortService).get(current_actor(), cohort_id)
