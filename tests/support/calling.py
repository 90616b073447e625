"""A voice that asks only who a test registers: rooms, plugins or ad-hoc answers, all of them on."""

from typing import Any

from pluggy import PluginManager

from lms_core.foundation.calling.engine import Engine
from lms_core.foundation.scopes import Scopes
from lms_core.hooks import PROJECT
from lms_core.hooks.caller import SPECIFICATIONS, Hooks


class Switches:
    """What is on. Everything is, but for what a test puts into ``off``."""

    def __init__(self) -> None:
        self.plans: dict[Any, Any] = {}
        self.off: set[str] = set()

    def enabled(self, plugin: str, scopes: Scopes) -> bool:
        """Whether ``plugin`` is on."""
        return plugin not in self.off

    def anywhere(self, plugin: str) -> bool:
        """Whether ``plugin`` is on somewhere."""
        return plugin not in self.off

    def turn_off(self, plugin: str) -> None:
        """From now on ``plugin`` is off everywhere."""
        self.off.add(plugin)
        self.plans.clear()


def hooks_of(switches: Switches | None = None, **letter_boxes: Any) -> Hooks:
    """Hooks answered by these modules or objects, named as given."""
    manager = PluginManager(PROJECT)
    for module in SPECIFICATIONS:
        manager.add_hookspecs(module)
    for name, letter_box in letter_boxes.items():
        manager.register(letter_box, name=name)
    chosen = switches or Switches()
    return Hooks(Engine(manager, lambda: chosen))
