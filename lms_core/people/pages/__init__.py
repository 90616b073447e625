"""The pages of people: signing in, joining, one's own account, lists for staff, and home."""

from flask import Blueprint

pages = Blueprint(
    "people", __name__, template_folder="../templates", static_folder="../static", static_url_path="/static/people"
)

from lms_core.people.pages import account, home, search, sign_in, staff  # noqa: E402 they hang their views on ``pages``

__all__ = ["account", "home", "pages", "search", "sign_in", "staff"]
