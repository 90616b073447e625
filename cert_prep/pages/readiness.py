"""How ready one is for a credential's exam: our own estimate, or what is missing for one."""

from collections.abc import Mapping

from flask import render_template
from flask.typing import ResponseReturnValue

from cert_prep.hooks import DatedSpecification
from cert_prep.pages import pages
from cert_prep.service import CatalogueReader, PreparednessService
from lms_core.assessment.domain.exams import Exam
from lms_core.foundation.text import Titles
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide


@pages.get("/<string:code>/readiness")
@access(SIGNED_IN)
def readiness(code: str) -> ResponseReturnValue:
    """The chance of passing as a whole and by domain, from one's own answers; and what to study next."""
    actor, service = current_actor(), provide(PreparednessService)
    found = provide(CatalogueReader).get(code)
    exam = service.exam(actor, code)
    return render_template(
        "cert_prep/readiness.html",
        found=found,
        exam=exam,
        prepared=service.of(actor, exam) if exam else None,
        titles=_titles(found.specification, exam),
    )


def _titles(specification: DatedSpecification, exam: Exam | None) -> Mapping[str, Titles]:
    """What domains and objectives are called, by their ids."""
    named = {quota.domain: quota.titles for quota in exam.specification.quotas} if exam else {}
    for domain in specification.domains:
        named[domain.id] = domain.titles
        named |= {objective.id: objective.titles for objective in domain.objectives}
    return named
