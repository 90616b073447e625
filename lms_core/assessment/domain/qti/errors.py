"""Why a QTI file or a response is not scored. Each names rule, element and line, and says the way out."""

from typing import Protocol, Self

from lms_core.foundation.errors import Invalid
from lms_core.foundation.text import Text


class Placed(Protocol):
    """Something that stands in a document: an element, by its name and line."""

    @property
    def name(self) -> str:
        """The element's name."""

    @property
    def line(self) -> int:
        """The line its start tag stands on, from 1."""


class QtiRefused(Invalid):
    """The root of the refusals. `rule` is stable; `element` and `line` (0: the whole file) say where."""

    code = "qti-refused"

    def __init__(self, rule: str, reason: Text, element: str = "", line: int = 0) -> None:
        """Keep rule and place, and hand both to clients among the facts."""
        super().__init__(reason, facts={"rule": rule, "element": element, "line": str(line)})
        self.rule = rule
        self.element = element
        self.line = line

    @classmethod
    def at(cls, place: Placed, rule: str, reason: Text) -> Self:
        """The refusal with the name and line of `place`."""
        return cls(rule, reason, place.name, place.line)


class UnreadableDocument(QtiRefused):
    """The bytes are no XML that is read here: broken, cut off, wrongly encoded, hostile or too large."""

    code = "qti-unreadable"


class UnsupportedElement(QtiRefused):
    """The item asks for something that is not supported. It is refused rather than scored wrong."""

    code = "qti-unsupported"


class InvalidItem(QtiRefused):
    """The item breaks the specification, so that no score follows from it."""

    code = "qti-invalid-item"


class InvalidResponse(QtiRefused):
    """The response does not have the shape that the item declares."""

    code = "qti-invalid-response"
