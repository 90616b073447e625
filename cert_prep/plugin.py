"""What cert_prep brings to the house."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint

from cert_prep.api import api
from cert_prep.domain.forms import balanced
from cert_prep.pages import pages
from cert_prep.pages.panels import home_panel, report_panel
from cert_prep.service import RuleService, SampleService
from lms_core.foundation.errors import Refusal
from lms_core.foundation.text import text
from lms_core.foundation.web import provide
from lms_core.hooks import hookimpl
from lms_core.hooks.assessment import (
    AttemptFacts,
    CandidateItem,
    FormRequest,
    FormSelection,
    RawScore,
    ScaledScore,
)
from lms_core.hooks.site import MenuItem, Panel, Seed, Viewer


@hookimpl
def lms_register_blueprints() -> Sequence[Blueprint]:
    """Pages and API."""
    return [pages, api]


@hookimpl
def lms_register_menus() -> Sequence[MenuItem]:
    """The catalogue, for everyone."""
    return [MenuItem("cert_prep.certifications", text("Certifications"), rank=30)]


@hookimpl
def lms_register_seeds() -> Sequence[Seed]:
    """A mock exam for every bank that ships."""
    return [Seed(text("Mock exams"), lambda actor: provide(SampleService).plant(actor))]


@hookimpl
def lms_review_attempt_start(facts: AttemptFacts) -> Refusal | None:
    """A simulation keeps to the vendor's waits and limits."""
    return provide(RuleService).reason_against(facts)


@hookimpl
def lms_choose_score_scale(score: RawScore) -> ScaledScore | None:
    """The credential's scale, labelled as our own estimate."""
    return provide(RuleService).scaled(score)


@hookimpl
def lms_show_attempt_report(viewer: Viewer, attempt_id: UUID) -> Panel | None:
    """What the result is worth, and the next step."""
    return report_panel(viewer, attempt_id)


@hookimpl
def lms_show_home() -> Panel | None:
    """The mock exam to sit next."""
    return home_panel()


@hookimpl
def lms_choose_form_assembly(request: FormRequest, candidates: Sequence[CandidateItem]) -> FormSelection | None:
    """Easy, medium and hard items of each domain in turn."""
    return balanced(request, candidates)
