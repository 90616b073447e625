"""An item as people write it: every text in both languages side by side, and where it comes from."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from marshmallow import ValidationError, validates_schema

from lms_core.assessment.schemas.banks import ATTRIBUTION_HELP, LICENCE_HELP, LICENCE_OPTIONS
from lms_core.assessment.schemas.interactions import interaction_of, interaction_values
from lms_core.assessment.schemas.item_rows import PictureIn, RowIn, TargetIn, WordsIn, row_errors, words
from lms_core.foundation.text import text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema
from lms_core.hooks.items import ItemContent, Provenance, Reference

MOST_CHOICES = 40
TYPES: Final = (
    ("choice", text("Single choice")),
    ("multiple-response", text("Multiple response")),
    ("statement-set", text("Statements")),
    ("ordering", text("Ordering")),
    ("matching", text("Matching")),
    ("gap-match", text("Gap match")),
    ("inline-choice", text("Drop-downs")),
    ("text-entry", text("Text entry")),
    ("numeric", text("Number")),
    ("hot-spot", text("Hot spot")),
    ("hot-area", text("Hot area")),
    ("extended-text", text("Essay")),
)
"""The types that have a form. A case holds whole items, and is written as text."""
SCORINGS = (
    ("all-or-nothing", text("All or nothing")),
    ("partial", text("A share for each right part")),
    ("map", text("By the weight of each choice")),
)
DIFFICULTIES = (
    ("", text("Not said")),
    ("easy", text("Easy")),
    ("medium", text("Medium")),
    ("hard", text("Hard")),
)


class ReferenceIn(Schema):
    """A page that supports the key, and the day somebody read it."""

    url = fields.Url(required=True, validate=fields.Length(max=1000), metadata={"label": text("Web address")})
    title = fields.String(load_default="", validate=fields.Length(max=300))
    checked_on = fields.Date(load_default=None, allow_none=True)
    expires_on = fields.Date(load_default=None, allow_none=True)


class ItemIn(Schema):
    """An item of any type that has a form. ``choices`` are its rows, ``targets`` what they belong to."""

    identifier = fields.String(
        required=True,
        validate=fields.Length(min=1, max=200),
        metadata={
            "label": text("Identifier"),
            "help": text("Stays the same for ever; a second import knows it by this."),
        },
    )
    type = fields.String(
        load_default="choice",
        validate=fields.OneOf([name for name, _ in TYPES]),
        metadata={"label": text("Type"), "options": TYPES},
    )
    scoring = fields.String(
        load_default="all-or-nothing",
        validate=fields.OneOf([name for name, _ in SCORINGS]),
        metadata={"label": text("Scoring of several parts"), "options": SCORINGS},
    )
    stem = fields.Nested(WordsIn, required=True)
    choices = fields.List(fields.Nested(RowIn), required=True, validate=fields.Length(max=MOST_CHOICES))
    targets = fields.List(fields.Nested(TargetIn), load_default=list, validate=fields.Length(max=MOST_CHOICES))
    picture = fields.Nested(PictureIn, load_default=dict)
    model_answer = fields.Nested(WordsIn, load_default=dict)
    least_words = fields.Integer(
        load_default=None,
        allow_none=True,
        validate=fields.Range(min=1, max=10_000),
        metadata={"label": text("Words at least")},
    )
    most_words = fields.Integer(
        load_default=None,
        allow_none=True,
        validate=fields.Range(min=1, max=10_000),
        metadata={"label": text("Words at most")},
    )
    shuffle = fields.Boolean(load_default=True, metadata={"label": text("Shuffle the choices")})
    explanation = fields.Nested(WordsIn, load_default=dict)
    objective = fields.String(load_default="", validate=fields.Length(max=80), metadata={"label": text("Objective")})
    difficulty = fields.String(
        load_default="",
        validate=fields.OneOf([name for name, _ in DIFFICULTIES]),
        metadata={"label": text("Difficulty"), "options": DIFFICULTIES},
    )
    tags = fields.List(
        fields.String(validate=fields.Length(min=1, max=60)), load_default=list, validate=fields.Length(max=30)
    )
    references = fields.List(fields.Nested(ReferenceIn), load_default=list, validate=fields.Length(max=10))
    licence = fields.String(
        load_default="LicenseRef-Own",
        validate=fields.OneOf([name for name, _ in LICENCE_OPTIONS]),
        metadata={"label": text("Licence"), "options": LICENCE_OPTIONS, "help": LICENCE_HELP},
    )
    attribution = fields.String(
        load_default="",
        validate=fields.Length(max=500),
        metadata={"label": text("Attribution"), "help": ATTRIBUTION_HELP},
    )
    author = fields.String(load_default="", validate=fields.Length(max=200), metadata={"label": text("Author")})
    source = fields.String(load_default="", validate=fields.Length(max=500), metadata={"label": text("Source")})
    originality = fields.Boolean(
        load_default=False,
        metadata={
            "label": text("I wrote this myself, and nothing in it is recalled from an exam."),
            "help": text("Recalled exam questions are not taken."),
        },
    )

    @validates_schema
    def _rows_can_be_read(self, data: dict[str, Any], **_: object) -> None:
        if found := row_errors(data.get("type", ""), data.get("choices", ())):
            raise ValidationError({"choices": found})


ORIGINALITY = "The author states that the item is original and not recalled from an exam."


def content_of(data: Mapping[str, Any], before: ItemContent | None = None) -> ItemContent:
    """The content that loaded data describes. What the form does not know is kept from ``before``."""
    return ItemContent(
        identifier=before.identifier if before else data["identifier"],
        type=data["type"],
        stem=words(data["stem"]),
        interaction=interaction_of(data),
        scoring=data["scoring"],
        explanation=words(data["explanation"]),
        references=tuple(Reference(**each) for each in data["references"]),
        objective=data["objective"],
        difficulty=data["difficulty"] or None,
        difficulty_value=before.difficulty_value if before else None,
        tags=tuple(data["tags"]),
        provenance=_provenance(data, before),
    )


def values_of(content: ItemContent) -> dict[str, Any]:
    """A content as data that ``ItemIn`` would load."""
    given = content.provenance
    return {
        "identifier": content.identifier,
        "type": content.type,
        "scoring": content.scoring,
        "stem": dict(content.stem),
        **interaction_values(content.interaction),
        "explanation": dict(content.explanation),
        "objective": content.objective,
        "difficulty": content.difficulty or "",
        "tags": list(content.tags),
        "references": [_reference_values(each) for each in content.references],
        "licence": given.licence,
        "attribution": given.attribution,
        "author": given.author,
        "source": given.source_url,
        "originality": bool(given.originality),
    }


def _provenance(data: Mapping[str, Any], before: ItemContent | None) -> Provenance:
    said = before.provenance.originality if before else ""
    stated = (said or ORIGINALITY) if data["originality"] else ""
    return Provenance(data["licence"], data["attribution"], data["author"], data["source"], stated)


def _reference_values(reference: Reference) -> dict[str, Any]:
    return {
        "url": reference.url,
        "title": reference.title,
        "checked_on": _day(reference.checked_on),
        "expires_on": _day(reference.expires_on),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
