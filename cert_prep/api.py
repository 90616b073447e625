"""The JSON API of cert_prep."""

from typing import Any

from cert_prep.domain.mock_exams import AUTHOR
from cert_prep.schemas import (
    CertificationOut,
    MockExamIn,
    MockExamOut,
    SummaryOut,
    VersionQuery,
    summary,
    whole,
)
from cert_prep.service import CatalogueReader, MockExamService
from lms_core.foundation import paging
from lms_core.foundation.paging import Page
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.api import ApiBlueprint, page_of

api = ApiBlueprint("cert_prep", __name__, "Credentials, their dated outlines, and mock exams made from them")


@api.get("/certifications")
@api.response(200, page_of(SummaryOut))
@access(SIGNED_IN)
def certifications() -> Page[dict[str, Any]]:
    """Every credential that a catalogue plugin registers, with how its outline stands today."""
    return paging.whole([summary(one) for one in provide(CatalogueReader).listed()])


@api.get("/certifications/<string:code>")
@api.arguments(VersionQuery, location="query")
@api.response(200, CertificationOut)
@api.alt_response(404, description="No such credential, or no such version of it")
@access(SIGNED_IN)
def certification(query: dict[str, Any], code: str) -> dict[str, Any]:
    """One credential: domains with their published ranges beside the counts for so many items, and the sources."""
    return whole(provide(CatalogueReader).get(code, query["as_of"]), query["items"])


@api.post("/certifications/<string:code>/mock-exams")
@api.arguments(MockExamIn)
@api.response(201, MockExamOut)
@api.alt_response(404, description="No such credential")
@api.alt_response(409, description="Refused: the outline is retired, or there is none")
@access(AUTHOR, scope="any")
def make_exam(data: dict[str, Any], code: str) -> dict[str, Any]:
    """Draft a mock exam from an outline; its counts follow the published weights."""
    exam = provide(MockExamService).make_exam(current_actor(), MockExamIn.command(code, data))
    plain = {name: getattr(exam, name) for name in ("id", "certification", "specification_version", "state")}
    return {**plain, "counts": exam.specification.counts, "seconds": exam.specification.seconds}
