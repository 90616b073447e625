"""Background tasks of assessment: they take ids and may run twice."""

from typing import Literal
from uuid import UUID

from lms_core.assessment.domain.measurement.sittings import Subject
from lms_core.assessment.service import SubmissionService
from lms_core.assessment.service.measurement import CalibrationService, StatisticsService
from lms_core.assessment.service.regrading import CARRY_ON, LATECOMERS, Regrader
from lms_core.foundation.outbox.tasks import task
from lms_core.foundation.web import provide


@task("assessment.close_attempts")
def close_attempts() -> None:
    """Hand in every attempt whose time is over, and grade what waits for its score."""
    while provide(SubmissionService).close_due():
        continue


@task("assessment.compute_statistics")
def compute_statistics(kind: Literal["exam", "bank"], subject_id: UUID) -> None:
    """Compute the figures of an exam or a bank, unless they are of today."""
    provide(StatisticsService).compute(Subject(kind, subject_id))


@task("assessment.calibrate_bank")
def calibrate_bank(run_id: UUID) -> None:
    """Compute a calibration that somebody asked for."""
    provide(CalibrationService).compute(run_id)


@task(CARRY_ON)
def regrade(regrade_id: UUID) -> None:
    """Carry a regrade's preview or its application on, some rounds at a time: another task goes on from there."""
    if provide(Regrader).carry_on(regrade_id):
        provide(Regrader).later(regrade_id)


@task(LATECOMERS)
def regrade_latecomers(regrade_id: UUID) -> None:
    """Regrade those who handed in while it was approved."""
    provide(Regrader).latecomers(regrade_id)
