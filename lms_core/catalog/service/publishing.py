"""Publishing: what stands against it, what would change, the revision itself, and going back to an old one."""

from dataclasses import dataclass, replace
from uuid import UUID

from lms_core.catalog.domain import (
    Change,
    Content,
    CourseChanged,
    NotPublishable,
    PublishCourse,
    Revision,
    differences,
    facts_of,
    faults,
)
from lms_core.catalog.repository import Courses, Revisions
from lms_core.catalog.service.kinds import KindService
from lms_core.catalog.service.reach import PUBLISH, authored
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Refusal, refuse_if
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.scopes import Scopes
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.foundation.web.markdown import to_html
from lms_core.hooks.caller import Hooks
from lms_core.hooks.catalog import CoursePublished

# Once more where the draft moved while its reviewers were reading; after that, the author should look again.
TRIES = 2


@dataclass(frozen=True, slots=True)
class PublicationPreview:
    """A draft next to what learners read now: the changes, and every reason against publishing."""

    content: Content
    changes: tuple[Change, ...]
    reasons: tuple[Refusal, ...]
    on: Scopes
    number: int

    @property
    def digest(self) -> str:
        """The fingerprint of what was looked at."""
        return self.content.digest


@dataclass(frozen=True)
class PublishingService:
    """What makes a draft a revision."""

    work: Work
    clock: Clock
    hooks: Hooks
    kinds: KindService

    def preview(self, actor: Actor, course_id: UUID) -> PublicationPreview:
        """What publishing would change, and what stands against it."""
        with self.work.read() as uow:
            course = Courses(uow).draft(course_id)
            on = authored(uow, actor, course)
            content = Content.of(course)
            current, published = _published(uow, course_id)
        return self._judged(course_id, content, published, on, current.number + 1 if current else 1)

    def publish(self, actor: Actor, command: PublishCourse) -> Revision:
        """Make the draft the revision that learners read. Raises Forbidden, NotPublishable with all reasons,
        CourseChanged if it is no longer what the author looked at.
        """
        for _ in range(TRIES):
            seen = self.preview(actor, command.course_id)
            actor.require(PUBLISH, seen.on)
            if command.digest and command.digest != seen.digest:
                raise CourseChanged
            refuse_if(seen.reasons, NotPublishable)
            made = self._kept(actor, command.course_id, seen, command.note)
            if made is not None:
                return made
        raise CourseChanged

    def restore(self, actor: Actor, course_id: UUID, number: int) -> Revision:
        """Publish what an old revision said as a new one; the draft stays. Raises RevisionNotFound, NotPublishable."""
        with self.work.read() as uow:
            on = authored(uow, actor, Courses(uow).get(course_id))
            actor.require(PUBLISH, on)
            content = Revisions(uow).content(Revisions(uow).get(course_id, number))
            current, published = _published(uow, course_id)
        seen = self._judged(course_id, content, published, on, current.number + 1 if current else 1)
        refuse_if(seen.reasons, NotPublishable)
        made = self._kept(actor, course_id, seen, "", restored_from=number)
        if made is None:
            raise CourseChanged
        return made

    def revisions(self, actor: Actor, course_id: UUID, request: PageRequest) -> Page[Revision]:
        """The revisions of a course that the actor may write, the newest first."""
        with self.work.read() as uow:
            authored(uow, actor, Courses(uow).get(course_id))
            return Revisions(uow).listed(course_id, request)

    def revision(self, actor: Actor, course_id: UUID, number: int) -> tuple[Revision, Content]:
        """One revision and all it says. Raises RevisionNotFound."""
        with self.work.read() as uow:
            authored(uow, actor, Courses(uow).get(course_id))
            found = Revisions(uow).get(course_id, number)
            return found, Revisions(uow).content(found)

    def _judged(
        self, course_id: UUID, content: Content, published: Content | None, on: Scopes, number: int
    ) -> PublicationPreview:
        own = faults(content, published, self.kinds.known(on))
        others = self.hooks.review_course_publication(facts_of(course_id, content), on)
        return PublicationPreview(content, differences(published, content), (*own, *others), on, number)

    def _kept(
        self, actor: Actor, course_id: UUID, seen: PublicationPreview, note: str, restored_from: int | None = None
    ) -> Revision | None:
        rendered = {each.id: Titles(to_html(each.body.ko), to_html(each.body.en)) for each in seen.content.activities()}
        revision = Revision(
            id=new_id(),
            course_id=course_id,
            number=seen.number,
            content=seen.content,
            changes=seen.changes,
            note=note,
            author_id=actor.person_id,
            published_at=self.clock.now(),
            restored_from=restored_from,
        )
        with self.work.write() as uow:
            course = Courses(uow).draft(course_id)
            current = Revisions(uow).current(course_id)
            moved = restored_from is None and Content.of(course) != seen.content
            if moved or (current.number if current else 0) + 1 != seen.number:
                return None
            Revisions(uow).add(revision, seen.content, rendered)
            uow.record(CoursePublished(course_id, revision.id), actor, authored(uow, actor, course))
            uow.commit()
        return replace(revision, content=seen.content)


def _published(uow: UnitOfWork, course_id: UUID) -> tuple[Revision | None, Content | None]:
    current = Revisions(uow).current(course_id)
    return current, Revisions(uow).content(current) if current else None
