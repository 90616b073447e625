"""Hooks that plugins open: the specifications in a plugin's ``hooks`` module, for itself and those that require it."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import Any

from lms_core.foundation.host.findings import Finding, Findings
from lms_core.foundation.host.loading import LoadedPlugin
from lms_core.foundation.host.strictness import check_hooks
from lms_core.foundation.text import text
from lms_core.hooks import PROJECT

MODULE = "hooks"
Specifications = Mapping[str, Callable[..., Any]]


def opened_by(plugin: LoadedPlugin) -> ModuleType | None:
    """The module in which ``plugin`` opens hooks; None where it opens none. Raises whatever its import raises."""
    if not (plugin.folder / f"{MODULE}.py").is_file() and not (plugin.folder / MODULE / "__init__.py").is_file():
        return None
    module = import_module(f"{plugin.id}.{MODULE}")
    return module if specifications_in(module) else None


def specifications_in(module: ModuleType) -> dict[str, Callable[..., Any]]:
    """The hook specifications of a module by name."""
    functions = {name: value for name, value in vars(module).items() if inspect.isfunction(value)}
    return {name: value for name, value in functions.items() if hasattr(value, f"{PROJECT}_spec")}


@dataclass
class HookCheck:
    """Checks plugins in the order they load in: each against the core's hooks, its own, and those it requires."""

    core: Specifications
    opened: dict[str, Specifications] = field(default_factory=dict)

    def __call__(self, plugin: LoadedPlugin) -> Findings:
        """Every fault in what ``plugin`` opens and answers."""
        try:
            module = opened_by(plugin)
        except Exception as error:  # noqa: BLE001 a plugin's fault stays the plugin's
            place = str(plugin.folder / f"{MODULE}.py")
            said = text("Importing it failed: %(why)s", why=f"{type(error).__name__}: {error}")
            return (Finding(plugin.id, place, 0, "import", said),)
        own = specifications_in(module) if module else {}
        if taken := self._taken(plugin.id, own):
            return taken
        self.opened[plugin.id] = own
        known = dict(self.core)
        for name in (*plugin.manifest.requires, plugin.id):
            known |= self.opened.get(name, {})
        return check_hooks(plugin.manifest, plugin.module, known)

    def _taken(self, plugin: str, own: Specifications) -> Findings:
        owners = dict.fromkeys(self.core, "core")
        owners |= {name: other for other, opened in self.opened.items() for name in opened}
        return tuple(
            Finding(
                plugin,
                own[name].__code__.co_filename,
                own[name].__code__.co_firstlineno,
                "hook-taken",
                text("The hook “%(name)s” belongs to “%(owner)s” already.", name=name, owner=owners[name]),
            )
            for name in sorted(own.keys() & owners.keys())
        )
