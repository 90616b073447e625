"""The answer schema of a form: data that is kept with it, compiled once by whoever checks answers against it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from lms_core.assessment.domain.responses import choices, entries, order, pairs, selections, written
from lms_core.assessment.domain.responses.reading import Answer, Checker
from lms_core.foundation.errors import NotFound
from lms_core.foundation.text import text

HIGHEST_SEQUENCE: Final = 2**53 - 1

SHAPES: Final[Mapping[str, Callable[[Mapping[str, Any]], Checker]]] = {
    "choices": choices.checker,
    "order": order.checker,
    "pairs": pairs.checker,
    "selections": selections.checker,
    "entries": entries.checker,
    "text": written.checker,
}


@dataclass(frozen=True, slots=True)
class AnswerSchema:
    """The checker of each slot of a form, from 1."""

    slots: Mapping[int, Checker]

    @classmethod
    def compiled(cls, expected: Mapping[int, Mapping[str, Any]]) -> "AnswerSchema":
        """The schema that ``expected`` describes: for each slot a ``shape`` and what it needs to know.

        Raises KeyError for a shape that is none.
        """
        return cls({slot: SHAPES[one["shape"]](one) for slot, one in expected.items()})

    def check(self, slot: int, response: Mapping[str, Any]) -> Answer:
        """``response`` as it is kept. Raises NotFound for a slot that is none, Invalid for what is no answer to it."""
        checker = self.slots.get(slot)
        if checker is None:
            raise NotFound(text("This exam has no question %(slot)s.", slot=slot))
        return checker(response)
