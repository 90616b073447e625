"""Passwords by argon2. A check takes a tenth of a second on purpose, so only a few run at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from lms_core.people.domain import SignInBusy

# Each check holds 64 MiB and a core: more at a time would slow every page of the site.
AT_ONCE = 2
PATIENCE = 5.0


@dataclass(frozen=True)
class Passwords:
    """Hashes and checks passwords, AT_ONCE at a time."""

    _hasher: PasswordHasher = field(default_factory=PasswordHasher, init=False, repr=False)
    _turns: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(AT_ONCE), init=False, repr=False
    )

    def hash(self, password: str) -> str:
        """The hash to keep. Raises SignInBusy when too many wait."""
        with self._turn():
            return self._hasher.hash(password)

    def matches(self, password_hash: str, password: str) -> bool:
        """Whether ``password`` is right; takes the same time for an account that does not exist."""
        with self._turn():
            try:
                return self._hasher.verify(password_hash or _decoy(), password) and bool(password_hash)
            except (VerifyMismatchError, InvalidHashError):
                return False

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=PATIENCE):
            raise SignInBusy
        try:
            yield
        finally:
            self._turns.release()


@cache
def _decoy() -> str:
    return PasswordHasher().hash("nobody has this password")
