"""The tables of assessment, and how they map to the domain."""

from lms_core.assessment.tables import attempts, exams, items

__all__ = ["attempts", "exams", "items"]
