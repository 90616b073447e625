"""Save tokens: who speaks for which attempt, told by a signature alone, so that a save reads no row to know it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from uuid import UUID

from itsdangerous import BadSignature, Signer

from lms_core.foundation.settings import Settings

PREFIX = "save."
REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who saves: a person in one session of one attempt, on one form.

    ``lock`` names the keys of the browser that an exam asks for; empty where any browser does.
    """

    attempt_id: UUID
    person_id: UUID
    form_id: UUID
    generation: int
    lock: str = ""


@dataclass(frozen=True)
class SaveTokens:
    """Signs and reads save tokens. They hold ids only, and end with the attempt they belong to."""

    settings: Settings

    @cached_property
    def _signer(self) -> Signer:
        return Signer(self.settings.require_secret(), salt="assessment.save", digest_method=sha256)

    def sign(self, speaker: Speaker) -> str:
        """A token for ``speaker``."""
        ids = (speaker.attempt_id, speaker.person_id, speaker.form_id)
        parts = [*(each.hex for each in ids), str(speaker.generation), *([speaker.lock] if speaker.lock else ())]
        written = f"{PREFIX}{'.'.join(parts)}"
        return self._signer.sign(written).decode()

    def read(self, token: str) -> Speaker | None:
        """Who is meant by ``token``; None for anything that was not signed here."""
        return self._readings(token) if token.startswith(PREFIX) else None

    @cached_property
    def _readings(self) -> Callable[[str], Speaker | None]:
        # A token means the same for ever, and comes again with every answer of its attempt.
        return lru_cache(REMEMBERED)(self._unsigned)

    def _unsigned(self, token: str) -> Speaker | None:
        try:
            _, attempt, person, form, generation, *lock = self._signer.unsign(token).decode().split(".")
        except (BadSignature, ValueError):
            return None
        return Speaker(UUID(attempt), UUID(person), UUID(form), int(generation), *lock)
