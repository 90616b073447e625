"""The tables of assessment, and how they map to the domain."""

from lms_core.assessment.tables import (
    attempts,
    comments,
    exams,
    integrity,
    items,
    marks,
    measurement,
    proctoring,
    question_reports,
    regrades,
)

__all__ = [
    "attempts",
    "comments",
    "exams",
    "integrity",
    "items",
    "marks",
    "measurement",
    "proctoring",
    "question_reports",
    "regrades",
]
