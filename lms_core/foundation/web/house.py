"""The house: everything the factory built, and how views and tasks get services out of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, cast, get_type_hints
from uuid import UUID

from flask import Flask, Request, current_app, g, has_request_context, request
from prometheus_client.registry import Collector

from lms_core.foundation.actors import ANYONE, Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.database import Database
from lms_core.foundation.scopes import EVERYWHERE, SITE, Scope, Scopes
from lms_core.foundation.settings import Settings
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import UnitOfWork, Work

Service = TypeVar("Service")
Identify = Callable[[Request], Actor]
Resolve = Callable[[UnitOfWork, UUID], Scopes | None]
Choose = Callable[[Actor, str], Sequence[UUID]]
Name = Callable[[Sequence[UUID]], Mapping[UUID, Titles]]


def _nobody(_: Request) -> Actor:
    return ANYONE


def _always_on(_: str, __: Scopes) -> bool:
    return True


@dataclass(eq=False)
class House:
    """What one application is made of. ``tools`` are handed to services by the type of their field."""

    settings: Settings
    database: Database
    clock: Clock
    work: Work
    tools: dict[type, Any] = field(default_factory=dict)
    identify: Identify = _nobody
    gate: Callable[[str, Scopes], bool] = _always_on
    prefixes: Mapping[str, str] = field(default_factory=dict)
    scope_sources: dict[str, Resolve] = field(default_factory=dict)
    scope_titles: dict[str, Name] = field(default_factory=dict)
    scope_choices: dict[str, Choose] = field(default_factory=dict)
    ready_checks: dict[str, Callable[[], str | None]] = field(default_factory=dict)
    addresses: dict[tuple[str, str], str] = field(default_factory=dict)
    figures: list[Collector] = field(default_factory=list)
    registered: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    def provide(self, wanted: type[Service]) -> Service:
        """An instance of the service ``wanted``, its fields filled with tools and other services."""
        if wanted not in self.tools:
            hints = get_type_hints(wanted)
            asked = [one.name for one in fields(cast("Any", wanted)) if one.init]
            made = wanted(**{name: self.provide(hints[name]) for name in asked})
            self.tools[wanted] = made
        return cast("Service", self.tools[wanted])

    def scopes_of(self, kind: str, identifier: UUID) -> Scopes | None:
        """The scope set of the object in a URL, or None when there is no such object."""
        if kind == "site":
            return EVERYWHERE
        with self.work.read() as uow:
            return self.scope_sources[kind](uow, identifier)

    def places_where(self, actor: Actor, permission: str) -> set[Scope]:
        """The places to choose from where the actor holds ``permission``: those it was given in, and what they hold."""
        listed = {kind: choose(actor, permission) for kind, choose in self.scope_choices.items()}
        within = {Scope(kind, str(one)) for kind, ids in listed.items() for one in ids}
        return within | ({SITE} if actor.almighty else actor.where(permission))

    def titles_of(self, wanted: Iterable[Scope]) -> dict[Scope, Titles]:
        """What places are called, one question a kind; the site and those that are gone are left out."""
        ids: dict[str, list[UUID]] = {}
        for scope in set(wanted) - {SITE}:
            ids.setdefault(scope.kind, []).append(UUID(scope.id))
        named = {kind: self.scope_titles[kind](some) for kind, some in ids.items()}
        return {Scope(kind, str(one)): titles for kind, some in named.items() for one, titles in some.items()}


def house(app: Flask | None = None) -> House:
    """The house of ``app``, or of the application in force."""
    return cast("House", (app or current_app).extensions["lms"])


def provide(wanted: type[Service]) -> Service:
    """An instance of the service ``wanted`` of the application in force."""
    return house().provide(wanted)


def current_actor() -> Actor:
    """Who sent this request; found once a request. ANYONE outside of one."""
    if not has_request_context():
        return ANYONE
    if "actor" not in g:
        # Should identifying fail, the page that says so is for anyone.
        g.actor = ANYONE
        g.actor = house().identify(request)
    return cast("Actor", g.actor)
