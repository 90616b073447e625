"""Keys: what proves who somebody is after the password has: sessions, tokens, single-use links."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lms_core.people.domain.errors import LinkSpent

# A session's last use is written at most this often: a page view must not cost a write.
TOUCH_EVERY = timedelta(minutes=5)


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


@dataclass(frozen=True, slots=True)
class Issued:
    """A secret that is told once: a session's or a token's."""

    token: str
    expires_at: datetime
    person_id: UUID
