"""What progress does in the background."""

from uuid import UUID

from lms_core.foundation.outbox.tasks import task
from lms_core.foundation.web import provide
from lms_core.progress.service import ProgressService
from lms_core.progress.service.doing import JUDGE


@task(JUDGE)
def judge_completion(person_id: UUID, course_id: UUID) -> None:
    """Ask whether a course is complete. Usually done already; this is for a process that died in between."""
    provide(ProgressService).judge(person_id, course_id)
