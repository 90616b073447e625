"""The pages of enrolment: applying, and running cohorts."""

from flask import Blueprint

pages = Blueprint("enrolment", __name__, template_folder="../templates", url_prefix="/enrolment")

from lms_core.enrolment.pages import applying, cohorts, desk  # noqa: E402 they hang their views on ``pages``

__all__ = ["applying", "cohorts", "desk", "pages"]
