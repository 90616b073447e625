"""What counts in a course: its newest published revision, without what is switched off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from lms_core.catalog.domain import ActivityContent, Revision
from lms_core.catalog.service import CourseDirectory, KindService
from lms_core.hooks.catalog import ActivityKind
from lms_core.progress.domain import EXAM_SETTING, Step, Syllabus


@dataclass(frozen=True)
class Syllabi:
    """Asks the catalog."""

    courses: CourseDirectory
    kinds: KindService

    def of(self, course_ids: Iterable[UUID]) -> Mapping[UUID, Syllabus]:
        """Syllabi by course; a course that is not published has none."""
        found = self.courses.published(course_ids)
        return {course_id: _syllabus(one, self.kinds.at_course(course_id)) for course_id, one in found.items()}

    def one(self, course_id: UUID) -> Syllabus | None:
        """The syllabus of one course, or None if it is not published."""
        return self.of([course_id]).get(course_id)


def _syllabus(revision: Revision, kinds: Mapping[str, ActivityKind]) -> Syllabus:
    counting = [one for one in revision.content.activities() if one.kind in kinds]
    steps = tuple(_step(one, kinds[one.kind]) for one in counting)
    return Syllabus(revision.course_id, revision.id, revision.content.titles, steps)


def _step(activity: ActivityContent, kind: ActivityKind) -> Step:
    return Step(activity.id, activity.titles, kind.completed_by, str(activity.settings.get(EXAM_SETTING, "")))
