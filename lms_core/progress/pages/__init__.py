"""The pages of progress: marking what is done, and a cohort's table."""

from flask import Blueprint

pages = Blueprint("progress", __name__, template_folder="../templates", url_prefix="/progress")

from lms_core.progress.pages import cohorts, doing  # noqa: E402 they hang their views on ``pages``

__all__ = ["cohorts", "doing", "pages"]
