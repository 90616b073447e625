"""What has happened to a plugin: switched on or off in a place, ruled no longer, installed or taken away."""

from dataclasses import dataclass
from typing import ClassVar

from lms_core.foundation.events import Event


@dataclass(frozen=True, slots=True)
class PluginEnabled(Event):
    """A plugin was switched on in one place. ``scope`` is written ``site`` or ``kind:id``."""

    name: ClassVar[str] = "foundation.plugin_enabled"
    hook: ClassVar[str | None] = "lms_after_plugin_enabled"

    plugin: str
    scope: str


@dataclass(frozen=True, slots=True)
class PluginDisabled(Event):
    """A plugin was switched off in one place. ``scope`` is written ``site`` or ``kind:id``."""

    name: ClassVar[str] = "foundation.plugin_disabled"
    hook: ClassVar[str | None] = "lms_after_plugin_disabled"

    plugin: str
    scope: str


@dataclass(frozen=True, slots=True)
class PluginRuleTaken(Event):
    """The rule for one place was taken away: wider ones hold there again."""

    name: ClassVar[str] = "foundation.plugin_rule_taken"

    plugin: str
    scope: str


@dataclass(frozen=True, slots=True)
class PluginChanged(Event):
    """A plugin was installed, upgraded, uninstalled with its data kept, or dropped with its data."""

    name: ClassVar[str] = "foundation.plugin_changed"

    plugin: str
    version: str
    state: str
