"""An item as people write it: choices in both languages side by side, and where it comes from."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lms_core.assessment.domain.bank_file.model import positional, tidy
from lms_core.assessment.domain.items import choices_of
from lms_core.assessment.schemas.banks import ATTRIBUTION_HELP, LICENCE_HELP, LICENCE_OPTIONS
from lms_core.foundation.text import text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent, Provenance, Reference
from lms_core.hooks.words import Words

MOST_CHOICES = 12
LONGEST = 20_000
TYPES = (("choice", text("Single choice")), ("multiple-response", text("Multiple response")))
SCORINGS = (
    ("all-or-nothing", text("All or nothing")),
    ("partial", text("A share for each right choice")),
)
DIFFICULTIES = (
    ("", text("Not said")),
    ("easy", text("Easy")),
    ("medium", text("Medium")),
    ("hard", text("Hard")),
)


class WordsIn(Schema):
    """One text in both languages; an empty one is not written."""

    ko = fields.String(load_default="", validate=fields.Length(max=LONGEST))
    en = fields.String(load_default="", validate=fields.Length(max=LONGEST))


class ChoiceIn(Schema):
    """One choice."""

    identifier = fields.String(load_default="", validate=fields.Length(max=40))
    text = fields.Nested(WordsIn, load_default=dict)
    feedback = fields.Nested(WordsIn, load_default=dict)
    correct = fields.Boolean(load_default=False)
    pinned = fields.Boolean(load_default=False)


class ReferenceIn(Schema):
    """A page that supports the key, and the day somebody read it."""

    url = fields.Url(required=True, validate=fields.Length(max=1000), metadata={"label": text("Web address")})
    title = fields.String(load_default="", validate=fields.Length(max=300))
    checked_on = fields.Date(load_default=None, allow_none=True)
    expires_on = fields.Date(load_default=None, allow_none=True)


class ItemIn(Schema):
    """A single or multiple choice item."""

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
        metadata={"label": text("Scoring of multiple response"), "options": SCORINGS},
    )
    stem = fields.Nested(WordsIn, required=True)
    choices = fields.List(fields.Nested(ChoiceIn), required=True, validate=fields.Length(max=MOST_CHOICES))
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


ORIGINALITY = "The author states that the item is original and not recalled from an exam."


def content_of(data: Mapping[str, Any], before: ItemContent | None = None) -> ItemContent:
    """The content that loaded data describes. What the form does not know is kept from ``before``."""
    written = [each for each in data["choices"] if any(each["text"].values())]
    return ItemContent(
        identifier=before.identifier if before else data["identifier"],
        type=data["type"],
        stem=_words(data["stem"]),
        interaction=ChoiceInteraction(tuple(_choice(place, each) for place, each in enumerate(written))),
        scoring=data["scoring"] if data["type"] == "multiple-response" else "all-or-nothing",
        explanation=_words(data["explanation"]),
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
        "choices": [_choice_values(choice) for choice in choices_of(content)],
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


def _words(written: Mapping[str, str]) -> Words:
    return Words({language: tidy(words) for language, words in written.items()})


def _choice(place: int, written: Mapping[str, Any]) -> Choice:
    name = written["identifier"] or positional(place)
    return Choice(name, _words(written["text"]), written["correct"], _words(written["feedback"]), written["pinned"])


def _provenance(data: Mapping[str, Any], before: ItemContent | None) -> Provenance:
    said = before.provenance.originality if before else ""
    stated = (said or ORIGINALITY) if data["originality"] else ""
    return Provenance(data["licence"], data["attribution"], data["author"], data["source"], stated)


def _choice_values(choice: Choice) -> dict[str, Any]:
    return {
        "identifier": choice.identifier,
        "text": dict(choice.text),
        "feedback": dict(choice.feedback),
        "correct": choice.correct,
        "pinned": choice.pinned,
    }


def _reference_values(reference: Reference) -> dict[str, Any]:
    return {
        "url": reference.url,
        "title": reference.title,
        "checked_on": _day(reference.checked_on),
        "expires_on": _day(reference.expires_on),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
