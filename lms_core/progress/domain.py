"""What has been done of a course, and the rule by which that makes it complete."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from lms_core.foundation.errors import Conflict, NotFound
from lms_core.foundation.events import Event
from lms_core.foundation.text import Titles, text
from lms_core.hooks.progress import CompletionFacts, CompletionVerdict

SEE_PROGRESS = "progress.see_progress"
ALL_DONE = "progress.all_activities_done, version 1"
# The setting by which an activity names the exam that makes it done.
EXAM_SETTING = "exam_id"
Source = Literal["button", "event"]


class ActivityNotYours(NotFound):
    """No course in which the person has a place holds such an activity."""

    code = "activity-not-found"
    default = text("We could not find this activity among your courses.")


class NoPlace(NotFound):
    """The person has no place in the course, so there is nothing to count."""

    code = "no-place"
    default = text("You have no place in this course.")


class DoneByItself(Conflict):
    """The activity is done by what happens in it, not by saying so."""

    code = "done-by-itself"
    default = text("This activity counts as done when its result is there. You cannot mark it yourself.")


@dataclass(eq=False)
class ActivityDone:
    """A person has done an activity, at a moment, known by ``source``."""

    id: UUID
    person_id: UUID
    course_id: UUID
    activity_id: UUID
    source: str
    done_at: datetime


@dataclass(eq=False)
class Completion:
    """A person has completed a course, by a rule, on a revision of it. There is at most one."""

    id: UUID
    person_id: UUID
    course_id: UUID
    revision_id: UUID | None
    rule: str
    done: int
    total: int
    completed_at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One activity that counts: what it is called, and how it becomes done ("view" or "event")."""

    id: UUID
    titles: Titles
    completed_by: str
    exam_id: str = ""


@dataclass(frozen=True, slots=True)
class Syllabus:
    """The activities of a course that count, in reading order, by its newest published revision.

    An activity whose kind is switched off where the course is held cannot be done and does not count.
    """

    course_id: UUID
    revision_id: UUID
    titles: Titles
    steps: tuple[Step, ...]

    def step(self, activity_id: UUID) -> Step | None:
        """The activity with this id, or None."""
        return next((one for one in self.steps if one.id == activity_id), None)

    def after(self, activity_id: UUID) -> Step | None:
        """The activity after this one, or None at the end."""
        ids = [one.id for one in self.steps]
        place = ids.index(activity_id) + 1
        return self.steps[place] if place < len(ids) else None


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """How far one person has come in one course."""

    syllabus: Syllabus
    done: Mapping[UUID, datetime] = field(default_factory=dict)
    completed_at: datetime | None = None

    @property
    def counted(self) -> int:
        """How many of the activities that count are done."""
        return sum(step.id in self.done for step in self.syllabus.steps)

    @property
    def total(self) -> int:
        """How many count."""
        return len(self.syllabus.steps)

    @property
    def percent(self) -> int:
        """The share that is done; 100 only when everything is."""
        return percent(self.counted, self.total)

    @property
    def next(self) -> Step | None:
        """Where to go on: the first activity that is open after the one done last, else the first open one at all."""
        open_steps = [step for step in self.syllabus.steps if step.id not in self.done]
        known = [step.id for step in self.syllabus.steps if step.id in self.done]
        if not open_steps or not known:
            return open_steps[0] if open_steps else None
        latest = max(known, key=lambda one: self.done[one])
        order = [step.id for step in self.syllabus.steps]
        later = [step for step in open_steps if order.index(step.id) > order.index(latest)]
        return later[0] if later else open_steps[0]


@dataclass(frozen=True, slots=True)
class Learner:
    """One line of a cohort's table: who, how far, when last, and since when the course is complete."""

    person_id: UUID
    name: str
    done: int
    total: int
    last_at: datetime | None
    completed_at: datetime | None

    @property
    def percent(self) -> int:
        """The share that is done."""
        return percent(self.done, self.total)


@dataclass(frozen=True, slots=True)
class CohortProgress:
    """A cohort in three figures."""

    learners: int
    average: int
    completed: int


@dataclass(frozen=True, slots=True)
class ActivityCounted(Event):
    """A person has done an activity."""

    name: ClassVar[str] = "progress.activity_counted"

    person_id: UUID
    course_id: UUID
    activity_id: UUID


def percent(done: int, total: int) -> int:
    """``done`` of ``total`` in whole percent, rounded down: nobody has finished by rounding."""
    return 100 * done // total if total else 0


def core_verdict(facts: CompletionFacts) -> CompletionVerdict:
    """The core's own rule: a course is complete when all of its activities are done."""
    return CompletionVerdict(facts.total > 0 and facts.done >= facts.total, ALL_DONE)


def summed_up(learners: Iterable[Learner]) -> CohortProgress:
    """The figures of a cohort."""
    lines = list(learners)
    average = sum(one.percent for one in lines) // len(lines) if lines else 0
    return CohortProgress(len(lines), average, sum(one.completed_at is not None for one in lines))


def plain_cell(value: object) -> str:
    """A cell of a table that is opened in a spreadsheet: what would be read as a formula is made plain text."""
    written = "" if value is None else str(value)
    return f"'{written}" if written[:1] in {"=", "+", "-", "@", "\t", "\r"} else written
