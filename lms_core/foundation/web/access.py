"""Every view declares its permission and where its scope comes from; one guard enforces it before the view."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from flask import Flask, current_app, request

from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Forbidden, NotFound
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.foundation.web.house import current_actor, house

PUBLIC = "public"
SIGNED_IN = "signed-in"
# The view reads a signed token of its own, bound to one person and one thing, and refuses whoever lacks it.
BY_TOKEN = "by-token"  # noqa: S105 a way in, not a secret
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call a view. ``scope`` is one of:

    "site"; "<kind>:<argument>" (the id of a scope stands in the URL); "object" (the service finds it on what it
    loads and checks there); "any" (held anywhere); "own" (only what belongs to the person).
    """

    permission: str
    scope: str


def access(permission: str, scope: str = "site") -> Callable[[View], View]:
    """Declare who may call a view. Stands right above the function, under the route."""

    def declare(view: View) -> View:
        view.__dict__["access"] = Access(permission, scope)
        return view

    return declare


def declared(app: Flask, endpoint: str, method: str) -> Access | None:
    """What the view behind ``endpoint`` declares for ``method``, or None."""
    view = app.view_functions[endpoint]
    owner = getattr(view, "view_class", None)
    if owner is not None:
        view = getattr(owner, method.lower(), view)
    found = getattr(view, "access", None)
    return found if isinstance(found, Access) else None


def guard() -> None:
    """Before every view: refuse whoever the declaration does not let in. An undeclared view lets nobody in."""
    if request.endpoint is None or request.method == "OPTIONS" or request.endpoint.endswith("static"):
        return
    method = "GET" if request.method == "HEAD" else request.method
    wanted = declared(current_app, request.endpoint, method)
    if wanted is None:
        raise Forbidden
    if wanted.permission not in {PUBLIC, BY_TOKEN}:
        _check(wanted, current_actor())


def _check(wanted: Access, actor: Actor) -> None:
    actor.require_person()
    if wanted.permission == SIGNED_IN or wanted.scope in {"object", "own"}:
        return
    if wanted.scope == "any":
        if not actor.almighty and not actor.where(wanted.permission):
            raise Forbidden
        return
    if wanted.scope == "site":
        actor.require(wanted.permission, EVERYWHERE)
        return
    kind, _, argument = wanted.scope.partition(":")
    identifier: UUID = (request.view_args or {})[argument]
    scopes = house().scopes_of(kind, identifier)
    if scopes is None:
        raise NotFound
    actor.require_seen(wanted.permission, scopes)
