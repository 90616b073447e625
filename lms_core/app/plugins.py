"""The rooms of the core by name, and the hooks it specifies."""

import inspect
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from lms_core.hooks.caller import SPECIFICATIONS

# From the ground up: a room imports only those before it.
ROOMS = ("people", "organisation", "catalog", "enrolment", "assessment", "progress")
# What is always on, in the order in which it registers. The foundation's letter box stands at the roof: it knows rooms.
HOUSES = ("foundation", *ROOMS)


def room_plugins() -> dict[str, Any]:
    """The letter boxes of the foundation and the rooms, by name: the core is its own first guest."""
    boxes = {"foundation": "lms_core.app.plugin"} | {room: f"lms_core.{room}.plugin" for room in ROOMS}
    return {house: import_module(boxes[house]) for house in HOUSES}


@cache
def specifications() -> dict[str, Callable[..., Any]]:
    """Every hook specification of the core by its name."""
    found = {name: value for module in SPECIFICATIONS for name, value in vars(module).items()}
    return {name: value for name, value in found.items() if name.startswith("lms_") and inspect.isfunction(value)}
