"""Hooks of assessment: formats, forms, attempts, scales and reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from lms_core.foundation.errors import Refusal
from lms_core.foundation.events import Event
from lms_core.foundation.text import Text
from lms_core.hooks.markers import hookspec
from lms_core.hooks.site import Panel, Viewer


@dataclass(frozen=True, slots=True)
class FormRequest:
    """A form is wanted: which exam, for whom (None for a sample), how many items per domain, and the seed."""

    exam_id: UUID
    person_id: UUID | None
    quotas: Mapping[str, int]
    seed: int


@dataclass(frozen=True, slots=True)
class CandidateItem:
    """An item version that could stand in the form."""

    version_id: UUID
    item_id: UUID
    domain: str
    difficulty: str
    exposures: int
    seen_by_person: int


@dataclass(frozen=True, slots=True)
class FormSelection:
    """The item versions of a form in their order."""

    version_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class AttemptFacts:
    """Somebody wants to begin an attempt: earlier attempts are counted, no personal values.

    ``earlier`` are the moments at which the person began attempts in this mode at exams for this certification, the
    oldest first; empty for an exam without one.
    """

    exam_id: UUID
    person_id: UUID
    mode: str
    certification: str
    attempts_before: int
    earlier: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class RawScore:
    """Points reached and possible, as a whole and by domain; unscored items are left out."""

    exam_id: UUID
    certification: str
    points: float
    possible: float
    items: int
    domains: Mapping[str, tuple[float, float, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScaledScore:
    """A score on a scale, always with its label, the number of items and an interval of 95 %.

    ``passed`` is None where no line is drawn. ``label`` says whose estimate it is.
    """

    value: float
    low: float
    high: float
    least: float
    most: float
    line: float | None
    passed: bool | None
    items: int
    scale: str
    label: Text


@dataclass(frozen=True, slots=True)
class AttemptStarted(Event):
    """A person began an attempt."""

    name: ClassVar[str] = "assessment.attempt_started"

    attempt_id: UUID
    exam_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True)
class AttemptSubmitted(Event):
    """An attempt was handed in, by the person or by the server when time was up."""

    name: ClassVar[str] = "assessment.attempt_submitted"

    attempt_id: UUID
    exam_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True)
class AttemptGraded(Event):
    """An attempt has its score."""

    name: ClassVar[str] = "assessment.attempt_graded"
    hook: ClassVar[str | None] = "lms_after_attempt_graded"

    attempt_id: UUID
    exam_id: UUID
    person_id: UUID


@hookspec
def lms_review_attempt_start(facts: AttemptFacts) -> Refusal | None:
    """Before an attempt begins: a reason against it, or None. Everyone is asked; a failure refuses."""
    raise NotImplementedError


@hookspec(firstresult=True)
def lms_choose_form_assembly(request: FormRequest, candidates: Sequence[CandidateItem]) -> FormSelection | None:
    """When a form is needed: the items in order, or None to leave it to the next. The core's is last.

    A failing implementation is passed over. The core checks every selection against the specification.
    """
    raise NotImplementedError


@hookspec(firstresult=True)
def lms_choose_score_scale(score: RawScore) -> ScaledScore | None:
    """When an attempt is graded: the score on a scale, or None to leave it to the next. The core's percent is last.

    A failing implementation is passed over.
    """
    raise NotImplementedError


@hookspec
def lms_after_attempt_graded(event: AttemptGraded) -> None:
    """After an attempt got its score. At least once; retried, then parked."""
    raise NotImplementedError


@hookspec
def lms_show_attempt_report(viewer: Viewer, attempt_id: UUID) -> Panel | None:
    """While a report is made: one panel, or None. Panels stand by rank."""
    raise NotImplementedError
