"""What progress does in the background."""

from uuid import UUID

from lms_core.foundation.outbox.tasks import task
from lms_core.foundation.web import provide
from lms_core.progress.service import ProgressService
from lms_core.progress.service.doing import JUDGE, JUDGE_COURSE


@task(JUDGE)
def judge_completion(person_id: UUID, course_id: UUID) -> None:
    """Ask whether a course is complete. Usually done already; this is for a process that died in between."""
    provide(ProgressService).judge(person_id, course_id)


@task(JUDGE_COURSE)
def judge_course(course_id: UUID) -> None:
    """Ask of everybody who is under way in a course whether it is complete: the rule may be another one now."""
    provide(ProgressService).judge_everybody(course_id)
