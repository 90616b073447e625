"""The typed voice of the core: one method a hook, each with its verb's failure policy."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any, NamedTuple, TypeVar, get_args, get_type_hints
from uuid import UUID

from lms_core.foundation.calling.answers import Failure
from lms_core.foundation.calling.engine import Answered, Engine
from lms_core.foundation.errors import Refusal
from lms_core.foundation.events import Event
from lms_core.foundation.scopes import EVERYWHERE, Scopes
from lms_core.foundation.text import text
from lms_core.hooks import assessment, catalog, enrolment, organisation, people, progress, site
from lms_core.hooks.assessment import (
    AttemptFacts,
    CandidateItem,
    FormRequest,
    FormSelection,
    RawScore,
    ScaledScore,
    SubmissionFacts,
)
from lms_core.hooks.catalog import ActivityKind, CourseLanding, Curriculum, PublicationFacts
from lms_core.hooks.enrolment import EnrolmentFacts
from lms_core.hooks.item_formats import ItemFormat
from lms_core.hooks.item_types import GroupType, ItemScoring, ItemType, ScoringRequest
from lms_core.hooks.progress import CompletionFacts, CompletionVerdict
from lms_core.hooks.site import Panel, SearchSource, Viewer

SPECIFICATIONS: tuple[ModuleType, ...] = (site, people, organisation, catalog, enrolment, assessment, progress)
Thing = TypeVar("Thing")


@cache
def kind_of(hook: str) -> Any:
    """What the answers to a register hook hold: by its annotation, so that a new hook is checked by itself."""
    (specification,) = (vars(module)[hook] for module in SPECIFICATIONS if hook in vars(module))
    (kind,) = get_args(get_type_hints(specification)["return"])
    return kind


class Shown(NamedTuple):
    """A panel in a slot, or the failure that staff see in its place."""

    plugin: str
    panel: Panel | None
    failure: Failure | None = None


@dataclass(frozen=True)
class Hooks:
    """Asks rooms and plugins. Handed to services as a tool."""

    engine: Engine

    def activity_kinds(self, on: Scopes) -> tuple[ActivityKind, ...]:
        """The kinds of activity whose room or plugin is on there, in plugin order."""
        return self._registered("lms_register_activity_kinds", on)

    def curricula(self, on: Scopes) -> tuple[Curriculum, ...]:
        """The curricula whose plugin is on there, in plugin order."""
        return self._registered("lms_register_curricula", on)

    def search_sources(self, on: Scopes) -> tuple[SearchSource, ...]:
        """What can be searched whose room or plugin is on there, in plugin order."""
        return self._registered("lms_register_search_sources", on)

    def review_course_publication(self, facts: PublicationFacts, on: Scopes) -> tuple[Refusal, ...]:
        """Every reason against publishing; a failing reviewer counts as one."""
        return self._review("lms_review_course_publication", on, facts)

    def review_application(self, facts: EnrolmentFacts, on: Scopes) -> tuple[Refusal, ...]:
        """Every reason against taking an application in."""
        return self._review("lms_review_application", on, facts)

    def review_enrolment(self, facts: EnrolmentFacts, on: Scopes) -> tuple[Refusal, ...]:
        """Every reason against giving a place."""
        return self._review("lms_review_enrolment", on, facts)

    def review_attempt_start(self, facts: AttemptFacts, on: Scopes) -> tuple[Refusal, ...]:
        """Every reason against beginning an attempt."""
        return self._review("lms_review_attempt_start", on, facts)

    def review_submission(self, facts: SubmissionFacts, on: Scopes) -> tuple[Refusal, ...]:
        """Every reason against handing in before time is up."""
        return self._review("lms_review_submission", on, facts)

    def item_types(self, on: Scopes) -> tuple[ItemType | GroupType, ...]:
        """The types of item that can be asked there, in plugin order: of two with one name, the first stays."""
        found: dict[str, ItemType | GroupType] = {}
        for kind in self._registered("lms_register_item_types", on):
            found.setdefault(kind.name, kind)
        return tuple(found.values())

    def item_formats(self, on: Scopes) -> tuple[ItemFormat, ...]:
        """The formats in which items come and go there, in plugin order: no two of them have one name."""
        return self._registered("lms_register_item_formats", on)

    def choose_item_scoring(self, request: ScoringRequest, on: Scopes) -> ItemScoring | None:
        """A plugin's rule, or None: then the item's own."""
        return self.engine.first("lms_choose_item_scoring", on, (request,), ItemScoring)

    def choose_course_landing(self, viewer: Viewer, course_id: UUID, on: Scopes) -> CourseLanding | None:
        """A plugin's landing, or None: then the course's own page."""
        return self.engine.first("lms_choose_course_landing", on, (viewer, course_id), CourseLanding)

    def choose_form_assembly(
        self, request: FormRequest, candidates: Sequence[CandidateItem], on: Scopes
    ) -> FormSelection | None:
        """A plugin's selection, or None: then the core assembles."""
        return self.engine.first("lms_choose_form_assembly", on, (request, candidates), FormSelection)

    def choose_score_scale(self, score: RawScore, on: Scopes) -> ScaledScore | None:
        """A plugin's scale, or None: then the core's percent."""
        return self.engine.first("lms_choose_score_scale", on, (score,), ScaledScore)

    def choose_completion_rule(self, facts: CompletionFacts, on: Scopes) -> CompletionVerdict | None:
        """A plugin's verdict, or None: then the core's rule."""
        return self.engine.first("lms_choose_completion_rule", on, (facts,), CompletionVerdict)

    def show_home(self, viewer: Viewer) -> tuple[Shown, ...]:
        """The panels of the home page by rank."""
        return self._show("lms_show_home", viewer.scopes, viewer)

    def show_admin_dashboard(self, viewer: Viewer, *, whole_site: bool = False) -> tuple[Shown, ...]:
        """The panels of the page about the site itself by rank; with ``whole_site`` of all that are on anywhere."""
        return self._show("lms_show_admin_dashboard", None if whole_site else viewer.scopes, viewer)

    def show_person_profile(self, viewer: Viewer, person_id: UUID) -> tuple[Shown, ...]:
        """The panels of a profile by rank."""
        return self._show("lms_show_person_profile", EVERYWHERE, viewer, person_id)

    def show_campus_page(self, viewer: Viewer, campus_id: UUID, on: Scopes) -> tuple[Shown, ...]:
        """The panels of a campus page by rank."""
        return self._show("lms_show_campus_page", on, viewer, campus_id)

    def show_cohort_page(self, viewer: Viewer, cohort_id: UUID, on: Scopes) -> tuple[Shown, ...]:
        """The panels of a cohort's page by rank."""
        return self._show("lms_show_cohort_page", on, viewer, cohort_id)

    def show_course_page(self, viewer: Viewer, course_id: UUID, on: Scopes) -> tuple[Shown, ...]:
        """The panels of a course page by rank."""
        return self._show("lms_show_course_page", on, viewer, course_id)

    def show_activity_page(self, viewer: Viewer, course_id: UUID, activity_id: UUID, on: Scopes) -> tuple[Shown, ...]:
        """The panels of an activity's page by rank."""
        return self._show("lms_show_activity_page", on, viewer, course_id, activity_id)

    def show_attempt_report(self, viewer: Viewer, attempt_id: UUID, on: Scopes) -> tuple[Shown, ...]:
        """The panels of a report by rank."""
        return self._show("lms_show_attempt_report", on, viewer, attempt_id)

    def answers(self, hook: str, plugin: str) -> bool:
        """Whether ``plugin`` answers ``hook`` or wraps its answers, be it on or off."""
        try:
            known = self.engine.hook(hook)
        except KeyError:
            return False
        return any(one.plugin == plugin for one in (*known.answers, *known.wrappers))

    def deliver(self, plugin: str, hook: str, event: Event) -> None:
        """Let one plugin hear of an event. What it raises goes to the outbox."""
        self.engine.deliver(plugin, hook, (event,))

    def _registered(self, hook: str, on: Scopes) -> tuple[Any, ...]:
        return tuple(thing for _, thing in self.engine.things(hook, on, kind_of(hook)))

    def _review(self, hook: str, on: Scopes, *values: Any) -> tuple[Refusal, ...]:
        return tuple(_refusal(said) for said in self.engine.ask(hook, on, values, Refusal))

    def _show(self, hook: str, on: Scopes | None, *values: Any) -> tuple[Shown, ...]:
        shown = [_shown(said) for said in self.engine.ask(hook, on, values, Panel)]
        return tuple(sorted(shown, key=lambda one: one.panel.rank if one.panel else 1_000))


def _refusal(said: Answered | Failure) -> Refusal:
    if isinstance(said, Failure):
        reason = text(
            "The plugin %(plugin)s could not check this, so it was refused. Please tell the operator.",
            plugin=said.plugin,
        )
        return Refusal("plugin-failed", reason, said.plugin)
    refusal: Refusal = said.value
    return Refusal(refusal.code, refusal.reason, said.plugin)


def _shown(said: Answered | Failure) -> Shown:
    return Shown(said.plugin, None, said) if isinstance(said, Failure) else Shown(said.plugin, said.value)
