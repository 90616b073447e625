"""Bundled styles and scripts: named by their content, so that a browser may keep them for ever."""

import json
from functools import cache
from pathlib import Path

from flask import Flask, current_app, url_for

from lms_core.foundation.errors import NotFound

VENDOR = Path(__file__).parent / "static" / "vendor"


def install_assets(app: Flask) -> None:
    """Let templates ask for ``asset("site.css")``, and for ``asset("<plugin>/name.js")`` of a plugin's own bundles."""
    app.jinja_env.globals["asset"] = asset


def asset(name: str) -> str:
    """The address of the bundle ``name``, which begins with the plugin's id where it is a plugin's."""
    core = _manifest(VENDOR)
    owner, _, rest = name.partition("/")
    plugin = current_app.blueprints.get(owner)
    if name in core or plugin is None or plugin.static_folder is None:
        return url_for("static", filename=f"vendor/{core.get(name, name)}")
    file = _manifest(Path(plugin.static_folder) / "vendor").get(rest, rest)
    return url_for(f"{owner}.static", filename=f"vendor/{file}")


def bundled(name: str) -> Path:
    """The file of the core's bundle ``name``, for a view that serves it from a place of its own.

    Raises NotFound where the bundles have not been built.
    """
    if name not in (core := _manifest(VENDOR)):
        raise NotFound
    return VENDOR / core[name]


@cache
def _manifest(folder: Path) -> dict[str, str]:
    path = folder / "manifest.json"
    found: dict[str, str] = json.loads(path.read_text()) if path.is_file() else {}
    return found
