"""The pages of the site itself: how it stands, plugins, and background work that did not get done.

They lie under /admin and /plugins, which no plugin can claim. A plugin's id has no hyphen, so
/plugins/parked-work is nobody's.
"""

from flask import Blueprint

pages = Blueprint("foundation", __name__, template_folder="../templates", url_prefix="/plugins")
admin = Blueprint("foundation-admin", __name__, url_prefix="/admin")

from lms_core.app.pages import dashboard, plugins, settings, traces, work  # noqa: E402 they hang their views on these

__all__ = ["admin", "dashboard", "pages", "plugins", "settings", "traces", "work"]
