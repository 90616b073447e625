"""What the page of an exam sends."""

from marshmallow import ValidationError, validates

from lms_core.assessment.domain.practice import POOLS, SUITED
from lms_core.assessment.domain.specifications import MODES, MOST_ITEMS
from lms_core.foundation.text import text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema

AGREEMENT = text("I answer by myself, and I keep the questions to myself.")
WHICH = (
    ("all", text("Every question")),
    ("missed", text("Only those I last got wrong")),
    ("unseen", text("Only those I have not seen")),
    (SUITED, text("A few that suit me")),
)
NOT_AGREED = text("Agree to this before you begin.")


class BeginIn(Schema):
    """Begin an attempt, having agreed to its rules."""

    agreed = fields.Boolean(load_default=False, metadata={"label": AGREEMENT})
    mode = fields.String(required=True, validate=fields.OneOf(MODES))
    domains = fields.List(
        fields.String(validate=fields.Length(max=80)),
        load_default=list,
        validate=fields.Length(max=40),
        metadata={"label": text("Exam domains"), "help": text("None chosen: all of them."), "kind": "checkbox"},
    )
    pool = fields.String(
        load_default="all",
        validate=fields.OneOf(POOLS),
        metadata={"label": text("Which questions"), "kind": "select", "options": WHICH},
    )
    items = fields.Integer(
        load_default=None,
        allow_none=True,
        validate=fields.Range(min=1, max=MOST_ITEMS),
        metadata={
            "label": text("How many questions"),
            "help": text("Empty: as many as the exam has, or five that suit you."),
        },
    )

    password = fields.String(
        load_default="",
        validate=fields.Length(max=100),
        metadata={
            "label": text("Password of the exam"),
            "help": text("Whoever runs the exam tells you."),
            "kind": "password",
            "attributes": {"autocomplete": "off"},
        },
    )

    @validates("agreed")
    def _agreed(self, agreed: bool, **_: object) -> None:
        if not agreed:
            raise ValidationError([NOT_AGREED])
