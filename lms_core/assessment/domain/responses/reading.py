"""Reading an answer that somebody sent: what every shape asks of it. Whatever is wrong is named by its member."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from lms_core.foundation.errors import Invalid
from lms_core.foundation.text import Text, text

Answer = dict[str, Any]
Checker = Callable[[Mapping[str, Any]], Answer]
"""Takes what was sent, gives what is kept. Raises Invalid."""

RESPONSE: Final = "response"
STRANGER = text("This does not belong to the question.")
TWICE = text("The same thing stands here twice.")


def refused(member: str, reason: Text) -> Invalid:
    """The error that names ``member`` of a response."""
    return Invalid(fields={f"{RESPONSE}.{member}" if member else RESPONSE: (reason,)})


def only(response: Mapping[str, Any], member: str, kind: type) -> Any:
    """The one member that a response of this shape has. Raises Invalid."""
    value = response.get(member)
    if len(response) != 1 or not isinstance(value, kind):
        raise refused("", text("An answer to this question is an object with “%(member)s” alone.", member=member))
    return value


def strings(values: Iterable[Any], member: str) -> None:
    """Raise Invalid unless every value is a string."""
    if not all(isinstance(value, str) for value in values):
        raise refused(member, text("Ids are written as text."))


def known(values: Iterable[str], there: frozenset[str], member: str) -> None:
    """Raise Invalid where something is named that the question does not have."""
    if not there.issuperset(values):
        raise refused(member, STRANGER)


def readable(written: str, longest: int, member: str) -> str:
    """``written``, if it can be kept and is not too long. Raises Invalid.

    No database takes the character NUL as text, and half of a surrogate pair is no character at all.
    """
    if len(written) > longest:
        raise refused(member, text("At most %(most)s characters can be written here.", most=longest))
    if "\x00" in written or any("\ud800" <= each <= "\udfff" for each in written):
        raise refused(member, text("There is a character here that cannot be kept. Take it out."))
    return written
