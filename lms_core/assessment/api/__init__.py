"""The JSON API of assessment, under /api/v1/assessment/: banks and items, exams, attempts, regrades, marking."""

from lms_core.assessment.api import attempts, banks, comments, exams, marking, regrades, saves
from lms_core.assessment.api.blueprint import api

__all__ = ["api", "attempts", "banks", "comments", "exams", "marking", "regrades", "saves"]
