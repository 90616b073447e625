"""The pages of cert_prep: the catalogue, and the panels shown elsewhere."""

from flask import Blueprint

pages = Blueprint("cert_prep", __name__, template_folder="../templates", url_prefix="/cert_prep")

from cert_prep.pages import catalogue  # noqa: E402 it hangs its views on ``pages``

__all__ = ["catalogue", "pages"]
