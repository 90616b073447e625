"""Measurement as use cases: statistics of exams and banks, calibrations of banks, evidence of one's own ability."""

from lms_core.assessment.service.measurement.calibrations import CalibrationService, RunShown
from lms_core.assessment.service.measurement.evidence import Evidence, EvidenceService, Known
from lms_core.assessment.service.measurement.statistics import Measured, Shown, StatisticsService

__all__ = [
    "CalibrationService",
    "Evidence",
    "EvidenceService",
    "Known",
    "Measured",
    "RunShown",
    "Shown",
    "StatisticsService",
]
