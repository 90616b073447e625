"""What is asked of the people room, and how lists show a person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lms_core.foundation.scopes import Scope


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
class PersonListed:
    """A person as lists show them."""

    id: UUID
    display_name: str
    email: str
    state: str
    roles: tuple[tuple[str, Scope], ...]
    created_at: datetime
