"""What a plugin answers with: the implementations of one hook, bound to plain argument tuples."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from pluggy import HookImpl, PluginManager

from lms_core.foundation.calling.breaker import Breaker


@dataclass(slots=True, eq=False)
class Answer:
    """One implementation of one hook, with its health: calls, failures, nanoseconds spent.

    ``exact`` says that it takes the spec's arguments as they come; ``call`` picks those it asks for.
    """

    plugin: str
    hook: str
    function: Callable[..., Any]
    exact: bool
    call: Callable[[tuple[Any, ...]], Any]
    where: str
    breaker: Breaker = field(default_factory=Breaker)
    calls: int = 0
    failures: int = 0
    spent: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """An implementation that raised, answered nonsense, or stood behind an open breaker."""

    plugin: str
    hook: str
    where: str
    reason: str


@dataclass(slots=True)
class Hook:
    """All implementations of a hook in calling order; wrappers stand apart."""

    name: str
    answers: tuple[Answer, ...]
    wrappers: tuple[tuple[str, Callable[[tuple[Any, ...]], Generator[None, Any, Any]]], ...]


def hooks_of(manager: PluginManager) -> dict[str, Hook]:
    """Every specified hook of ``manager`` with its implementations, first registered first."""
    found = {}
    for name, caller in vars(manager.hook).items():
        if name.startswith("_") or caller.spec is None:
            continue
        names = tuple(caller.spec.argnames)
        # pluggy calls the last registered first; requirements register first, so theirs come first here.
        plain = tuple(_answer(impl, name, names) for impl in caller.get_hookimpls() if not impl.wrapper)
        wrappers = tuple((impl.plugin_name, _bound(impl, names)) for impl in caller.get_hookimpls() if impl.wrapper)
        found[name] = Hook(name, plain, wrappers)
    return found


def _answer(impl: HookImpl, hook: str, names: Sequence[str]) -> Answer:
    code = getattr(impl.function, "__code__", None)
    where = f"{code.co_filename}:{code.co_firstlineno}" if code else impl.plugin_name
    exact = tuple(impl.argnames) == tuple(names)
    return Answer(impl.plugin_name, hook, impl.function, exact, _bound(impl, names), where)


def _bound(impl: HookImpl, names: Sequence[str]) -> Callable[[tuple[Any, ...]], Any]:
    function: Callable[..., Any] = impl.function
    places = [names.index(name) for name in impl.argnames]
    if tuple(impl.argnames) == tuple(names):
        return lambda values: function(*values)
    if not places:
        return lambda _: function()
    if len(places) == 1:
        only = places[0]
        return lambda values: function(values[only])
    pick = itemgetter(*places)
    return lambda values: function(*pick(values))
