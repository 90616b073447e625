"""Accounts: someone who can sign in, and what makes a password good enough."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from lms_core.foundation.errors import Invalid
from lms_core.foundation.text import Text, text
from lms_core.people.domain.errors import LinkSpent, SignInFailed

SHORTEST_PASSWORD = 10


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


def require_strong(password: str, email: str) -> None:
    """Raise Invalid unless ``password`` is long enough and not the person's own address (NIST SP 800-63B, 5.1.1.2)."""
    said: list[Text] = []
    if len(password) < SHORTEST_PASSWORD:
        said.append(text("Use at least %(least)s characters. A short sentence works well.", least=SHORTEST_PASSWORD))
    if password.lower() in {email.lower(), email.partition("@")[0].lower()} or len(set(password)) < 4:
        said.append(text("This password is too easy to guess. Choose another one."))
    if said:
        raise Invalid(fields={"password": tuple(said)})
