"""What enrolment does in the background."""

from uuid import UUID

from lms_core.enrolment.service import PlaceService
from lms_core.enrolment.service.places import FILL
from lms_core.foundation.outbox.tasks import task
from lms_core.foundation.web import provide


@task(FILL)
def fill_places(cohort_id: UUID) -> None:
    """Give free places of a cohort to its line. Usually done already; this is for a process that died in between."""
    provide(PlaceService).fill(cohort_id, "withdrawal")
