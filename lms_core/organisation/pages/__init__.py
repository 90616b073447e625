"""The pages of the organisation room: campuses with their departments, organisations, members."""

from flask import Blueprint

pages = Blueprint("organisation", __name__, template_folder="../templates", url_prefix="/organisation")

from lms_core.organisation.pages import campuses, members, organisations  # noqa: E402 they hang their views on ``pages``

__all__ = ["campuses", "members", "organisations", "pages"]
