"""Accounts that work at once: for the command line, for imports and for the demonstration."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.identity import new_id, random_token, token_hash
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.foundation.settings import Settings
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.hooks.people import PersonJoined
from lms_core.people.domain import INVITE_PERSON, EmailTaken, Person, Token, require_strong
from lms_core.people.repository import Keys, People
from lms_core.people.service.passwords import Passwords


@dataclass(frozen=True)
class EnlistService:
    """Makes accounts without a mail going out."""

    work: Work
    clock: Clock
    settings: Settings
    passwords: Passwords

    def enlist(self, actor: Actor, email: str, display_name: str, password: str, language: str = "ko") -> UUID:
        """One account with a password; its id. Raises EmailTaken, Invalid."""
        require_strong(password, email)
        hashed = self.passwords.hash(password)
        with self.work.write() as uow:
            person_id = self.enlist_within(uow, actor, email, display_name, hashed, language)
            uow.commit()
        return person_id

    def enlist_within(
        self, uow: UnitOfWork, actor: Actor, email: str, display_name: str, password_hash: str, language: str = "ko"
    ) -> UUID:
        """One account in a unit of work of the caller's, with a password hashed before. Raises EmailTaken."""
        actor.require(INVITE_PERSON, EVERYWHERE)
        if People(uow).by_email(email.strip().lower()):
            raise EmailTaken
        person = Person(new_id(), email.strip().lower(), display_name, language, self.clock.now())
        person.accept(display_name, password_hash)
        People(uow).add(person)
        uow.session.flush()
        uow.record(PersonJoined(person_id=person.id), by=actor)
        return person.id

    def token_within(self, uow: UnitOfWork, actor: Actor, person_id: UUID, label: str) -> str:
        """A token for somebody else's account; told once. For the demonstration and for load work."""
        actor.require(INVITE_PERSON, EVERYWHERE)
        key, now = random_token(), self.clock.now()
        until = now + timedelta(days=self.settings.token_days)
        Keys(uow).add(Token(new_id(), person_id, token_hash(key), label, now, until))
        return key
