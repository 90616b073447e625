"""People and the ways they prove who they are: rules, commands, events and errors."""

from lms_core.people.domain.accounts import SHORTEST_PASSWORD, Person, require_strong
from lms_core.people.domain.commands import ChoosePassword, Credentials, GiveRole, InvitePerson, PersonListed
from lms_core.people.domain.errors import EmailTaken, LinkSpent, SignInBusy, SignInFailed
from lms_core.people.domain.events import (
    PasswordChanged,
    PersonErased,
    PersonExported,
    PersonInvited,
    RoleChanged,
    SignedIn,
    SignedOut,
)
from lms_core.people.domain.keys import TOUCH_EVERY, Issued, Session, SingleUseLink, Token
from lms_core.people.domain.roles import (
    ADMINISTRATOR,
    ERASE_PERSON,
    EXPORT_PERSON,
    GIVE_ROLE,
    INVITE_PERSON,
    SEE_PERSON,
    PersonalDataBook,
    RoleBook,
    RoleGiven,
)

__all__ = [
    "ADMINISTRATOR",
    "ERASE_PERSON",
    "EXPORT_PERSON",
    "GIVE_ROLE",
    "INVITE_PERSON",
    "SEE_PERSON",
    "SHORTEST_PASSWORD",
    "TOUCH_EVERY",
    "ChoosePassword",
    "Credentials",
    "EmailTaken",
    "GiveRole",
    "InvitePerson",
    "Issued",
    "LinkSpent",
    "PasswordChanged",
    "Person",
    "PersonErased",
    "PersonExported",
    "PersonInvited",
    "PersonListed",
    "PersonalDataBook",
    "RoleBook",
    "RoleChanged",
    "RoleGiven",
    "Session",
    "SignInBusy",
    "SignInFailed",
    "SignedIn",
    "SignedOut",
    "SingleUseLink",
    "Token",
    "require_strong",
]
