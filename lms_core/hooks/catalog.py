"""Hooks of the catalog: kinds of activity, curricula, publication, the course page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from lms_core.foundation.errors import Refusal
from lms_core.foundation.events import Event
from lms_core.foundation.text import Text, Titles
from lms_core.hooks.markers import hookspec
from lms_core.hooks.site import Link, Panel, Viewer


@dataclass(frozen=True, slots=True)
class ActivityView:
    """What a learner sees of an activity: safe HTML made by the core from ``markdown``, facts, and one way on."""

    markdown: str = ""
    facts: tuple[tuple[Text, Text], ...] = ()
    action: Link | None = None


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """A published activity as its kind gets to see it."""

    activity_id: UUID
    course_id: UUID
    title: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ActivityKind:
    """A kind of activity authors can choose: ``<id>.<kind>``, a title, help, and the settings it asks for.

    ``settings`` are (name, label) of text settings; ``show`` makes the learner's view.
    ``completed_by`` is "view" where opening it is enough, "event" where the plugin reports it done.
    """

    name: str
    title: Text
    help: Text
    show: Callable[[ActivityFacts, Viewer], ActivityView]
    settings: tuple[tuple[str, Text], ...] = ()
    completed_by: str = "view"


@dataclass(frozen=True, slots=True)
class CurriculumActivity:
    """One activity of a curriculum."""

    kind: str
    title: Titles
    body: Titles = field(default=Titles("", ""))
    settings: Mapping[str, str] = field(default_factory=dict)
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class CurriculumModule:
    """One module of a curriculum. By its ``key``, unique within the curriculum, a course's module is known as its."""

    title: Titles
    activities: tuple[CurriculumActivity, ...]
    key: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Curriculum:
    """A ready-made course that an author can start from, versioned by the partner who keeps it."""

    code: str
    version: str
    title: Titles
    summary: Titles
    partner: str
    effective_from: date
    modules: tuple[CurriculumModule, ...]


@dataclass(frozen=True, slots=True)
class PublicationFacts:
    """A draft on its way to become a revision.

    ``kept`` are the modules that came from the curriculum and are still there, by key, with their activities counted.
    """

    course_id: UUID
    title: str
    modules: int
    activities: int
    kinds: tuple[str, ...]
    curriculum: str
    curriculum_version: str = ""
    kept: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CourseLanding:
    """Where somebody lands who enters a course: one of its activities, or a page of the plugin by its address.

    ``url`` is a path of this site, such as ``/my_plugin/courses/…``; it counts where no activity is named.
    """

    activity_id: UUID | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class CoursePublished(Event):
    """A course has a new immutable revision."""

    name: ClassVar[str] = "catalog.course_published"
    hook: ClassVar[str | None] = "lms_after_course_published"

    course_id: UUID
    revision_id: UUID


@hookspec
def lms_register_activity_kinds() -> Sequence[ActivityKind]:
    """At boot: kinds of activity. Names begin with the id of the room or plugin and a dot."""
    raise NotImplementedError


@hookspec
def lms_register_curricula() -> Sequence[Curriculum]:
    """At boot: curricula a course can start from."""
    raise NotImplementedError


@hookspec
def lms_review_course_publication(facts: PublicationFacts) -> Refusal | None:
    """Before a draft is published: a reason against it, or None. Everyone is asked.

    A failing implementation refuses: nothing is published that its reviewer could not read.
    """
    raise NotImplementedError


@hookspec(firstresult=True)
def lms_choose_course_landing(viewer: Viewer, course_id: UUID) -> CourseLanding | None:
    """When somebody enters a course that is open to them: where to, or None to leave it to the next.

    The core's is last: the course's own page, which stays a click away from everywhere else. A failing implementation
    is passed over, and so is an activity that the course does not hold, or an address outside of this site.
    """
    raise NotImplementedError


@hookspec
def lms_after_course_published(event: CoursePublished) -> None:
    """After a revision was published. At least once; retried, then parked."""
    raise NotImplementedError


@hookspec
def lms_show_activity_page(viewer: Viewer, course_id: UUID, activity_id: UUID) -> Panel | None:
    """While the page of an activity is made, below its content: one panel, or None. Panels stand by rank."""
    raise NotImplementedError


@hookspec
def lms_show_course_page(viewer: Viewer, course_id: UUID) -> Panel | None:
    """While a course page is made: one panel, or None. Panels stand by rank."""
    raise NotImplementedError
