"""What an answer may look like: the answer schema of a form, and the check of one response against it.

A schema knows slots, types and choice ids; nothing in it says which choice is right.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from lms_core.foundation.errors import Invalid, NotFound
from lms_core.foundation.text import Text, text

HIGHEST_SEQUENCE: Final = 2**53 - 1
NO_ANSWER: Final[Mapping[str, Any]] = {"choices": []}
UNREADABLE = text('An answer to this question is written {"choices": [...]} with ids of its choices.')


@dataclass(frozen=True, slots=True)
class SlotSchema:
    """The choice ids of one slot and how many of them may be picked."""

    choices: frozenset[str]
    most: int


@dataclass(frozen=True, slots=True)
class AnswerSchema:
    """The slots of a form, from 1."""

    slots: Mapping[int, SlotSchema]

    def check(self, slot: int, response: Mapping[str, Any]) -> dict[str, Any]:
        """``response`` as it is kept. Raises NotFound for a slot that is none, Invalid for what is no answer to it."""
        schema = self.slots.get(slot)
        if schema is None:
            raise NotFound(text("This exam has no question %(slot)s.", slot=slot))
        picked = response.get("choices")
        if (
            set(response) != {"choices"}
            or not isinstance(picked, list)
            or not all(isinstance(one, str) for one in picked)
        ):
            raise _invalid(UNREADABLE)
        if len(set(picked)) != len(picked) or len(picked) > schema.most:
            raise _invalid(text("At most %(most)s different choices can be picked here.", most=schema.most))
        if not schema.choices.issuperset(picked):
            raise _invalid(text("A choice does not belong to this question."))
        return {"choices": picked}


def picked_choices(response: Mapping[str, Any] | None) -> frozenset[str]:
    """The choice ids a stored response picks; none where nothing was answered."""
    return frozenset((response or NO_ANSWER)["choices"])


def _invalid(reason: Text) -> Invalid:
    return Invalid(fields={"response": (reason,)})
