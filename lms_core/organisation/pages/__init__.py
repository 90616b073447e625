"""The pages of the organisation room."""

from flask import Blueprint

pages = Blueprint("organisation", __name__, template_folder="../templates")

__all__ = ["pages"]
