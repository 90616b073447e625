"""What cert_prep brings to the house."""

from collections.abc import Sequence
from datetime import time
from uuid import UUID

import click
from flask import Blueprint

from cert_prep.api import api
from cert_prep.commands import certifications
from cert_prep.domain.forms import balanced
from cert_prep.domain.item_types import CASES
from cert_prep.domain.question_sheets import QUESTION_SHEET
from cert_prep.pages import pages
from cert_prep.pages.catalogue import search_certifications
from cert_prep.pages.panels import dashboard_panel, home_panel, profile_panel, report_panel
from cert_prep.schemas import RetakeSettings
from cert_prep.service import PracticeService, RuleService, SampleService, TourService, WithdrawnService
from cert_prep.tasks import forget_newcomers
from lms_core.foundation.errors import Refusal
from lms_core.foundation.host.events import PluginDisabled, PluginEnabled
from lms_core.foundation.host.settings import PluginSettings
from lms_core.foundation.outbox.tasks import Task
from lms_core.foundation.schedules import Daily, Schedule
from lms_core.foundation.text import text
from lms_core.foundation.web import provide
from lms_core.hooks import hookimpl
from lms_core.hooks.assessment import (
    AttemptFacts,
    AttemptGraded,
    AttemptRegraded,
    AttemptStarted,
    AttemptSubmitted,
    CandidateItem,
    FormRequest,
    FormSelection,
    RawScore,
    ScaledScore,
    SubmissionFacts,
)
from lms_core.hooks.item_formats import ItemFormat
from lms_core.hooks.item_types import GroupType, ItemType
from lms_core.hooks.people import PersonJoined
from lms_core.hooks.site import MenuItem, Panel, PersonalData, SearchSource, Seed, Viewer


@hookimpl
def lms_register_blueprints() -> Sequence[Blueprint]:
    """Pages and API."""
    return [pages, api]


@hookimpl
def lms_register_menus() -> Sequence[MenuItem]:
    """The catalogue, for everyone."""
    return [MenuItem("cert_prep.certifications", text("Certifications"), rank=30)]


@hookimpl
def lms_register_search_sources() -> Sequence[SearchSource]:
    """Credentials, by code or title."""
    return [SearchSource("cert_prep.certifications", text("Certifications"), search_certifications)]


@hookimpl
def lms_register_seeds() -> Sequence[Seed]:
    """A mock exam for every bank that ships, and a tour of the types of item."""
    return [
        Seed(text("Mock exams"), lambda actor: provide(SampleService).plant(actor)),
        Seed(text("Item types tour"), lambda actor: provide(TourService).plant(actor)),
    ]


@hookimpl
def lms_register_commands() -> Sequence[click.Command]:
    """Which outlines are to be read anew."""
    return [certifications]


@hookimpl
def lms_register_tasks() -> Sequence[Task]:
    """Forgetting who is new no longer."""
    return [forget_newcomers]


@hookimpl
def lms_register_schedules() -> Sequence[Schedule]:
    """At night, when nobody waits for it."""
    return [Schedule(forget_newcomers.name, Daily(time(3, 40)))]


@hookimpl
def lms_register_item_types() -> Sequence[ItemType | GroupType]:
    """Cases, as certification exams ask them."""
    return CASES


@hookimpl
def lms_register_item_formats() -> Sequence[ItemFormat]:
    """Question sheets, as academies write and print them."""
    return [QUESTION_SHEET]


@hookimpl
def lms_register_personal_data() -> Sequence[PersonalData]:
    """Who practised, and who has yet to begin."""
    practising, beginning = text("Showing people how they practise"), text("Showing people where to begin")
    until, fortnight = text("Until the account is erased"), text("Until the first attempt, for two weeks at most")
    return [
        PersonalData("cert_prep_practice", "person_id", practising, until),
        PersonalData("cert_prep_newcomer", "person_id", beginning, fortnight),
    ]


@hookimpl
def lms_register_settings() -> Sequence[PluginSettings]:
    """The academy's own rule for simulations."""
    return [PluginSettings(RetakeSettings(), ("site",))]


@hookimpl
def lms_review_attempt_start(facts: AttemptFacts) -> Refusal | None:
    """A simulation keeps to the vendor's waits and limits, and to the academy's."""
    return provide(RuleService).reason_against(facts)


@hookimpl
def lms_review_submission(facts: SubmissionFacts) -> Refusal | None:
    """Nobody spends a simulation on nothing."""
    return provide(PracticeService).against_submission(facts)


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
def lms_show_admin_dashboard() -> Panel | None:
    """Outlines to be read anew."""
    return dashboard_panel()


@hookimpl
def lms_choose_form_assembly(request: FormRequest, candidates: Sequence[CandidateItem]) -> FormSelection | None:
    """Easy, medium and hard items of each domain in turn."""
    return balanced(request, candidates)


@hookimpl
def lms_after_person_joined(event: PersonJoined) -> None:
    """Somebody new, who is shown where to begin."""
    provide(PracticeService).joined(event.person_id)


@hookimpl
def lms_after_attempt_started(event: AttemptStarted) -> None:
    """Practice begun."""
    provide(PracticeService).attempted(event)


@hookimpl
def lms_after_attempt_submitted(event: AttemptSubmitted) -> None:
    """Practice handed in."""
    provide(PracticeService).attempted(event)


@hookimpl
def lms_after_attempt_graded(event: AttemptGraded) -> None:
    """One more result, and where they go."""
    provide(PracticeService).graded(event)


@hookimpl
def lms_after_plugin_enabled(event: PluginEnabled) -> None:
    """A catalogue may be back."""
    provide(WithdrawnService).switched(event.plugin)


@hookimpl
def lms_after_plugin_disabled(event: PluginDisabled) -> None:
    """A catalogue may be gone, and its vendor's rules with it."""
    provide(WithdrawnService).switched(event.plugin)


@hookimpl
def lms_after_attempt_regraded(event: AttemptRegraded) -> None:
    """A result that is another one now is news."""
    provide(PracticeService).regraded(event)


@hookimpl
def lms_show_person_profile(person_id: UUID) -> Panel | None:
    """How the person practised of late."""
    return profile_panel(person_id)
