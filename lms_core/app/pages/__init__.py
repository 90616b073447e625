"""The pages of the site itself: plugins, and background work that did not get done.

They lie under /plugins, which no plugin can claim. A plugin's id has no hyphen, so /plugins/parked-work is nobody's.
"""

from flask import Blueprint

pages = Blueprint("foundation", __name__, template_folder="../templates", url_prefix="/plugins")

from lms_core.app.pages import plugins, work  # noqa: E402 they hang their views on ``pages``

__all__ = ["pages", "plugins", "work"]
