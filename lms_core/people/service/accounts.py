"""Accounts: joining by invitation, choosing and resetting a password, one's own profile, lists for staff."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.identity import new_id, random_token, token_hash
from lms_core.foundation.mail import post
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.records import record_access
from lms_core.foundation.scopes import SITE
from lms_core.foundation.settings import Settings
from lms_core.foundation.text import Text, text
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.foundation.web.languages import say_in
from lms_core.hooks.people import PersonJoined
from lms_core.people.domain import (
    INVITE_PERSON,
    SEE_PERSON,
    ChoosePassword,
    EmailTaken,
    InvitePerson,
    PasswordChanged,
    Person,
    PersonInvited,
    PersonListed,
    RoleBook,
    RoleGiven,
    SingleUseLink,
    require_strong,
)
from lms_core.people.repository import Keys, People
from lms_core.people.service.passwords import Passwords

INVITATION = text(
    "You are invited to %(site)s.\n\nOpen this link to choose your password. It works once, until %(until)s:\n"
    "%(link)s\n"
)
RESET = text(
    "Somebody, probably you, asked for a new password at %(site)s.\n\nOpen this link to choose one. It works once, "
    "until %(until)s:\n%(link)s\n\nIf it was not you, nothing has to be done.\n"
)


@dataclass(frozen=True)
class AccountService:
    """The life of an account."""

    work: Work
    clock: Clock
    settings: Settings
    passwords: Passwords
    book: RoleBook

    def invite(self, actor: Actor, command: InvitePerson) -> UUID:
        """Ask somebody to join with a first role; the new person's id. Raises Forbidden, EmailTaken, Invalid."""
        actor.require(INVITE_PERSON, frozenset({SITE, command.scope}))
        self.book.require_givable(actor, command.role, command.scope)
        now, email = self.clock.now(), command.email.strip().lower()
        with self.work.write() as uow:
            if People(uow).by_email(email):
                raise EmailTaken
            person = Person(new_id(), email, command.display_name, command.language, now)
            People(uow).add(person)
            uow.session.flush()
            People(uow).give(_first_role(person, command, actor))
            self._send(uow, person, "invitation", timedelta(days=self.settings.invitation_days))
            uow.record(PersonInvited(person_id=person.id), by=actor, scopes=frozenset({SITE, command.scope}))
            uow.commit()
        return person.id

    def accept(self, command: ChoosePassword) -> UUID:
        """Take an invitation up; the person's id. Raises LinkSpent, Invalid."""
        now = self.clock.now()
        self._require_strong(command, "invitation")
        hashed = self.passwords.hash(command.password)
        with self.work.write() as uow:
            link = Keys(uow).link(token_hash(command.token))
            link.use("invitation", now)
            person = People(uow).get(link.person_id)
            person.accept(command.display_name or person.display_name, hashed)
            uow.record(PersonJoined(person_id=person.id), by=Actor(person.id))
            uow.commit()
        return person.id

    def ask_reset(self, email: str) -> None:
        """Send a link to choose a new password. Says the same whether there is such an account or not."""
        with self.work.write() as uow:
            person = People(uow).by_email(email.strip().lower())
            if person is None or person.state == "erased":
                return
            purpose = "invitation" if person.state == "invited" else "reset"
            self._send(uow, person, purpose, timedelta(minutes=self.settings.reset_minutes))
            uow.commit()

    def reset(self, command: ChoosePassword) -> UUID:
        """Choose a new password by link; every session and token ends. Raises LinkSpent, Invalid."""
        now = self.clock.now()
        self._require_strong(command, "reset")
        hashed = self.passwords.hash(command.password)
        with self.work.write() as uow:
            link = Keys(uow).link(token_hash(command.token))
            link.use("reset", now)
            person = People(uow).get(link.person_id)
            person.password_hash = hashed
            Keys(uow).revoke_all(person.id, now)
            uow.record(PasswordChanged(person_id=person.id), by=Actor(person.id))
            uow.commit()
        return person.id

    def invited(self, token: str, purpose: str) -> Person:
        """Whom a link was made for, while it is good. Raises LinkSpent."""
        with self.work.read() as uow:
            link = Keys(uow).link(token_hash(token))
            link.require_good(purpose, self.clock.now())
            return People(uow).get(link.person_id)

    def rename(self, actor: Actor, display_name: str, language: str) -> None:
        """Change one's own shown name and language."""
        with self.work.write() as uow:
            person = People(uow).get(actor.require_person())
            person.display_name, person.language = display_name, language
            uow.commit()

    def listed(self, actor: Actor, request: PageRequest) -> Page[PersonListed]:
        """Those whom the actor may see, a page of them."""
        actor.require_person()
        with self.work.read() as uow:
            return People(uow).listed(request, actor.where(SEE_PERSON))

    def profile(self, actor: Actor, person_id: UUID) -> PersonListed:
        """One person, with roles. Reading another's is recorded. Raises NotFound for whom the actor may not see."""
        with self.work.read() as uow:
            people = People(uow)
            person = people.get(person_id)
            if actor.person_id != person_id:
                actor.require_seen(SEE_PERSON, people.scopes_of(person_id))
            held = tuple((one.role, one.scope) for one in people.roles_of([person_id])[person_id])
        if actor.person_id != person_id:
            with self.work.write() as uow:
                record_access(uow, actor, person_id, "people.profile")
                uow.commit()
        return PersonListed(person.id, person.display_name, person.email, person.state, held, person.created_at)

    def _require_strong(self, command: ChoosePassword, purpose: str) -> None:
        require_strong(command.password, self.invited(command.token, purpose).email)

    def _send(self, uow: UnitOfWork, person: Person, purpose: str, lasting: timedelta) -> None:
        token, now = random_token(), self.clock.now()
        Keys(uow).add(SingleUseLink(new_id(), person.id, purpose, token_hash(token), now, now + lasting))
        link = f"{self.settings.public_url}/people/{purpose}/{token}"
        subject, body = self._letter(person.language, purpose, {"link": link, "until": now + lasting})
        post(uow, person.email, subject, body, person.id)

    def _letter(self, language: str, purpose: str, values: dict[str, object]) -> tuple[str, str]:
        site = self.settings.site_name_ko if language == "ko" else self.settings.site_name_en
        subject = (
            text("Your invitation to %(site)s") if purpose == "invitation" else text("A new password for %(site)s")
        )
        body = INVITATION if purpose == "invitation" else RESET
        said = {**values, "site": site}
        return say_in(language, Text(subject.msgid, said)), say_in(language, Text(body.msgid, said))


def _first_role(person: Person, command: InvitePerson, actor: Actor) -> RoleGiven:
    scope = command.scope
    return RoleGiven(new_id(), person.id, command.role, scope.kind, scope.id, person.created_at, actor.person_id)
