"""The pages of assessment."""

from flask import Blueprint

pages = Blueprint("assessment", __name__, template_folder="../templates", url_prefix="/assessment")

from lms_core.assessment.pages import banks, imports, items  # noqa: E402 they hang their views on ``pages``

__all__ = ["banks", "imports", "items", "pages"]
