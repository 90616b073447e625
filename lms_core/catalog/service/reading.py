"""Reading: what is published, for whom it is open, and one activity after the other."""

from dataclasses import dataclass
from uuid import UUID

from lms_core.catalog.domain import CourseNotFound, CourseSummary, Revision, Step
from lms_core.catalog.repository import Courses, Revisions
from lms_core.catalog.service.kinds import ActivityShown, KindService
from lms_core.catalog.service.reach import READ, reach_of, scopes_of
from lms_core.foundation.actors import Actor
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.scopes import Scopes
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.hooks.site import Viewer


@dataclass(frozen=True, slots=True)
class CourseListed:
    """A published course in the list, and whether the one who looks may open it."""

    summary: CourseSummary
    open: bool


@dataclass(frozen=True, slots=True)
class ActivityRead:
    """An activity as a reader gets it: its place, its safe HTML by language, and what its kind adds."""

    revision: Revision
    step: Step
    html: Titles
    shown: ActivityShown
    on: Scopes


@dataclass(frozen=True)
class ReadingService:
    """What readers do. They never see a draft."""

    work: Work
    kinds: KindService

    def browse(self, actor: Actor, request: PageRequest) -> Page[CourseListed]:
        """All published courses, for whoever is signed in. Filter: campus. Sorts: title, newest."""
        actor.require_person()
        with self.work.read() as uow:
            found = Courses(uow).published(request, actor.language)
            mine = Courses(uow).readable([each.id for each in found.items], reach_of(uow, actor, READ))
        return found.map(lambda each: CourseListed(each, each.id in mine))

    def campuses(self) -> frozenset[UUID]:
        """The campuses that have something to browse."""
        with self.work.read() as uow:
            return Courses(uow).campuses()

    def course(self, actor: Actor, course_id: UUID) -> tuple[Revision, Scopes]:
        """What is published of a course. Raises NotFound where it is not open to the actor, or not published."""
        with self.work.read() as uow:
            return _opened(uow, actor, course_id)

    def activity(self, actor: Actor, viewer: Viewer, course_id: UUID, activity_id: UUID) -> ActivityRead:
        """One activity as published. Raises ActivityNotFound."""
        with self.work.read() as uow:
            revision, on = _opened(uow, actor, course_id)
            step = revision.step(activity_id)
            page = Revisions(uow).page(revision.id, activity_id)
        return ActivityRead(revision, step, page.html, self.kinds.show(course_id, step.activity, viewer, on), on)

    def published(self, course_id: UUID) -> Revision | None:
        """What is published of a course, for another room's own rules, whoever asks; None if nothing is."""
        with self.work.read() as uow:
            return Revisions(uow).current(course_id)


def _opened(uow: UnitOfWork, actor: Actor, course_id: UUID) -> tuple[Revision, Scopes]:
    on = scopes_of(uow, Courses(uow).get(course_id))
    revision = Revisions(uow).current(course_id)
    # One answer for all three: not there, not open to the actor, not published.
    if revision is None or not actor.may(READ, on):
        raise CourseNotFound
    return revision, on
