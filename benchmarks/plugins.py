"""Plugins made for measuring: each shows a panel at home, guards a gate, and has a page in the menu."""

import os
from pathlib import Path

MANIFEST = """
id = "{id}"
core = ">=1.0,<2"
title = {{ko = "측정 {number}", en = "Measured {number}"}}
summary = {{ko = "측정에 씁니다.", en = "For measuring."}}
url_prefix = "/{id}"
hooks = ["lms_register_blueprints", "lms_register_menus", "lms_review_enrolment", "lms_show_home"]
"""
CODE = '''
"""A panel, a gate and a menu."""

from collections.abc import Sequence

from flask import Blueprint

from lms_core.foundation.errors import Refusal
from lms_core.foundation.text import text
from lms_core.foundation.web.access import SIGNED_IN, access
from lms_core.hooks import hookimpl
from lms_core.hooks.enrolment import EnrolmentFacts
from lms_core.hooks.site import MenuItem, Panel, Viewer

pages = Blueprint("{id}", __name__, url_prefix="/{id}")


@pages.get("/")
@access(SIGNED_IN)
def home() -> str:
    """A page."""
    return "measured"


@hookimpl
def lms_register_blueprints() -> Sequence[Blueprint]:
    """Pages."""
    return [pages]


@hookimpl
def lms_register_menus() -> Sequence[MenuItem]:
    """A way in."""
    return [MenuItem("{id}.home", text("Measured %(number)s", number="{number}"))]


@hookimpl
def lms_review_enrolment(facts: EnrolmentFacts) -> Refusal | None:
    """A gate that is open."""
    return None


@hookimpl
def lms_show_home(viewer: Viewer) -> Panel | None:
    """A panel."""
    return Panel("measured", text("Measured %(number)s", number="{number}"), text("It is measured."))
'''


def write_plugins(shelf: Path, count: int) -> Path:
    """Put so many plugins on ``shelf``, found there as installed ones are."""
    for number in range(count):
        name = f"bench_n{number:03}x"
        home, info = shelf / name, shelf / f"{name}-1.0.dist-info"
        home.mkdir(parents=True)
        info.mkdir()
        (home / "__init__.py").write_text("")
        (home / "plugin.py").write_text(CODE.format(id=name, number=number))
        (home / "plugin.toml").write_text(MANIFEST.format(id=name, number=number), encoding="utf-8")
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[lms.plugins]\n{name} = {name}.plugin\n")
    shelf.mkdir(parents=True, exist_ok=True)
    return shelf


def environment(instance: Path, shelf: Path) -> dict[str, str]:
    """The environment of a process that finds the plugins on ``shelf``."""
    path = os.pathsep.join(filter(None, [str(Path(__file__).parents[1]), str(shelf), os.environ.get("PYTHONPATH", "")]))
    secret = "for measuring alone, and long enough to be taken"
    told = {"PYTHONPATH": path, "LMS_INSTANCE_PATH": str(instance), "LMS_SECRET_KEY": secret, "LMS_LOG_LEVEL": "ERROR"}
    return os.environ | told | {"LMS_RATE_LIMITS": "0", "LMS_BACKGROUND": "0"}
