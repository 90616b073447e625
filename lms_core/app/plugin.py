"""What the foundation brings to the house: looking after plugins, and after work that did not get done."""

from collections.abc import Sequence

from flask import Blueprint

from lms_core.app.api import api
from lms_core.app.pages import admin, pages
from lms_core.app.service import SEE
from lms_core.foundation.host.service import MANAGE
from lms_core.foundation.outbox.service import PERMISSION
from lms_core.foundation.text import text
from lms_core.foundation.web.tracing import SEE_TRACES
from lms_core.hooks import hookimpl
from lms_core.hooks.site import MenuItem, Permission, PersonalData, Role

TRAIL = text("Keeping account of who changed what")
AS_LONG = text("As long as the site; it holds ids, no names")


@hookimpl
def lms_register_blueprints() -> Sequence[Blueprint]:
    """Pages and API."""
    return [pages, admin, api]


@hookimpl
def lms_register_permissions() -> Sequence[Permission]:
    """What can be done to the site itself."""
    return [
        Permission(SEE, text("See the plugins, where they are on and how they fare")),
        Permission(MANAGE, text("Switch plugins on and off, and set them")),
        Permission(SEE_TRACES, text("See which plugins were asked, and how long they took")),
        Permission(PERMISSION, text("Repeat or drop background work that failed")),
    ]


@hookimpl
def lms_register_roles() -> Sequence[Role]:
    """Operators see why something is missing at their campus; switching it is the administrator's."""
    return [Role("campus_operator", text("Campus operator"), frozenset({SEE}), ("organisation", "campus"))]


@hookimpl
def lms_register_menus() -> Sequence[MenuItem]:
    """How the site stands, and its plugins from there, for those who may see them."""
    return [MenuItem("foundation-admin.dashboard", text("Site"), SEE, rank=90)]


@hookimpl
def lms_register_personal_data() -> Sequence[PersonalData]:
    """Who did what: kept, since the log is append-only. The people room registers mails and access records."""
    changed = ("foundation_plugin_gate", "foundation_plugin_setting")
    kept = (("foundation_event", "actor_id"), *((table, "changed_by") for table in changed))
    return [PersonalData(table, column, TRAIL, AS_LONG, "keep") for table, column in kept]
