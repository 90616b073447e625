"""Courses for other rooms: what they are called, which of them somebody reaches, what is published of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from lms_core.catalog.domain import CourseOrigin, Revision
from lms_core.catalog.repository import Courses, Revisions
from lms_core.catalog.service.reach import READ, reach_of
from lms_core.foundation.actors import Actor
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import Work


@dataclass(frozen=True)
class CourseDirectory:
    """Reads for another room's own rules. The caller has checked that the actor may know."""

    work: Work

    def titles(self, ids: Iterable[UUID]) -> Mapping[UUID, Titles]:
        """Titles by id, whoever asks: they stand beside what people may see."""
        with self.work.read() as uow:
            return Courses(uow).titles(ids)

    def within(self, actor: Actor, permission: str) -> frozenset[UUID] | None:
        """The courses where the actor holds ``permission``, published or not; None for all of them."""
        with self.work.read() as uow:
            reach = reach_of(uow, actor, permission)
            return None if reach is None else Courses(uow).within(reach)

    def offered(self, actor: Actor) -> Mapping[UUID, Titles]:
        """The published courses that the actor may read, by title, for a form to choose from."""
        with self.work.read() as uow:
            return Courses(uow).offered(reach_of(uow, actor, READ), actor.language)

    def begun_from(self, codes: Collection[str], campus_id: UUID) -> list[CourseOrigin]:
        """The courses at a campus that were begun from one of these curricula, the oldest first."""
        with self.work.read() as uow:
            return Courses(uow).begun_from(codes, campus_id)

    def origin(self, course_id: UUID) -> CourseOrigin | None:
        """Where a course comes from; None if there is no such course."""
        with self.work.read() as uow:
            return Courses(uow).origin(course_id)

    def published(self, ids: Iterable[UUID]) -> Mapping[UUID, Revision]:
        """What learners read now of each of these courses, as outlines, in one query."""
        with self.work.read() as uow:
            return Revisions(uow).current_of(ids)
