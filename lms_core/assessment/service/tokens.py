"""Save tokens: who speaks for which attempt, told by a signature alone, so that a save reads no row to know it."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from uuid import UUID

from itsdangerous import BadSignature, Signer

from lms_core.foundation.settings import Settings

PREFIX = "save."


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who saves: a person in one session of one attempt, on one form."""

    attempt_id: UUID
    person_id: UUID
    form_id: UUID
    generation: int


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
        written = f"{PREFIX}{'.'.join(each.hex for each in ids)}.{speaker.generation}"
        return self._signer.sign(written).decode()

    def read(self, token: str) -> Speaker | None:
        """Who is meant by ``token``; None for anything that was not signed here."""
        if not token.startswith(PREFIX):
            return None
        try:
            _, attempt, person, form, generation = self._signer.unsign(token).decode().split(".")
        except (BadSignature, ValueError):
            return None
        return Speaker(UUID(attempt), UUID(person), UUID(form), int(generation))
