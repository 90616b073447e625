"""What has happened to accounts. Ids only, never personal values."""

from dataclasses import dataclass
from typing import ClassVar, Literal
from uuid import UUID

from lms_core.foundation.events import Event


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
