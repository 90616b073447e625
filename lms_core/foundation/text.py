"""Text that is chosen for its reader at the edge of the house, not where it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """A message to translate: an English ``msgid`` with ``%(name)s`` places, and the values for them."""

    msgid: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """The English text, for logs and for readers without a catalogue."""
        return self.msgid % self.values if self.values else self.msgid


def text(msgid: str, /, **values: Any) -> Text:
    """Mark ``msgid`` for translation and keep the values that belong in it.

    The message collector looks for calls of this name, so ``msgid`` is always a literal.
    """
    return Text(msgid, values)


@dataclass(frozen=True, slots=True)
class Titles:
    """A title or sentence that was written in both languages of the house."""

    ko: str
    en: str

    def __str__(self) -> str:
        return self.in_("en")

    def in_(self, language: str) -> str:
        """The wording for ``language``, falling back to the other one where it is empty."""
        return (self.ko or self.en) if language == "ko" else (self.en or self.ko)
