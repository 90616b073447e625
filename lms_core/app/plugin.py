"""What the foundation brings to the house: looking after plugins, and after work that did not get done."""

from collections.abc import Sequence

from flask import Blueprint

from lms_core.app.api import api
from lms_core.app.pages import pages
from lms_core.app.service import SEE
from lms_core.foundation.host.service import MANAGE
from lms_core.foundation.outbox.service import PERMISSION
from lms_core.foundation.text import text
from lms_core.hooks import hookimpl
from lms_core.hooks.site import MenuItem, Permission, PersonalData, Role

TRAIL = text("Keeping account of who changed what")
AS_LONG = text("As long as the site; it holds ids, no names")


@hookimpl
def lms_register_blueprints() -> Sequence[Blueprint]:
    """Pages and API."""
    return [pages, api]


@hookimpl
def lms_register_permissions() -> Sequence[Permission]:
    """What can be done to the site itself."""
    return [
        Permission(SEE, text("See the plugins, where they are on and how they fare")),
        Permission(MANAGE, text("Switch plugins on and off")),
        Permission(PERMISSION, text("Repeat or drop background work that failed")),
    ]


@hookimpl
def lms_register_roles() -> Sequence[Role]:
    """Operators see why something is missing at their campus; switching it is the administrator's."""
    return [Role("campus_operator", text("Campus operator"), frozenset({SEE}), ("organisation", "campus"))]


@hookimpl
def lms_register_menus() -> Sequence[MenuItem]:
    """Plugins, for those who may see them."""
    return [MenuItem("foundation.plugins", text("Plugins"), SEE, rank=90)]


@hookimpl
def lms_register_personal_data() -> Sequence[PersonalData]:
    """Who did what: kept, since the log is append-only. The people room registers mails and access records."""
    kept = (("foundation_event", "actor_id"), ("foundation_plugin_gate", "changed_by"))
    return [PersonalData(table, column, TRAIL, AS_LONG, "keep") for table, column in kept]
