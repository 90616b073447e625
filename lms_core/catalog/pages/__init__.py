"""The pages of the catalog: reading what is published, writing drafts, publishing them."""

from flask import Blueprint

pages = Blueprint("catalog", __name__, template_folder="../templates", url_prefix="/catalog")

from lms_core.catalog.pages import activities, drafts, outline, publishing, reading  # noqa: E402 they hang on ``pages``

__all__ = ["activities", "drafts", "outline", "pages", "publishing", "reading"]
