"""A whole site for a test: the application over a database of its own, and people who send requests to it."""

import hashlib
import os
from dataclasses import dataclass
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from flask import Flask, g
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from lms_core.app import create_app
from lms_core.foundation.actors import ANYONE, SYSTEM, Actor
from lms_core.foundation.calling.engine import Engine
from lms_core.foundation.errors import LmsError
from lms_core.foundation.host.gates import Gates
from lms_core.foundation.host.order import required
from lms_core.foundation.host.service import PluginService
from lms_core.foundation.outbox.background import Background
from lms_core.foundation.scopes import SITE, Scope
from lms_core.foundation.settings import Settings
from lms_core.foundation.web.house import House, house
from lms_core.hooks.caller import Hooks
from lms_core.hooks.site import Viewer
from lms_core.kit.clock import FixedClock
from lms_core.people.domain import GiveRole
from lms_core.people.service import EnlistService, RoleService, SignInService

SECRET = "a secret for tests alone, long enough to be taken"  # noqa: S105 it guards nothing
_numbers = count(1)


class Visitor(FlaskClient):
    """Someone at a browser: submits forms with the token that a page would have held."""

    def submit(self, url: str, **data: Any) -> TestResponse:
        """Post a form."""
        raw = hashlib.sha1(os.urandom(64), usedforsecurity=False).hexdigest()
        with self.session_transaction() as session:
            session["csrf_token"] = raw
        token = URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(raw)
        return self.post(url, data={**data, "csrf_token": token})


@dataclass(eq=False)
class Site:
    """The application, and the people of a test.

    No application context is kept open: requests would share what is remembered for one request alone.
    """

    app: Flask
    clock: FixedClock

    @property
    def house(self) -> House:
        """What the application is made of."""
        return house(self.app)

    @property
    def hooks(self) -> Hooks:
        """The voice that asks hooks as the core does, each question in a request of the viewer it names."""
        return Hooks(cast("Engine", _InRequest(self, self.house.tools[Engine])))

    def provide(self, service: type[Any]) -> Any:
        """A service of the application."""
        return self.house.provide(service)

    def enable(self, plugin: str, scope: Scope = SITE) -> None:
        """Switch ``plugin`` on in ``scope``, and what it requires before it; in force at once."""
        service: PluginService = self.provide(PluginService)
        missing = set(required(plugin, service.manifests))
        for name in service.manifests:
            # The manifests of what runs stand in order: what is required comes first.
            if name in missing:
                service.enable(SYSTEM, name, scope)
        service.enable(SYSTEM, plugin, scope)
        gates: Gates = self.house.tools[Gates]
        gates.interval = 0.0
        gates.refresh()

    def person(self, name: str = "", language: str = "ko", **roles: Scope) -> UUID:
        """A person with an account; ``roles`` are given as ``trainee=Scope("course", id)``."""
        number = next(_numbers)
        address = f"{name or 'person'}{number}@example.org"
        with self.house.work.write() as uow:
            enlist = self.provide(EnlistService)
            person_id: UUID = enlist.enlist_within(uow, SYSTEM, address, name or f"사람 {number}", "", language)
            for role, scope in roles.items():
                self.provide(RoleService).give_within(uow, SYSTEM, GiveRole(person_id, role, scope))
            uow.commit()
        return person_id

    def administrator(self) -> UUID:
        """Somebody who may do everything."""
        return self.person("admin", administrator=SITE)

    def actor(self, person_id: UUID | None) -> Actor:
        """Somebody as services see them: with the grants of their roles, if they have an account."""
        if person_id is None:
            return ANYONE
        try:
            return cast("Actor", self.provide(SignInService).by_session(self._session(person_id)))
        except LmsError:
            return Actor(person_id=person_id)

    def _session(self, person_id: UUID) -> str:
        token: str = self.provide(SignInService).open_session(person_id).token
        return token

    def browser(self, person_id: UUID | None = None, language: str = "en") -> Visitor:
        """A browser, signed in as ``person_id`` if one is given."""
        self.app.test_client_class = Visitor
        visitor = self.app.test_client()
        with visitor.session_transaction() as session:
            session["language"] = language
            if person_id:
                session["key"] = self._session(person_id)
        return visitor  # type: ignore[return-value]  # Flask names its own class

    def program(self, person_id: UUID | None = None) -> FlaskClient:
        """A program, with a token of ``person_id`` if one is given."""
        client = self.app.test_client()
        if person_id:
            with self.house.work.write() as uow:
                token = self.provide(EnlistService).token_within(uow, SYSTEM, person_id, "test")
                uow.commit()
            client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    def run_background(self) -> None:
        """Do what waits in the outbox, and what that asks for in turn."""
        background: Background = self.app.extensions["lms_background"]
        while background.run_due():
            background.stop()


@dataclass(frozen=True)
class _InRequest:
    """The engine, each call of it inside a request: what a hook asks the house for is found there."""

    site: Site
    engine: Engine

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.engine, name)

        @wraps(method)
        def call(*arguments: Any) -> Any:
            values = (one for given in arguments if isinstance(given, tuple) for one in given)
            viewers = (one.person_id for one in values if isinstance(one, Viewer))
            with self.site.app.test_request_context():
                g.actor = self.site.actor(next(viewers, None))
                return method(*arguments)

        return call


def make_site(database_url: str, clock: FixedClock, folder: Path, **settings: Any) -> Site:
    """A site over the database at that URL, which has its tables, with its instance in ``folder``."""
    values = {"database_url": database_url, "secret_key": SECRET, "rate_limits": False, "background": False} | settings
    return Site(create_app(Settings.load({}, instance_path=folder, log_level="ERROR", **values), clock), clock)
