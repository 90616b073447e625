"""The pages of university_outreach: visits, agreements, and the panels shown elsewhere."""

from flask import Blueprint

pages = Blueprint("university_outreach", __name__, template_folder="../templates", url_prefix="/university_outreach")

from university_outreach.pages import agreements, visits  # noqa: E402 they hang their views on ``pages``

__all__ = ["agreements", "pages", "visits"]
