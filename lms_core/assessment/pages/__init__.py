"""The pages of assessment."""

from flask import Blueprint

pages = Blueprint("assessment", __name__, template_folder="../templates", url_prefix="/assessment")

from lms_core.assessment.pages import (  # noqa: E402 they hang their views on ``pages``
    attempts,
    banks,
    calibration,
    comments,
    exam_running,
    exam_writing,
    exams,
    exports,
    imports,
    integrity,
    item_writing,
    items,
    marking,
    previews,
    proctoring,
    question_reports,
    regrades,
    reports,
    statistics,
    takedowns,
    upkeep,
)

__all__ = [
    "attempts",
    "banks",
    "calibration",
    "comments",
    "exam_running",
    "exam_writing",
    "exams",
    "exports",
    "imports",
    "integrity",
    "item_writing",
    "items",
    "marking",
    "pages",
    "previews",
    "proctoring",
    "question_reports",
    "regrades",
    "reports",
    "statistics",
    "takedowns",
    "upkeep",
]
