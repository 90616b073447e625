"""Background tasks of assessment: they take ids and may run twice."""

from lms_core.assessment.service import SubmissionService
from lms_core.foundation.outbox.tasks import task
from lms_core.foundation.web import provide


@task("assessment.close_attempts")
def close_attempts() -> None:
    """Hand in every attempt whose time is over, and grade what waits for its score."""
    while provide(SubmissionService).close_due():
        continue
