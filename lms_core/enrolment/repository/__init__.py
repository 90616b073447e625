"""The only SQL of enrolment."""

from lms_core.enrolment.repository.applications import Applications
from lms_core.enrolment.repository.cohorts import Cohorts, Reach
from lms_core.enrolment.repository.decisions import Decisions
from lms_core.enrolment.repository.enrolments import Enrolments

__all__ = ["Applications", "Cohorts", "Decisions", "Enrolments", "Reach"]
