"""Signing in and out: browser sessions and tokens for programs."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from lms_core.foundation.actors import ANYONE, Actor, Grant
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Unauthenticated
from lms_core.foundation.identity import new_id, random_token, token_hash
from lms_core.foundation.scopes import SITE
from lms_core.foundation.settings import Settings
from lms_core.foundation.uow import Work
from lms_core.people.domain import (
    Credentials,
    Issued,
    Person,
    RoleBook,
    Session,
    SignedIn,
    SignedOut,
    SignInFailed,
    Token,
)
from lms_core.people.repository import Held, Keys, People
from lms_core.people.service.passwords import Passwords


@dataclass(frozen=True)
class SignInService:
    """Who somebody is, proved by a password, a session or a token."""

    work: Work
    clock: Clock
    settings: Settings
    passwords: Passwords
    book: RoleBook

    def sign_in(self, credentials: Credentials) -> Issued:
        """Open a session. Raises SignInFailed, SignInBusy."""
        person = self._proved(credentials)
        return self.open_session(person.id, credentials.device)

    def open_session(self, person_id: UUID, device: str = "") -> Issued:
        """A session for someone who has proved who they are by other means (a single-use link)."""
        key, now = random_token(), self.clock.now()
        until = now + timedelta(days=self.settings.session_days)
        with self.work.write() as uow:
            Keys(uow).add(Session(new_id(), person_id, token_hash(key), now, until, now, device[:200]))
            uow.record(SignedIn(person_id=person_id, way="session"), by=Actor(person_id))
            uow.commit()
        return Issued(key, until, person_id)

    def issue_token(self, credentials: Credentials, label: str = "API") -> Issued:
        """A token for a program. Raises SignInFailed, SignInBusy."""
        person = self._proved(credentials)
        key, now = random_token(), self.clock.now()
        until = now + timedelta(days=self.settings.token_days)
        with self.work.write() as uow:
            Keys(uow).add(Token(new_id(), person.id, token_hash(key), label[:80], now, until))
            uow.record(SignedIn(person_id=person.id, way="token"), by=Actor(person.id))
            uow.commit()
        return Issued(key, until, person.id)

    def by_session(self, key: str) -> Actor:
        """The actor behind a browser's session; ANYONE if it is not in force."""
        if not key:
            return ANYONE
        now = self.clock.now()
        with self.work.read() as uow:
            found = Keys(uow).session(token_hash(key))
        if found is None or not found.key.in_force(now) or found.person.state != "active":
            return ANYONE
        if found.key.is_stale(now):
            self._touch(found.key.id)
        return self._actor(found)

    def by_token(self, key: str) -> Actor:
        """The actor behind a token. Raises Unauthenticated if it is not in force: a program should notice."""
        with self.work.read() as uow:
            found = Keys(uow).token(token_hash(key))
        if found is None or not found.key.in_force(self.clock.now()) or found.person.state != "active":
            raise Unauthenticated
        return self._actor(found)

    def sign_out(self, actor: Actor) -> None:
        """End the session or token that ``actor`` came with."""
        if actor.session_id is not None:
            self.revoke(actor, actor.session_id)

    def revoke(self, actor: Actor, key_id: UUID) -> None:
        """End one of the actor's own sessions or tokens. Raises NotFound for anybody else's."""
        person_id = actor.require_person()
        with self.work.write() as uow:
            Keys(uow).revoke(person_id, key_id, self.clock.now())
            uow.record(SignedOut(person_id=person_id), by=actor)
            uow.commit()

    def keys(self, actor: Actor) -> tuple[tuple[Session, ...], tuple[Token, ...]]:
        """The actor's sessions and tokens in force."""
        person_id, now = actor.require_person(), self.clock.now()
        with self.work.read() as uow:
            keys = Keys(uow)
            return tuple(keys.sessions_of(person_id, now)), tuple(keys.tokens_of(person_id, now))

    def _proved(self, credentials: Credentials) -> Person:
        with self.work.read() as uow:
            person = People(uow).by_email(credentials.email.strip().lower())
        # The hash is checked outside of any transaction: it takes a tenth of a second.
        right = self.passwords.matches(person.password_hash if person else "", credentials.password)
        if person is None or not right:
            raise SignInFailed
        person.require_active()
        return person

    def _actor(self, held: Held[Any]) -> Actor:
        person = held.person
        grants = {Grant(one, place) for role, place in held.roles for one in self.book.permissions_of(role)}
        places = frozenset({SITE, *(place for _, place in held.roles)})
        return Actor(person.id, frozenset(grants), person.language, False, held.key.id, person.display_name, places)

    def _touch(self, session_id: UUID) -> None:
        with self.work.write() as uow:
            Keys(uow).touch(session_id, self.clock.now())
            uow.commit()
