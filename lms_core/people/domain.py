"""People and the ways they prove who they are: rules, commands, events and errors."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, Literal
from uuid import UUID

from lms_core.foundation.errors import Conflict, Invalid, NotFound, TooMany, Unauthenticated
from lms_core.foundation.events import Event
from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import Text, text
from lms_core.hooks.site import Permission, PersonalData, Role

SEE_PERSON = "people.see_person"
INVITE_PERSON = "people.invite_person"
GIVE_ROLE = "people.give_role"
EXPORT_PERSON = "people.export_person"
ERASE_PERSON = "people.erase_person"
ADMINISTRATOR = "administrator"
SHORTEST_PASSWORD = 10
# A session's last use is written at most this often: a page view must not cost a write.
TOUCH_EVERY = timedelta(minutes=5)


@dataclass(eq=False)
class Person:
    """Someone with an account. ``state``: invited, active or erased."""

    id: UUID
    email: str
    display_name: str
    language: str
    created_at: datetime
    state: str = "invited"
    password_hash: str = ""
    version: int = field(default=1, init=False)

    def require_active(self) -> None:
        """Raise SignInFailed unless this account works."""
        if self.state != "active":
            raise SignInFailed

    def accept(self, display_name: str, password_hash: str) -> None:
        """Begin to work: the invitation was accepted. Raises LinkSpent for an account that already does."""
        if self.state != "invited":
            raise LinkSpent
        self.state, self.display_name, self.password_hash = "active", display_name, password_hash

    def erase(self) -> None:
        """Forget everything that tells who this was; the row stays, so that ids in the log lead somewhere."""
        self.state, self.password_hash = "erased", ""
        self.email, self.display_name = f"erased-{self.id}@invalid", ""


@dataclass(eq=False)
class Session:
    """A browser that is signed in, until ``expires_at`` or until somebody revokes it."""

    id: UUID
    person_id: UUID
    token_hash: str
    created_at: datetime
    expires_at: datetime
    last_seen_at: datetime
    device: str = ""
    revoked_at: datetime | None = None

    def in_force(self, now: datetime) -> bool:
        """Whether it still signs anybody in."""
        return self.revoked_at is None and now < self.expires_at

    def is_stale(self, now: datetime) -> bool:
        """Whether its last use is worth writing down again."""
        return now - self.last_seen_at > TOUCH_EVERY


@dataclass(eq=False)
class Token:
    """A key for programs, named by its owner; only its hash is kept."""

    id: UUID
    person_id: UUID
    token_hash: str
    label: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    def in_force(self, now: datetime) -> bool:
        """Whether it still opens anything."""
        return self.revoked_at is None and now < self.expires_at


@dataclass(eq=False)
class SingleUseLink:
    """A link sent by mail, good once: to accept an invitation or to choose a new password."""

    id: UUID
    person_id: UUID
    purpose: str
    token_hash: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None

    def require_good(self, purpose: str, now: datetime) -> None:
        """Raise LinkSpent if it was used, has expired, or was made for something else."""
        if self.used_at is not None or now >= self.expires_at or self.purpose != purpose:
            raise LinkSpent

    def use(self, purpose: str, now: datetime) -> None:
        """Spend it. Raises LinkSpent."""
        self.require_good(purpose, now)
        self.used_at = now


@dataclass(eq=False)
class RoleGiven:
    """A role a person holds in one place."""

    id: UUID
    person_id: UUID
    role: str
    scope_kind: str
    scope_id: str
    given_at: datetime
    given_by: UUID | None = None

    @property
    def scope(self) -> Scope:
        """The place."""
        return Scope(self.scope_kind, self.scope_id)


@dataclass(frozen=True, slots=True)
class RoleBook:
    """Every role and permission that rooms and plugins registered; answers under one name are joined."""

    roles: Mapping[str, Role]
    permissions: Mapping[str, Permission]

    @classmethod
    def bind(cls, roles: Iterable[Role], permissions: Iterable[Permission]) -> "RoleBook":
        """Join ``roles`` by name; the administrator's holds every permission there is."""
        permissions = list(permissions)
        joined: dict[str, Role] = {}
        for role in roles:
            known = joined.get(role.name, role)
            kinds = tuple(dict.fromkeys((*known.scope_kinds, *role.scope_kinds)))
            joined[role.name] = Role(role.name, known.title, known.permissions | role.permissions, kinds)
        if chief := joined.get(ADMINISTRATOR):
            all_there_is = frozenset(one.name for one in permissions)
            joined[ADMINISTRATOR] = Role(chief.name, chief.title, all_there_is, chief.scope_kinds)
        return cls(joined, {one.name: one for one in permissions})

    def permissions_of(self, role: str) -> frozenset[str]:
        """What the role allows; nothing for a role that nobody registers any more."""
        return self.roles[role].permissions if role in self.roles else frozenset()

    def require(self, role: str, scope: Scope) -> Role:
        """The role. Raises Invalid for an unknown one, or one that is not given in such a place."""
        found = self.roles.get(role)
        if found is None:
            raise Invalid(fields={"role": (text("There is no role called %(role)s.", role=role),)})
        if scope.kind not in found.scope_kinds:
            kinds = ", ".join(found.scope_kinds)
            raise Invalid(fields={"scope": (text("This role is given in: %(kinds)s.", kinds=kinds),)})
        return found


@dataclass(frozen=True, slots=True)
class PersonalDataBook:
    """Every table that was registered to hold personal data, with the plugin that keeps it."""

    tables: tuple[tuple[str, PersonalData], ...]


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a person signs in with, and the device they use."""

    email: str
    password: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class InvitePerson:
    """Ask somebody to join, with a first role in one place."""

    email: str
    display_name: str
    role: str
    scope: Scope
    language: str = "ko"


@dataclass(frozen=True, slots=True)
class GiveRole:
    """Give a person a role in one place."""

    person_id: UUID
    role: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class ChoosePassword:
    """Answer to a single-use link: a password, and for an invitation the name to be shown."""

    token: str
    password: str
    display_name: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """A secret that is told once: a session's or a token's."""

    token: str
    expires_at: datetime
    person_id: UUID


@dataclass(frozen=True, slots=True)
class PersonListed:
    """A person as lists show them."""

    id: UUID
    display_name: str
    email: str
    state: str
    roles: tuple[tuple[str, Scope], ...]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn(Event):
    """Someone signed in, in a browser or for a program."""

    name: ClassVar[str] = "people.signed_in"

    person_id: UUID
    way: Literal["session", "token"]


@dataclass(frozen=True, slots=True)
class SignedOut(Event):
    """A session or token was ended."""

    name: ClassVar[str] = "people.signed_out"

    person_id: UUID


@dataclass(frozen=True, slots=True)
class PersonInvited(Event):
    """Someone was asked to join."""

    name: ClassVar[str] = "people.person_invited"

    person_id: UUID


@dataclass(frozen=True, slots=True)
class PasswordChanged(Event):
    """A password was chosen; every session of the person ended."""

    name: ClassVar[str] = "people.password_changed"

    person_id: UUID


@dataclass(frozen=True, slots=True)
class RoleChanged(Event):
    """A role was given or taken."""

    name: ClassVar[str] = "people.role_changed"

    person_id: UUID
    role: str
    scope: str
    given: bool


@dataclass(frozen=True, slots=True)
class PersonErased(Event):
    """A person's data was erased."""

    name: ClassVar[str] = "people.person_erased"

    person_id: UUID


@dataclass(frozen=True, slots=True)
class PersonExported(Event):
    """A person's data was given out."""

    name: ClassVar[str] = "people.person_exported"

    person_id: UUID


class SignInFailed(Unauthenticated):
    """The address or the password is wrong; which of them is not told."""

    code = "sign-in-failed"
    default = text("The e-mail address or the password is not right. Check both, or ask for a new password.")


class SignInBusy(TooMany):
    """More people sign in at this moment than passwords can be checked."""

    code = "sign-in-busy"
    default = text("Many people are signing in right now. Try again in a few seconds.")


class LinkSpent(NotFound):
    """A single-use link that was used, expired or never was."""

    code = "link-spent"
    default = text("This link has expired or was already used. Ask for a new one.")


class EmailTaken(Conflict):
    """Somebody has an account with this address already."""

    code = "email-taken"
    default = text("There is already an account with this e-mail address.")


def require_strong(password: str, email: str) -> None:
    """Raise Invalid unless ``password`` is long enough and not the person's own address (NIST SP 800-63B, 5.1.1.2)."""
    said: list[Text] = []
    if len(password) < SHORTEST_PASSWORD:
        said.append(text("Use at least %(least)s characters. A short sentence works well.", least=SHORTEST_PASSWORD))
    if password.lower() in {email.lower(), email.partition("@")[0].lower()} or len(set(password)) < 4:
        said.append(text("This password is too easy to guess. Choose another one."))
    if said:
        raise Invalid(fields={"password": tuple(said)})
