"""What a plugin answers with: the implementations of one hook, bound to plain argument tuples."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from pluggy import HookCaller, HookImpl, PluginManager

from lms_core.foundation.calling import spread
from lms_core.foundation.calling.breaker import Breaker


@dataclass(slots=True, eq=False)
class Answer:
    """One implementation of one hook, with its health: failures, nanoseconds spent, and how the calls spread.

    ``exact`` says that it takes the spec's arguments as they come; ``call`` picks those it asks for. A wrapper's
    ``call`` gives its generator. ``spread`` counts calls by duration.
    """

    plugin: str
    hook: str
    function: Callable[..., Any]
    exact: bool
    call: Callable[[tuple[Any, ...]], Any]
    where: str
    breaker: Breaker = field(default_factory=Breaker)
    failures: int = 0
    spent: int = 0
    spread: list[int] = field(default_factory=spread.empty)

    @property
    def calls(self) -> int:
        """How often it was called."""
        return sum(self.spread)

    def took(self, nanoseconds: int) -> None:
        """Count one call."""
        self.spent += nanoseconds
        self.spread[nanoseconds.bit_length()] += 1


@dataclass(frozen=True, slots=True)
class Failure:
    """An implementation that raised, answered nonsense, or stood behind an open breaker."""

    plugin: str
    hook: str
    where: str
    reason: str


@dataclass(slots=True, eq=False)
class Hook:
    """All implementations of a hook in calling order, as they were registered when it was compiled; wrappers apart.

    Each is a key of its own: what is kept for one can never be taken for another's.
    """

    name: str
    answers: tuple[Answer, ...]
    wrappers: tuple[Answer, ...]
    caller: HookCaller
    registered: list[HookImpl]

    @property
    def current(self) -> bool:
        """Whether nobody came or went since."""
        return self.registered == self.caller.get_hookimpls()


def hooks_of(manager: PluginManager) -> dict[str, Hook]:
    """Every specified hook of ``manager`` with its implementations, first registered first."""
    return {name: hook_of(manager, name) for name, caller in vars(manager.hook).items() if _specified(caller)}


def hook_of(manager: PluginManager, name: str, before: Hook | None = None) -> Hook:
    """The hook as it is registered now; who answered ``before`` keeps health and figures. KeyError: not specified."""
    caller: Any = vars(manager.hook).get(name)
    if not _specified(caller):
        raise KeyError(name)
    names = tuple(caller.spec.argnames)
    kept = {(one.plugin, one.function): one for one in (*before.answers, *before.wrappers)} if before else {}
    # pluggy calls the last registered first; requirements register first, so theirs come first here.
    registered = caller.get_hookimpls()
    made = [kept.get((one.plugin_name, one.function)) or _answer(one, name, names) for one in registered]
    plain, wrappers = (
        tuple(answer for one, answer in zip(registered, made, strict=True) if one.wrapper == wanted)
        for wanted in (False, True)
    )
    return Hook(name, plain, wrappers, caller, registered)


def _specified(caller: Any) -> bool:
    return isinstance(caller, HookCaller) and caller.spec is not None


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
