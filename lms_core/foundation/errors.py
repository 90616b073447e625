"""The kinds of error a use case may raise. Rooms subclass them with nouns of their subject.

No kind knows of HTTP: one table in ``foundation.web.errors`` gives each its status code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from lms_core.foundation.text import Text, text

FieldErrors = Mapping[str, tuple[Text, ...]]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why something may not happen: a stable ``code``, the reason, and who says so."""

    code: str
    reason: Text
    plugin: str = "core"


class LmsError(Exception):
    """The root of every error that a person can be told about."""

    code: ClassVar[str] = "error"
    default: ClassVar[Text] = text("Something went wrong.")

    def __init__(
        self,
        reason: Text | None = None,
        *,
        fields: FieldErrors | None = None,
        reasons: tuple[Refusal, ...] = (),
        facts: Mapping[str, str] | None = None,
    ) -> None:
        """Keep the ``reason``, errors by field, all ``reasons`` of a refusal and ids a client may act on."""
        self.reason = reason or self.default
        self.fields: FieldErrors = fields or {}
        self.reasons = reasons
        self.facts: Mapping[str, str] = facts or {}
        super().__init__(str(self.reason))


class Unauthenticated(LmsError):
    """Nobody is signed in, and somebody has to be."""

    code = "unauthenticated"
    default = text("Sign in first.")


class Forbidden(LmsError):
    """The person may see this, but may not do that."""

    code = "forbidden"
    default = text("You do not have permission to do this.")


class NotFound(LmsError):
    """It does not exist, or the person may not know that it does."""

    code = "not-found"
    default = text("We could not find what you asked for.")


class Conflict(LmsError):
    """It clashes with what has become true meanwhile."""

    code = "conflict"
    default = text("This was changed by someone else meanwhile. Load it again, then repeat your change.")


class Refused(Conflict):
    """Rules or plugins said no; ``reasons`` holds every one of them."""

    code = "refused"
    default = text("This was refused.")


class TooLarge(LmsError):
    """More was sent than is taken."""

    code = "too-large"
    default = text("This is larger than we accept.")


class Invalid(LmsError):
    """What was sent breaks a rule; ``fields`` says which, field by field."""

    code = "invalid"
    default = text("Some of the information needs your attention.")


class TooMany(LmsError):
    """Too many requests in too short a time."""

    code = "too-many"
    default = text("Too many tries in a short time. Wait a little, then try again.")


class Unavailable(LmsError):
    """Something we need does not answer now; trying again later helps."""

    code = "unavailable"
    default = text("This is not available right now. Nothing was lost. Try again in a moment.")


def refuse_if(reasons: tuple[Refusal, ...], error: type[Refused] = Refused) -> None:
    """Raise ``error`` with all ``reasons`` if there is any."""
    if reasons:
        raise error(reasons[0].reason if len(reasons) == 1 else None, reasons=reasons)
