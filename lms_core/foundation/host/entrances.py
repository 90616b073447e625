"""Every view of a plugin says who may call it, in terms that exist: else it would open to nobody, or fail for all."""

import inspect
from collections.abc import Callable, Iterator, Set
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from lms_core.foundation.host.findings import Finding, nearest
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.scopes import KINDS
from lms_core.foundation.text import Text, text
from lms_core.foundation.web.access import BY_TOKEN, PUBLIC, SIGNED_IN, declared

_NO_PERMISSION = frozenset({PUBLIC, SIGNED_IN, BY_TOKEN})
_WIDE = frozenset({"site", "object", "any", "own"})


def check_access(manifest: Manifest, app: Flask, permissions: Set[str]) -> Iterator[Finding]:
    """Views of ``app`` that declare no access, a permission that is not among ``permissions``, or a false scope."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.endswith("static"):
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield from _view(manifest, app, rule, method, permissions)


def _view(manifest: Manifest, app: Flask, rule: Rule, method: str, permissions: Set[str]) -> Iterator[Finding]:
    view, wanted = app.view_functions[rule.endpoint], declared(app, rule.endpoint, method)
    if wanted is None:
        message = text("%(method)s %(url)s declares no access: nobody could open it.", method=method, url=rule.rule)
        yield fault_at(manifest, view, "no-access", message)
        return
    if wanted.permission not in _NO_PERMISSION | permissions:
        message = text(
            "%(url)s asks for “%(name)s”; there is no such permission.", url=rule.rule, name=wanted.permission
        )
        yield fault_at(manifest, view, "unknown-permission", message, nearest(wanted.permission, permissions))
    kind, _, argument = wanted.scope.partition(":")
    if wanted.scope not in _WIDE and not (kind in KINDS and argument in rule.arguments):
        message = text("%(url)s cannot find its scope by “%(scope)s”.", url=rule.rule, scope=wanted.scope)
        names = (f"{one.removesuffix('_id')}:{one}" for one in rule.arguments)
        yield fault_at(manifest, view, "unknown-scope", message, nearest(wanted.scope, names))


def fault_at(
    manifest: Manifest, function: Callable[..., Any] | None, rule: str, message: Text, suggestion: str = ""
) -> Finding:
    """A finding at the place where ``function`` is written, or in the manifest where that cannot be told."""
    code = getattr(inspect.unwrap(function), "__code__", None) if function else None
    file, line = (code.co_filename, code.co_firstlineno) if code else (manifest.file, 0)
    return Finding(manifest.id, file, line, rule, message, suggestion)
