"""The pages of assessment."""

from flask import Blueprint

pages = Blueprint("assessment", __name__, template_folder="../templates", url_prefix="/assessment")

from lms_core.assessment.pages import (  # noqa: E402 they hang their views on ``pages``
    attempts,
    banks,
    exam_running,
    exam_writing,
    exams,
    imports,
    items,
    reports,
)

__all__ = ["attempts", "banks", "exam_running", "exam_writing", "exams", "imports", "items", "pages", "reports"]
