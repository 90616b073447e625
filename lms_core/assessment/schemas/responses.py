"""Answers as the API's document describes them: one shape for each way of answering, whatever the type of item."""

from typing import Any, Final

from lms_core.assessment.domain.responses.entries import LONGEST_ENTRY
from lms_core.assessment.domain.responses.written import LONGEST_TEXT
from lms_core.foundation.web import fields

ID: Final = {"type": "string", "description": "An id of this form; it holds in no other one."}


def _shape(member: str, value: dict[str, Any], types: str, told: str, example: Any) -> dict[str, Any]:
    return {
        "title": f"{member}: {types}",
        "type": "object",
        "description": told,
        "required": [member],
        "additionalProperties": False,
        "properties": {member: value},
        "example": {member: example},
    }


def _ids(**more: Any) -> dict[str, Any]:
    return {"type": "array", "items": ID, "uniqueItems": True, **more}


SHAPES: Final[list[dict[str, Any]]] = [
    _shape(
        "choices",
        _ids(),
        "choice, multiple-response, hot-spot",
        "What is picked: at most `most` ids of `choices` (of `areas` for a hot spot).",
        ["5f2a9c01b3d4"],
    ),
    _shape(
        "order",
        _ids(),
        "ordering",
        "Ids of `choices`, the first step first; what is left out is not placed.",
        ["5f2a9c01b3d4", "07be11c2a9d8"],
    ),
    _shape(
        "pairs",
        {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["source", "target"],
                "additionalProperties": False,
                "properties": {"source": ID, "target": ID},
            },
        },
        "matching, statement-set, gap-match",
        "A source (for a gap match: a text) with the target (the gap) it is given to.",
        [{"source": "5f2a9c01b3d4", "target": "07be11c2a9d8"}],
    ),
    _shape(
        "selections",
        {"type": "object", "additionalProperties": ID},
        "inline-choice, hot-area",
        "For each of `lists` the id of the choice that is selected; a list that is left out was not used.",
        {"5f2a9c01b3d4": "07be11c2a9d8"},
    ),
    _shape(
        "entries",
        {"type": "object", "additionalProperties": {"type": "string", "maxLength": LONGEST_ENTRY}},
        "text-entry, numeric",
        "What is typed into each of `fields`; a number with or without its unit, digits grouped or not.",
        {"5f2a9c01b3d4": "2,000"},
    ),
    _shape(
        "text",
        {"type": "string", "maxLength": LONGEST_TEXT},
        "extended-text",
        "What is written. Its length in words is asked for, never enforced.",
        "답안",
    ),
]


class Response(fields.Dict):
    """An answer. What it may hold is checked against the form, not here."""

    def __init__(self, **given: Any) -> None:
        metadata = {**given.pop("metadata", {}), "oneOf": SHAPES}
        super().__init__(keys=fields.String(metadata={"strip": False}), metadata=metadata, **given)
