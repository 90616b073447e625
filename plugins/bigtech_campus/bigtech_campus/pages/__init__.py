"""The pages of bigtech_campus: the agreements at a campus, and the panels shown elsewhere."""

from flask import Blueprint

pages = Blueprint("bigtech_campus", __name__, template_folder="../templates", url_prefix="/bigtech_campus")

from bigtech_campus.pages import agreements  # noqa: E402 it hangs its views on ``pages``

__all__ = ["agreements", "pages"]
