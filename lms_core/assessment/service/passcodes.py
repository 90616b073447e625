"""The password of an exam: asked when it is begun, with few tries, and checked slowly once a process alone."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Final
from uuid import UUID

from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Refusal, TooMany
from lms_core.foundation.settings import Settings
from lms_core.foundation.text import text
from lms_core.people.service.passwords import Passwords

TRIES: Final = 5
WITHIN: Final = timedelta(minutes=1)
REMEMBERED: Final = 20_000


@dataclass(frozen=True)
class Passcodes:
    """Checks exam passwords. Tries are counted a person and exam, in one process."""

    clock: Clock
    settings: Settings
    passwords: Passwords
    _wrong: dict[tuple[UUID, UUID], tuple[datetime, ...]] = field(default_factory=dict, init=False, repr=False)
    _right: dict[str, bytes] = field(default_factory=dict, init=False, repr=False)

    def reason_against(self, person_id: UUID, exam_id: UUID, password_hash: str, given: str) -> Refusal | None:
        """Why ``given`` does not open the exam, or None. Raises TooMany after TRIES wrong ones WITHIN a minute."""
        if not password_hash:
            return None
        if not given:
            return Refusal("password-missing", text("This exam asks for a password. Whoever runs it tells you."))
        recent = self._recent(person_id, exam_id)
        if len(recent) >= TRIES:
            raise TooMany(text("Too many wrong passwords. Wait a minute, then ask whoever runs the exam for it."))
        if self._matches(password_hash, given):
            return None
        if len(self._wrong) >= REMEMBERED:
            self._wrong.clear()
        self._wrong[person_id, exam_id] = (*recent, self.clock.now())
        return Refusal("password-wrong", text("This is not the password of this exam. Check it, then try again."))

    def _recent(self, person_id: UUID, exam_id: UUID) -> tuple[datetime, ...]:
        since = self.clock.now() - WITHIN
        return tuple(one for one in self._wrong.get((person_id, exam_id), ()) if one > since)

    def _matches(self, password_hash: str, given: str) -> bool:
        """A whole room types the same password within a minute: after the first, its digest is compared."""
        digest = blake2b(given.encode(), key=self.settings.require_secret().encode()[:64]).digest()
        if self._right.get(password_hash) == digest:
            return True
        if not self.passwords.matches(password_hash, given):
            return False
        if len(self._right) >= REMEMBERED:
            self._right.clear()
        self._right[password_hash] = digest
        return True
