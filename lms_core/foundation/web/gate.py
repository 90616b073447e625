"""One gate for all plugins: where a plugin is off, its URLs answer the core's 404 before any of its code runs."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Flask, request
from werkzeug.exceptions import NotFound

from lms_core.foundation.scopes import EVERYWHERE, Scopes
from lms_core.foundation.web.house import House, house


def install_gate(app: Flask) -> None:
    """Put the gate in front. Has to be called before any blueprint is registered."""
    app.url_value_preprocessor(_gate)


def owner_of(path: str, prefixes: Mapping[str, str]) -> str | None:
    """The plugin whose URL prefix ``path`` lies under, or None for the core."""
    parts = path.strip("/").split("/", 3)
    heads = (f"/{'/'.join(parts[:3])}", f"/{'/'.join(parts[:2])}", f"/{parts[0]}")
    return next((prefixes[head] for head in heads if head in prefixes), None)


def _gate(_: str | None, values: dict[str, Any] | None) -> None:
    here = house()
    plugin = owner_of(request.path, here.prefixes)
    if plugin is None or here.gate(plugin, _scopes(here, values or {})):
        return
    # Without this, a redirect or a 405 would still tell that the plugin is there.
    request.url_rule = None
    request.routing_exception = None
    raise NotFound


def _scopes(here: House, values: dict[str, Any]) -> Scopes:
    found: Scopes = EVERYWHERE
    for name, value in values.items():
        kind = name.removesuffix("_id")
        if isinstance(value, UUID) and kind in here.scope_sources:
            found |= here.scopes_of(kind, value) or EVERYWHERE
    return found
