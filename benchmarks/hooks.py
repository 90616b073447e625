"""A hook call with none, one and ten answers, over pluggy's own call and over a plain loop."""

from types import SimpleNamespace
from typing import Any

from pluggy import PluginManager

from benchmarks.measure import Figure, microseconds
from lms_core.foundation.calling.engine import Engine
from lms_core.foundation.errors import Refusal
from lms_core.foundation.host.gates import Rule, Snapshot
from lms_core.foundation.scopes import EVERYWHERE, SITE, scopes
from lms_core.hooks import PROJECT, hookimpl
from lms_core.hooks.caller import SPECIFICATIONS

HOOK = "lms_review_enrolment"


def measure() -> list[Figure]:
    """Microseconds a call, and how much of pluggy's own and of a plain loop's that is; and a gate's answer."""
    return [*(figure for answers in (0, 1, 10) for figure in _answers(answers)), _gate()]


def _gate() -> Figure:
    here = scopes(campus="c1", course="c2")
    snapshot = Snapshot(1, [Rule("one", SITE, enabled=True)], {"one": frozenset()})
    return Figure("a gate's answer from memory", microseconds(lambda: snapshot.enabled("one", here)), "us")


def _answers(count: int) -> list[Figure]:
    manager, functions = _manager(count)
    names = [f"plugin{number}" for number in range(count)]
    snapshot = Snapshot(1, [Rule(name, SITE, enabled=True) for name in names], dict.fromkeys(names, frozenset()))
    engine, facts = Engine(manager, lambda: snapshot), object()
    ours = microseconds(lambda: engine.ask(HOOK, EVERYWHERE, (facts,), Refusal))
    theirs = microseconds(lambda: getattr(manager.hook, HOOK)(facts=facts))
    plain = microseconds(lambda: [function(facts) for function in functions])
    said = f"guarded hook call, {count} answers"
    return [
        Figure(said, ours, "us", "pluggy's own call", ours / theirs),
        Figure(said, ours, "us", "a plain loop", ours / plain),
    ]


def _manager(count: int) -> tuple[PluginManager, list[Any]]:
    manager = PluginManager(PROJECT)
    for module in SPECIFICATIONS:
        manager.add_hookspecs(module)
    functions = []
    for number in range(count):

        def answer(facts: object) -> None:
            del facts

        manager.register(SimpleNamespace(**{HOOK: hookimpl(answer)}), name=f"plugin{number}")
        functions.append(answer)
    return manager, functions
