"""Background tasks of cert_prep: they may run twice."""

from cert_prep.service import PracticeService
from lms_core.foundation.outbox.tasks import task
from lms_core.foundation.web import provide


@task("cert_prep.forget_newcomers")
def forget_newcomers() -> None:
    """Forget who joined and did not begin in time."""
    provide(PracticeService).forget_newcomers()
