"""Faults: hooks bear being asked about what they do not know, and when they fail the site goes on as promised."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from inspect import signature
from typing import Any

from lms_core.app.plugins import specifications
from lms_core.foundation.calling.answers import Answer, Failure
from lms_core.foundation.calling.breaker import Breaker
from lms_core.foundation.calling.engine import Engine
from lms_core.foundation.errors import Refusal
from lms_core.foundation.host.findings import Finding
from lms_core.foundation.host.gates import Gates
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.hooks.site import Panel, Viewer
from lms_core.kit.examination.subject import Examined
from lms_core.kit.examination.values import CannotMake, make_up

# Verb by verb: what an answer to it has to be, for a fault to be told from an answer.
KINDS: dict[str, type] = {"review": Refusal, "show": Panel}
HOME = "/"


def check_faults(examined: Examined) -> Iterator[Finding]:
    """Ask each of its hooks about strangers; then let each fail, and look whether the site keeps its word."""
    examined.site.enable(examined.id)
    for name in examined.manifest.hooks:
        kind = KINDS.get(name.split("_")[1])
        if kind is None or name not in specifications():
            continue
        try:
            values = _values(examined, specifications()[name])
        except CannotMake:
            continue
        yield from _asked(examined, name, kind, values)
        yield from _failing(examined, name, kind, values)


def _values(examined: Examined, specification: Callable[..., Any]) -> tuple[Any, ...]:
    """What the hook takes, with a viewer who has an account and ids that belong to nothing."""
    viewer = Viewer(examined.site.person(), "en", EVERYWHERE)
    wanted = signature(specification, eval_str=True).parameters.values()
    return tuple(viewer if one.annotation is Viewer else make_up(one.annotation) for one in wanted)


def _asked(examined: Examined, name: str, kind: type, values: tuple[Any, ...]) -> Iterator[Finding]:
    for reason in _failures(examined, name, kind, values):
        told = "%(hook)s fails when it is asked about what it does not know: %(why)s. Answer None there."
        yield examined.fault(getattr(examined.module, name), "fault", told, hook=name, why=reason)


def _failing(examined: Examined, name: str, kind: type, values: tuple[Any, ...]) -> Iterator[Finding]:
    with _broken(examined, name):
        if not _failures(examined, name, kind, values):
            yield examined.fault(
                getattr(examined.module, name), "fault", "A fault in %(hook)s stays unseen.", hook=name
            )
        client = examined.site.browser(examined.site.person())
        if (status := client.get(HOME, follow_redirects=True).status_code) != 200:
            told = "When %(hook)s fails, the home page answers %(status)d."
            yield examined.fault(getattr(examined.module, name), "fault", told, hook=name, status=status)


def _failures(examined: Examined, name: str, kind: type, values: tuple[Any, ...]) -> list[str]:
    said = examined.site.hooks.engine.ask(name, EVERYWHERE, values, kind)
    return [one.reason for one in said if isinstance(one, Failure) and one.plugin == examined.id]


@contextmanager
def _broken(examined: Examined, name: str) -> Iterator[None]:
    """Meanwhile the plugin's answer to ``name`` raises."""
    engine: Engine = examined.site.house.tools[Engine]
    hook = engine.hooks[name]
    sound = hook.answers
    hook.answers = tuple(_raising(one) if one.plugin == examined.id else one for one in sound)
    plans = examined.site.house.tools[Gates].snapshot().plans
    plans.clear()
    try:
        yield
    finally:
        hook.answers = sound
        plans.clear()


def _raising(answer: Answer) -> Answer:
    def fail(*_: Any) -> None:
        raise RuntimeError("injected by lms plugin check")

    return replace(answer, function=fail, call=fail, exact=True, breaker=Breaker())
