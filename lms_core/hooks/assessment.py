"""Hooks of assessment: formats, forms, attempts, scales and reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from lms_core.foundation.errors import Refusal
from lms_core.foundation.events import Event
from lms_core.foundation.text import Text
from lms_core.hooks.item_formats import ItemFormat
from lms_core.hooks.item_types import GroupType, ItemScoring, ItemType, ScoringRequest
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
    """An item version that could stand in the form. ``type`` is that of the approved version."""

    version_id: UUID
    item_id: UUID
    domain: str
    difficulty: str
    exposures: int
    seen_by_person: int
    type: str = ""


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
class SubmissionFacts:
    """Somebody wants to hand in before time is up: how many questions there are, and how many have an answer."""

    attempt_id: UUID
    exam_id: UUID
    person_id: UUID
    mode: str
    certification: str
    slots: int
    answered: int


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
    hook: ClassVar[str | None] = "lms_after_attempt_started"

    attempt_id: UUID
    exam_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True)
class AttemptSubmitted(Event):
    """An attempt was handed in, by the person or by the server when time was up."""

    name: ClassVar[str] = "assessment.attempt_submitted"
    hook: ClassVar[str | None] = "lms_after_attempt_submitted"

    attempt_id: UUID
    exam_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True)
class AttemptGraded(Event):
    """An attempt has its score, and no answer of it waits for a person any more."""

    name: ClassVar[str] = "assessment.attempt_graded"
    hook: ClassVar[str | None] = "lms_after_attempt_graded"

    attempt_id: UUID
    exam_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True)
class AttemptRegraded(Event):
    """An attempt that had a score was graded anew; ``changed`` says whether the score is another one now."""

    name: ClassVar[str] = "assessment.attempt_regraded"
    hook: ClassVar[str | None] = "lms_after_attempt_regraded"

    attempt_id: UUID
    exam_id: UUID
    person_id: UUID
    changed: bool


@hookspec
def lms_review_attempt_start(facts: AttemptFacts) -> Refusal | None:
    """Before an attempt begins: a reason against it, or None. Everyone is asked; a failure refuses."""
    raise NotImplementedError


@hookspec
def lms_review_submission(facts: SubmissionFacts) -> Refusal | None:
    """Before an attempt is handed in by its person: a reason against it, or None. Everyone is asked.

    A failure refuses, and the attempt stays open with every answer kept. Nobody is held in an exam by it: when time
    is up the server hands in and asks nobody.
    """
    raise NotImplementedError


@hookspec
def lms_register_item_types() -> Sequence[ItemType | GroupType]:
    """At boot, and asked anew for each form: types of item that exams can ask where the plugin is on.

    The core registers its own here as well. A plugin's type is shown by its lines of a report and, before submission,
    by what `present` answers. An answer that is no sequence of types is left out as a whole.
    """
    raise NotImplementedError


@hookspec
def lms_register_item_formats() -> Sequence[ItemFormat]:
    """At boot, and asked anew for each import and export: formats in which items come in and go out.

    The core registers its own here as well. A plugin's name begins with its id; of several suffixes that fit a file
    the longest wins. `read` is a generator that ends each item with `checked` of
    `lms_core.assessment.domain.formats.base`; None for `write` says that the format is only read. What a format loses
    is measured on each export, not declared. An answer that holds anything but formats is left out as a whole; a
    reader or writer that fails refuses the file by the name of its format, and nothing is kept.
    """
    raise NotImplementedError


@hookspec(firstresult=True)
def lms_choose_item_scoring(request: ScoringRequest) -> ItemScoring | None:
    """When a form is drawn: by which rule items of a type are scored, or None to leave it to the next.

    The item's own rule is last. What is chosen is frozen with the form and told in the report, in the words of
    ``label``. A failing implementation is passed over.
    """
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
def lms_after_attempt_started(event: AttemptStarted) -> None:
    """After an attempt began; it may be over by the time this is heard. At least once; retried, then parked."""
    raise NotImplementedError


@hookspec
def lms_after_attempt_submitted(event: AttemptSubmitted) -> None:
    """After an attempt was handed in, by the person or the server. At least once; retried, then parked."""
    raise NotImplementedError


@hookspec
def lms_after_attempt_graded(event: AttemptGraded) -> None:
    """After an attempt got its score, and nothing of it waits to be marked. At least once; retried, then parked."""
    raise NotImplementedError


@hookspec
def lms_after_attempt_regraded(event: AttemptRegraded) -> None:
    """After an attempt was graded anew, whether or not its score changed. At least once; retried, then parked."""
    raise NotImplementedError


@hookspec
def lms_show_attempt_report(viewer: Viewer, attempt_id: UUID) -> Panel | None:
    """While a report is made: one panel, or None. Panels stand by rank."""
    raise NotImplementedError
