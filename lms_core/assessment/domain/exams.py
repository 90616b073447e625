"""An exam: drafted, published once with its specification frozen, closed; and who may do what with it."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

from lms_core.assessment.domain.specifications import ExamSpecification
from lms_core.foundation.errors import Conflict
from lms_core.foundation.events import Event
from lms_core.foundation.scopes import SITE, Scope, Scopes, scopes
from lms_core.foundation.text import Titles, text

AUTHOR_EXAM: Final = "assessment.author_exam"
SIT_EXAM: Final = "assessment.sit_exam"
READ_RESULT: Final = "assessment.read_result"
EXTEND_DEADLINE: Final = "assessment.extend_deadline"
GRANT_ACCOMMODATION: Final = "assessment.grant_accommodation"


class ExamFrozen(Conflict):
    """The exam was published: what its attempts rest on does not change any more."""

    code = "exam-frozen"
    default = text("This exam is published, so it cannot be changed. Make a new one from it.")


class ExamNotPublished(Conflict):
    """Only a published exam can be closed."""

    code = "exam-not-published"
    default = text("This exam is not published.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an exam belongs. All empty: it belongs to the whole site."""

    organisation_id: UUID | None = None
    campus_id: UUID | None = None
    course_id: UUID | None = None
    cohort_id: UUID | None = None

    @property
    def scopes(self) -> Scopes:
        """The scope set of this place."""
        return scopes(
            organisation=self.organisation_id, campus=self.campus_id, course=self.course_id, cohort=self.cohort_id
        )

    @property
    def narrowest(self) -> Scope:
        """The one place it is meant for: a cohort before its course, a course before its campus."""
        ids = (
            ("cohort", self.cohort_id),
            ("course", self.course_id),
            ("campus", self.campus_id),
            ("organisation", self.organisation_id),
        )
        return next((Scope(kind, str(identifier)) for kind, identifier in ids if identifier is not None), SITE)


WHOLE_SITE = Place()


@dataclass(frozen=True, slots=True)
class DraftExam:
    """Make an exam, or write a draft anew. ``certification`` and its version are plain names to the core."""

    titles: Titles
    specification: ExamSpecification
    place: Place = WHOLE_SITE
    certification: str = ""
    specification_version: str = ""


@dataclass(frozen=True, slots=True)
class MapItems:
    """Say which domain of ``certification`` each of ``item_ids`` belongs to; an empty ``domain`` takes it away."""

    certification: str
    domain: str
    item_ids: tuple[UUID, ...]


@dataclass(eq=False)
class Exam:
    """An exam. ``state``: draft, published or closed.

    ``scopes`` is where permissions on it may be held, found once from its place and kept with it.
    """

    id: UUID
    titles: Titles
    place: Place
    scopes: Scopes
    certification: str
    specification_version: str
    specification: ExamSpecification
    created_at: datetime
    state: str = "draft"
    published_at: datetime | None = None
    closed_at: datetime | None = None
    version: int = field(default=1, init=False)

    def change(self, draft: DraftExam, scopes_of_place: Scopes) -> None:
        """Write the draft anew. Raises ExamFrozen once it is published, Invalid for a contradiction."""
        self.require_draft()
        draft.specification.require_sound()
        self.titles, self.specification = draft.titles, draft.specification
        self.place, self.scopes = draft.place, scopes_of_place
        self.certification, self.specification_version = draft.certification, draft.specification_version

    def publish(self, now: datetime) -> None:
        """Open it to attempts and freeze the specification. Raises ExamFrozen, Invalid."""
        self.require_draft()
        self.specification.require_sound()
        self.state, self.published_at = "published", now

    def move_window(self, opens_at: datetime | None, closes_at: datetime | None) -> None:
        """Let attempts run at other times: the one thing that changes while it is open. Raises ExamNotPublished,
        Invalid.
        """
        if self.state != "published":
            raise ExamNotPublished(text("The window of an exam is moved while the exam is open."))
        moved = replace(self.specification, opens_at=opens_at, closes_at=closes_at)
        moved.require_sound()
        self.specification = moved

    def close(self, now: datetime) -> None:
        """Let nobody begin any more; attempts that run go on. Raises ExamNotPublished."""
        if self.state != "published":
            raise ExamNotPublished
        self.state, self.closed_at = "closed", now

    def require_draft(self) -> None:
        """Raise ExamFrozen unless it is still a draft."""
        if self.state != "draft":
            raise ExamFrozen


@dataclass(frozen=True, slots=True)
class ExamPublished(Event):
    """An exam was opened to attempts."""

    name: ClassVar[str] = "assessment.exam_published"

    exam_id: UUID


@dataclass(frozen=True, slots=True)
class ExamClosed(Event):
    """An exam takes no more attempts."""

    name: ClassVar[str] = "assessment.exam_closed"

    exam_id: UUID
