"""Sees when importing a plugin put something of its own in the place of the core's code, and puts that back.

A function of the application that a plugin replaces acts for everybody, on every page, whether the plugin is on or
off, and no gate stands before it. This finds slips and bad habits; it is no wall against malice.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

# Whose code is watched: ours, and what serves every request.
WATCHED = ("lms_core", "flask", "werkzeug", "pluggy")
_CODE = (FunctionType, BuiltinFunctionType, type, staticmethod, classmethod, property)
# What a module or a class is made of, by its name: the thing itself, and a copy of its code by name.
_Space = tuple[Any, dict[str, Any]]


@dataclass
class Watch:
    """Remembers the code of every watched module that was imported when it last looked."""

    _spaces: dict[str, _Space] = field(default_factory=dict)

    def look(self) -> None:
        """Remember the modules that came since the last time."""
        for name, module in tuple(sys.modules.items()):
            if name not in self._spaces and name.partition(".")[0] in WATCHED and type(module) is ModuleType:
                self._spaces[name] = (module, _code(module))
                for inner in vars(module).values():
                    if isinstance(inner, type) and inner.__module__ == name:
                        self._spaces[f"{name}.{inner.__qualname__}"] = (inner, _code(inner))

    def mend(self) -> tuple[str, ...]:
        """Put back what was replaced; the dotted names of that."""
        changed = tuple(self._changed())
        for space, name in changed:
            setattr(self._spaces[space][0], name, self._spaces[space][1][name])
        return tuple(f"{space}.{name}" for space, name in changed)

    def _changed(self) -> Iterator[tuple[str, str]]:
        for space, (thing, before) in self._spaces.items():
            now = vars(thing)
            # One comparison for a whole module: at each boot every plugin is followed by some thousands of names.
            if not before.items() <= now.items():
                yield from ((space, name) for name, code in before.items() if now.get(name) is not code)


def _code(thing: Any) -> dict[str, Any]:
    return {name: found for name, found in vars(thing).items() if isinstance(found, _CODE)}
