"""A whole site for a test: the application over a clean database, and people who send requests to it."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from lms_core.app import create_app
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.database import Database
from lms_core.foundation.outbox.background import Background
from lms_core.foundation.scopes import SITE, Scope
from lms_core.foundation.settings import Settings
from lms_core.foundation.web.house import House, house
from lms_core.people.domain import GiveRole
from lms_core.people.service import EnlistService, RoleService, SignInService
from tests.support.clock import FixedClock

SECRET = "a secret for tests alone, long enough to be taken"
_numbers = count(1)


class Visitor(FlaskClient):
    """Someone at a browser: submits forms with the token that a page would have held."""

    def submit(self, url: str, **data: Any) -> TestResponse:
        """Post a form."""
        raw = hashlib.sha1(os.urandom(64)).hexdigest()
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

    def provide(self, service: type[Any]) -> Any:
        """A service of the application."""
        return self.house.provide(service)

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

    def browser(self, person_id: UUID | None = None, language: str = "en") -> Visitor:
        """A browser, signed in as ``person_id`` if one is given."""
        self.app.test_client_class = Visitor
        visitor = self.app.test_client()
        with visitor.session_transaction() as session:
            session["language"] = language
            if person_id:
                session["key"] = self.provide(SignInService).open_session(person_id).token
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


def make_site(database: Database, clock: FixedClock, folder: Path, **settings: Any) -> Site:
    """A site over ``database`` with its instance in ``folder``."""
    url = database.url.render_as_string(hide_password=False)
    values = {"database_url": url, "secret_key": SECRET, "rate_limits": False, "background": False} | settings
    return Site(create_app(Settings.load({}, instance_path=folder, log_level="ERROR", **values), clock), clock)


@pytest.fixture
def site(database: Database, clock: FixedClock, tmp_path: Path) -> Iterator[Site]:
    """A site on SQLite, and once more on PostgreSQL."""
    made = make_site(database, clock, tmp_path)
    yield made
    made.house.database.dispose()


@pytest.fixture
def embedded_site(embedded: Database, clock: FixedClock, tmp_path: Path) -> Iterator[Site]:
    """A site on SQLite alone: for what does not depend on the database."""
    made = make_site(embedded, clock, tmp_path)
    yield made
    made.house.database.dispose()
