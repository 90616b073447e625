"""Gates: where the plugin is off its URLs answer 404 before any of its code runs, and its hooks are silent."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any
from uuid import UUID

from lms_core.foundation.calling.engine import Engine
from lms_core.foundation.host.findings import Finding
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import EVERYWHERE, KINDS, Scope, Scopes, scopes
from lms_core.kit.examination.subject import Examined, filled


def check_gates(examined: Examined) -> Iterator[Finding]:
    """Visit every URL where the plugin is off: first on a site where it is on nowhere, then on one campus alone."""
    yield from _silent(examined, EVERYWHERE)
    yield from _closed(examined, "where it is off")
    here, elsewhere = new_id(), new_id()
    with _places(examined):
        examined.site.enable(examined.id, Scope("campus", str(here)))
        yield from _closed(examined, "where it is on at another campus alone", elsewhere)
        yield from _silent(examined, scopes(campus=elsewhere))


def _closed(examined: Examined, where: str, identifier: UUID | None = None) -> Iterator[Finding]:
    client = examined.site.browser(examined.site.administrator())
    for rule, method in examined.urls():
        with _running(examined) as ran:
            answer = client.open(filled(rule, identifier), method=method)
        view = examined.site.app.view_functions[rule.endpoint]
        said = {"method": method, "url": rule, "where": where}
        if answer.status_code != 404:
            told = "%(method)s %(url)s answers %(status)d %(where)s. Let every URL lie under the plugin's prefix."
            yield examined.fault(view, "gate", told, status=answer.status_code, **said)
        elif ran:
            told = "%(method)s %(url)s runs %(ran)s %(where)s. Keep out of the application's own functions."
            yield examined.fault(view, "gate", told, ran=ran[0], **said)


def _silent(examined: Examined, on: Scopes) -> Iterator[Finding]:
    engine: Engine = examined.site.house.tools[Engine]
    for name in examined.manifest.hooks:
        if name in engine.hooks and any(one.plugin == examined.id for one in engine.plan(name, on)):
            yield examined.fault(
                getattr(examined.module, name), "gate", "%(hook)s is asked where it is off.", hook=name
            )


@contextmanager
def _places(examined: Examined) -> Iterator[None]:
    """Whatever the kind of the id in a URL, it belongs to a campus of that id."""
    here = examined.site.house
    before = dict(here.scope_sources)
    here.scope_sources |= dict.fromkeys(KINDS[1:], _on_campus)
    try:
        yield
    finally:
        here.scope_sources.clear()
        here.scope_sources.update(before)


def _on_campus(_: object, identifier: UUID) -> Scopes:
    return scopes(campus=identifier)


@contextmanager
def _running(examined: Examined) -> Iterator[list[str]]:
    """The functions of the plugin that run meanwhile, by file and line."""
    ran: list[str] = []
    inside = str(examined.folder)

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(inside):
            ran.append(f"{frame.f_code.co_filename}:{frame.f_code.co_firstlineno}")

    before: Callable[..., Any] | None = sys.getprofile()
    sys.setprofile(note)
    try:
        yield ran
    finally:
        sys.setprofile(before)
