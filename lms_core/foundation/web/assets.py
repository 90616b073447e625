"""Bundled styles and scripts: named by their content, so that a browser may keep them for ever."""

import json
from functools import cache
from pathlib import Path

from flask import Flask, url_for

VENDOR = Path(__file__).parent / "static" / "vendor"


def install_assets(app: Flask) -> None:
    """Let templates ask for ``asset("site.css")``."""
    app.jinja_env.globals["asset"] = asset


def asset(name: str) -> str:
    """The address of the bundle ``name``."""
    return url_for("static", filename=f"vendor/{_manifest().get(name, name)}")


@cache
def _manifest() -> dict[str, str]:
    path = VENDOR / "manifest.json"
    found: dict[str, str] = json.loads(path.read_text()) if path.is_file() else {}
    return found
