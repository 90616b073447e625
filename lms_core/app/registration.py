"""Asking rooms and plugins what they bring: whoever fails at it is left out as a whole, with all that is wrong told."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from lms_core.app.declarations import check_messages, check_registrations
from lms_core.app.extension import HookCheck
from lms_core.app.ownership import Owners
from lms_core.app.plugins import HOUSES, room_plugins, specifications
from lms_core.foundation.calling.values import fault_in
from lms_core.foundation.host.discovery import add_overlay, discover
from lms_core.foundation.host.findings import Finding, Findings
from lms_core.foundation.host.loading import LoadedPlugin, LoadedPlugins, load
from lms_core.foundation.settings import Settings
from lms_core.foundation.text import text
from lms_core.hooks import PROJECT
from lms_core.hooks.caller import kind_of

REGISTERED: Mapping[str, Any] = {
    name: kind_of(name) for name in specifications() if name.startswith(f"{PROJECT}_register_")
}
# What only follows from another fault that is told already.
CONSEQUENCES = frozenset({"unregistered", "dead-link", "unknown-permission", "unknown-task"})


@dataclass
class Registered:
    """Every answer to a register hook with the plugin that gave it, in plugin order; and who runs."""

    answers: dict[str, tuple[tuple[str, Any], ...]] = field(default_factory=dict)
    plugins: LoadedPlugins = field(default_factory=LoadedPlugins)

    def of(self, hook: str) -> tuple[Any, ...]:
        """The things registered by ``hook``, without their owners."""
        return tuple(thing for _, thing in self.answers.get(hook, ()))


def load_plugins(settings: Settings) -> Registered:
    """Every plugin that may run, imported and asked, requirements first."""
    add_overlay(settings.overlay)
    registry = Registry.of_rooms()
    blocked = settings.blocked_plugins
    loaded = load(discover(), settings.instance_path, check=registry, block=blocked, rooms=frozenset(HOUSES))
    return registry.registered(loaded)


@dataclass
class Registry:
    """Checks each plugin in the order they load: how it answers hooks, and all that it registers."""

    hooks: HookCheck
    owners: Owners
    answers: dict[str, Mapping[str, Sequence[Any]]] = field(default_factory=dict)

    @classmethod
    def of_rooms(cls) -> "Registry":
        """One that has asked the core's rooms. Raises TypeError where one of them answers nonsense."""
        registry = cls(HookCheck(specifications()), Owners(frozenset(HOUSES)))
        for name, box in room_plugins().items():
            asking = Asking(name, box)
            found = asking.everything()
            if asking.findings:
                raise TypeError("; ".join(map(str, asking.findings)))
            registry._take(name, found)
        return registry

    def __call__(self, plugin: LoadedPlugin) -> Findings:
        """Everything that is wrong with ``plugin``, at once; if nothing is, its answers are kept."""
        faults = self.hooks(plugin)
        asking = Asking(plugin.id, plugin.module, frozenset(fault.line for fault in faults))
        found = asking.everything()
        told = check_registrations(plugin.manifest, found, self.owners, asking.places)
        if first := (*faults, *asking.findings):
            told = tuple(one for one in told if one.rule not in CONSEQUENCES)
        if not (every := (*first, *told, *check_messages(plugin.id, plugin.folder))):
            self._take(plugin.id, found)
        return every

    def registered(self, plugins: LoadedPlugins) -> Registered:
        """The answers of the rooms and of those plugins that run."""
        names = (*HOUSES, *plugins.ids)
        return Registered(
            {hook: tuple((name, one) for name in names for one in self.answers[name][hook]) for hook in REGISTERED},
            plugins,
        )

    def _take(self, name: str, found: Mapping[str, Sequence[Any]]) -> None:
        self.answers[name] = found
        self.owners.take(name, found)


@dataclass
class Asking:
    """Calls the register hooks of one letter box; those on ``faulty`` lines are left alone."""

    name: str
    box: ModuleType
    faulty: frozenset[int] = frozenset()
    findings: list[Finding] = field(default_factory=list)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)

    def everything(self) -> dict[str, Sequence[Any]]:
        """The answers by hook; empty where there is none, or no sound one."""
        asked = {hook: list(self._functions(hook)) for hook in REGISTERED}
        return {hook: [one for function in found for one in self._ask(hook, function)] for hook, found in asked.items()}

    def _functions(self, hook: str) -> Iterator[Callable[[], Any]]:
        for name, function in vars(self.box).items():
            options = getattr(function, f"{PROJECT}_impl", None)
            if isinstance(options, Mapping) and (options.get("specname") or name) == hook:
                code = inspect.unwrap(function).__code__
                self.places[hook] = (code.co_filename, code.co_firstlineno)
                if code.co_firstlineno not in self.faulty:
                    yield function

    def _ask(self, hook: str, function: Callable[[], Any]) -> Iterable[Any]:
        try:
            given = function()
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 a plugin's fault stays the plugin's, sys.exit() included
            return self._fault(hook, "register", f"{type(error).__name__}: {error}")
        if not isinstance(given, Sequence) or isinstance(given, str | bytes):
            return self._fault(hook, "answer-type", f"it is {type(given).__name__}, not Sequence")
        wrong = [
            f"number {at} {fault}" for at, one in enumerate(given, 1) if (fault := fault_in(one, REGISTERED[hook]))
        ]
        for why in wrong:
            self._fault(hook, "answer-type", why)
        return () if wrong else given

    def _fault(self, hook: str, rule: str, why: str) -> tuple[()]:
        said = (
            text("Registering failed: %(why)s", why=why)
            if rule == "register"
            else text("The answer to “%(hook)s” is not what it promises: %(why)s", hook=hook, why=why)
        )
        self.findings.append(Finding(self.name, *self.places[hook], rule, said))
        return ()
