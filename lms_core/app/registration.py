"""Gathering what rooms and plugins register: a plugin that fails at it is left out as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import click
import structlog
from flask import Blueprint
from pluggy import PluginManager

from lms_core.app.declarations import check_registrations
from lms_core.app.plugins import HOUSES
from lms_core.foundation.host.findings import Finding, Findings
from lms_core.foundation.host.loading import LoadedPlugins
from lms_core.foundation.outbox.tasks import Task
from lms_core.foundation.schedules import Schedule
from lms_core.foundation.text import text
from lms_core.hooks.catalog import ActivityKind, Curriculum
from lms_core.hooks.site import MenuItem, Permission, PersonalData, Role, ScopeSource, Seed

log = structlog.get_logger("lms.plugins")

REGISTERED: Mapping[str, type] = {
    "lms_register_blueprints": Blueprint,
    "lms_register_permissions": Permission,
    "lms_register_roles": Role,
    "lms_register_menus": MenuItem,
    "lms_register_tasks": Task,
    "lms_register_schedules": Schedule,
    "lms_register_personal_data": PersonalData,
    "lms_register_scope_sources": ScopeSource,
    "lms_register_seeds": Seed,
    "lms_register_commands": click.Command,
    "lms_register_activity_kinds": ActivityKind,
    "lms_register_curricula": Curriculum,
}


@dataclass
class Registered:
    """Every answer to a register hook with the plugin that gave it, in plugin order; and who failed."""

    answers: dict[str, tuple[tuple[str, Any], ...]] = field(default_factory=dict)
    plugins: LoadedPlugins = field(default_factory=LoadedPlugins)

    def of(self, hook: str) -> tuple[Any, ...]:
        """The things registered by ``hook``, without their owners."""
        return tuple(thing for _, thing in self.answers.get(hook, ()))


def gather(manager: PluginManager, plugins: LoadedPlugins) -> Registered:
    """Ask everyone at boot. Whoever raises or answers nonsense is quarantined, with those that require it."""
    answers: dict[str, list[tuple[str, Any]]] = {hook: [] for hook in REGISTERED}
    faults: dict[str, Findings] = {}
    for name in (*HOUSES, *plugins.ids):
        try:
            found = {hook: _ask(manager, name, hook, kind) for hook, kind in REGISTERED.items()}
        except Exception as error:
            if name in HOUSES:
                raise
            log.exception("plugin quarantined", plugin=name)
            faults[name] = (Finding(name, "", 0, "register", text("Registering failed: %(why)s", why=str(error))),)
            continue
        if name not in HOUSES and (told := check_registrations(plugins.manifests[name], found)):
            faults[name] = told
            continue
        for hook, things in found.items():
            answers[hook] += [(name, thing) for thing in things]
    left = plugins.without(faults)
    lost = set(plugins.ids) - set(left.ids)
    for name in lost:
        manager.unregister(name=name)
    kept = {hook: tuple(one for one in given if one[0] not in lost) for hook, given in answers.items()}
    return Registered(kept, left)


def _ask(manager: PluginManager, name: str, hook: str, kind: type) -> Sequence[Any]:
    things: list[Any] = []
    for impl in getattr(manager.hook, hook).get_hookimpls():
        if impl.plugin_name == name:
            things += impl.function()
    wrong = [thing for thing in things if not isinstance(thing, kind)]
    if wrong:
        raise TypeError(f"{hook} answers {kind.__name__}, not {type(wrong[0]).__name__}")
    return things
