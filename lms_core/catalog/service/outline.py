"""The outline of a draft: modules and activities, added, written, moved and taken out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from lms_core.catalog.domain import (
    Activity,
    AddActivity,
    Course,
    DraftChanged,
    Module,
    WriteActivity,
    check_titles,
    check_version,
)
from lms_core.catalog.repository import Courses
from lms_core.catalog.service.kinds import KindService
from lms_core.catalog.service.reach import authored
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Invalid
from lms_core.foundation.identity import new_id
from lms_core.foundation.text import Titles, text
from lms_core.foundation.uow import Work


@dataclass(frozen=True)
class OutlineService:
    """What authors do inside a draft. Each act raises CourseNotFound where the draft is none of the actor's."""

    work: Work
    kinds: KindService

    def add_module(self, actor: Actor, course_id: UUID, titles: Titles) -> Module:
        """Add a module at the end."""
        check_titles(titles)
        module = Module(new_id(), titles)
        with self._changing(actor, course_id, "add_module", module.id) as course:
            course.modules.append(module)
        return module

    def rename_module(self, actor: Actor, course_id: UUID, module_id: UUID, titles: Titles, version: int) -> Module:
        """Call a module something else. Raises ModuleNotFound, CourseChanged."""
        check_titles(titles)
        with self._changing(actor, course_id, "rename_module", module_id) as course:
            module = course.module(module_id)
            check_version(module.version, version)
            module.rename(titles)
            return module

    def move_module(self, actor: Actor, course_id: UUID, module_id: UUID, by: int) -> None:
        """Move a module up (-1) or down (1). Raises ModuleNotFound."""
        with self._changing(actor, course_id, "move_module", module_id) as course:
            course.move_module(module_id, by)

    def remove_module(self, actor: Actor, course_id: UUID, module_id: UUID) -> None:
        """Take a module out with everything in it. Raises ModuleNotFound."""
        with self._changing(actor, course_id, "remove_module", module_id) as course:
            course.remove_module(module_id)

    def add_activity(self, actor: Actor, command: AddActivity) -> Activity:
        """Add an activity at the end of a module. Raises ModuleNotFound, Invalid for a kind that is not on here."""
        check_titles(command.titles)
        self._require_kind(command)
        activity = Activity(new_id(), command.kind, command.titles, minutes=command.minutes)
        with self._changing(actor, command.course_id, "add_activity", activity.id) as course:
            course.module(command.module_id).activities.append(activity)
        return activity

    def write_activity(self, actor: Actor, command: WriteActivity) -> Activity:
        """Write an activity anew. Raises ActivityNotFound, CourseChanged."""
        check_titles(command.titles)
        with self._changing(actor, command.course_id, "write_activity", command.activity_id) as course:
            _, activity = course.activity(command.activity_id)
            check_version(activity.version, command.version)
            activity.write(command.titles, command.body, command.settings, command.minutes)
            return activity

    def move_activity(self, actor: Actor, course_id: UUID, activity_id: UUID, by: int) -> None:
        """Move an activity up (-1) or down (1), over the edge of its module too. Raises ActivityNotFound."""
        with self._changing(actor, course_id, "move_activity", activity_id) as course:
            course.move_activity(activity_id, by)

    def remove_activity(self, actor: Actor, course_id: UUID, activity_id: UUID) -> None:
        """Take an activity out. Raises ActivityNotFound."""
        with self._changing(actor, course_id, "remove_activity", activity_id) as course:
            course.remove_activity(activity_id)

    def _require_kind(self, command: AddActivity) -> None:
        if command.kind not in self.kinds.at_course(command.course_id):
            raise Invalid(fields={"kind": (text("Choose one of the kinds of activity."),)})

    @contextmanager
    def _changing(self, actor: Actor, course_id: UUID, act: str, object_id: UUID) -> Iterator[Course]:
        with self.work.write() as uow:
            course = Courses(uow).draft(course_id)
            on = authored(uow, actor, course)
            yield course
            uow.record(DraftChanged(course.id, act, object_id), actor, on)
            uow.commit()
