"""What comes in about the upkeep of banks, and how the fields of an item are called."""

from collections.abc import Mapping
from typing import Final

from lms_core.assessment.domain.likeness import LIKENESSES
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import PageIn, Schema

FIELD_NAMES: Final[Mapping[str, Text]] = {
    "areas": text("Areas"),
    "attribution": text("Attribution"),
    "author": text("Author"),
    "checked_on": text("Checked on"),
    "choices": text("Choices"),
    "correct": text("Right"),
    "difficulty": text("Difficulty"),
    "en": text("English"),
    "exhibits": text("Exhibits"),
    "expires_on": text("To be read again on"),
    "explanation": text("Explanation"),
    "feedback": text("Explanation"),
    "identifier": text("Identifier"),
    "interaction": text("Answers"),
    "items": text("Questions"),
    "key": text("Key"),
    "ko": text("Korean"),
    "licence": text("Licence"),
    "objective": text("Objective"),
    "originality": text("Originality"),
    "pinned": text("Keeps its place"),
    "provenance": text("Where it comes from"),
    "references": text("References"),
    "scoring": text("Scoring"),
    "source_url": text("Source"),
    "stem": text("Question"),
    "tags": text("Tags"),
    "text": text("Text"),
    "title": text("Title"),
    "type": text("Type"),
    "url": text("Web address"),
    "weight": text("Weight"),
}
"""The words of a path to a part of an item; identifiers and numbers stand for themselves."""


class StaleQuery(PageIn):
    """Which references are wanted: expired, within a month (empty), or all that expire."""

    due = fields.String(load_default="", validate=fields.OneOf(["", "expired", "all"]))


class LikenessQuery(PageIn):
    """Which pairs are wanted: those nobody decided on (empty), or decided ones."""

    state = fields.String(load_default="", validate=fields.OneOf(["", "decided"]))


class LikenessIn(Schema):
    """A decision on two items."""

    first = fields.UUID(required=True)
    second = fields.UUID(required=True)
    verdict = fields.String(required=True, validate=fields.OneOf(LIKENESSES))
