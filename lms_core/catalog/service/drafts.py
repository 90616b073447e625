"""Drafts: beginning a course, describing it, finding the ones that are one's own to write."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from lms_core.catalog.domain import (
    Course,
    CourseCreated,
    CreateCourse,
    CurriculumNotOffered,
    DescribeCourse,
    DraftChanged,
    check_course,
    check_version,
    course_modules,
)
from lms_core.catalog.repository import Courses
from lms_core.catalog.service.reach import AUTHOR, CREATE, authored, reach_of, scopes_of
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Invalid
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.scopes import EVERYWHERE, Scope, Scopes
from lms_core.foundation.text import text
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.hooks.caller import Hooks
from lms_core.hooks.catalog import Curriculum
from lms_core.organisation.service import CampusService, campus_scopes, organisation_scopes


@dataclass(frozen=True)
class DraftService:
    """What authors do with a course as a whole."""

    work: Work
    clock: Clock
    hooks: Hooks
    campuses: CampusService

    def find(self, actor: Actor, request: PageRequest) -> Page[Course]:
        """The courses that the actor may write. Filter: state. Sorts: title, slug, created."""
        with self.work.read() as uow:
            return Courses(uow).listed(request, reach_of(uow, actor, AUTHOR), actor.language)

    def get(self, actor: Actor, course_id: UUID) -> Course:
        """A draft with its outline. Raises CourseNotFound, also for whom it is none of their business."""
        with self.work.read() as uow:
            course = Courses(uow).draft(course_id)
            authored(uow, actor, course)
            return course

    def scopes(self, course_id: UUID) -> Scopes:
        """Where a course lies, for asking hooks. Raises CourseNotFound."""
        with self.work.read() as uow:
            return scopes_of(uow, Courses(uow).get(course_id))

    def curricula(self, place: Scope | None = None) -> tuple[Curriculum, ...]:
        """The curricula offered at ``place``, or those offered for the whole site."""
        with self.work.read() as uow:
            on = _lying(uow, place) if place else EVERYWHERE
        return self.hooks.curricula(on or EVERYWHERE)

    def offered(self, actor: Actor) -> tuple[Curriculum, ...]:
        """The curricula of every place where the actor may begin a course; ``create`` asks the place that is chosen."""
        places = (campus.scopes for campus in self.campuses.choices(actor, CREATE))
        return tuple({one.code: one for on in (EVERYWHERE, *places) for one in self.hooks.curricula(on)}.values())

    def create(self, actor: Actor, command: CreateCourse) -> Course:
        """Begin a course. Raises Forbidden, Invalid, SlugTaken, CurriculumNotOffered."""
        check_course(command.slug, command.titles, command.languages)
        with self.work.read() as uow:
            on = _lying(uow, command.place)
        if on is None:
            raise Invalid(fields={"place": (text("Choose the place where the course is held."),)})
        actor.require(CREATE, on)
        course = self._made(command, _chosen(self.hooks.curricula(on), command.curriculum))
        with self.work.write() as uow:
            Courses(uow).add(course)
            uow.record(CourseCreated(course.id), actor, authored(uow, actor, course))
            uow.commit()
        return course

    def describe(self, actor: Actor, command: DescribeCourse) -> Course:
        """Say anew what it is called and about. Raises CourseChanged, Invalid, SlugTaken."""
        check_course(command.slug, command.titles, command.languages)
        with self.work.write() as uow:
            course = Courses(uow).draft(command.course_id)
            on = authored(uow, actor, course)
            check_version(course.version, command.version)
            course.describe(command.slug, command.titles, command.summary, command.languages)
            Courses(uow).save()
            uow.record(DraftChanged(course.id, "describe", course.id), actor, on)
            uow.commit()
            return course

    def _made(self, command: CreateCourse, curriculum: Curriculum | None) -> Course:
        organisation_id, campus_id = self._hosts(command.place)
        return Course(
            id=new_id(),
            slug=command.slug,
            titles=command.titles,
            summary=command.summary,
            languages=list(command.languages),
            organisation_id=organisation_id,
            campus_id=campus_id,
            created_at=self.clock.now(),
            curriculum_code=curriculum.code if curriculum else "",
            curriculum_version=curriculum.version if curriculum else "",
            modules=course_modules(curriculum, new_id) if curriculum else [],
        )

    def _hosts(self, place: Scope) -> tuple[UUID, UUID | None]:
        if place.kind == "organisation":
            return UUID(place.id), None
        campus = self.campuses.look_up(UUID(place.id))
        if campus is None:
            raise ValueError(f"a place that was found before is gone: {place}")
        return campus.owner_id, campus.id


def _lying(uow: UnitOfWork, place: Scope) -> Scopes | None:
    try:
        identifier = UUID(place.id)
    except ValueError:
        return None
    found = {"campus": campus_scopes, "organisation": organisation_scopes}.get(place.kind)
    return found(uow, identifier) if found else None


def _chosen(offered: Sequence[Curriculum], code: str) -> Curriculum | None:
    if not code:
        return None
    for curriculum in offered:
        if curriculum.code == code:
            return curriculum
    raise CurriculumNotOffered
