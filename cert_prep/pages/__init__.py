"""The pages of cert_prep: the catalogue, and the panels shown elsewhere."""

from flask import Blueprint

pages = Blueprint("cert_prep", __name__, template_folder="../templates", url_prefix="/cert_prep")

from cert_prep.pages import catalogue, readiness  # noqa: E402 they hang their views on ``pages``

__all__ = ["catalogue", "pages", "readiness"]
