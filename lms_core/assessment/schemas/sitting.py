"""What the page of an exam sends."""

from marshmallow import ValidationError, validates

from lms_core.assessment.domain.specifications import MODES
from lms_core.foundation.text import text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema

AGREEMENT = text("I answer by myself, and I keep the questions to myself.")
NOT_AGREED = text("Agree to this before you begin.")


class BeginIn(Schema):
    """Begin an attempt, having agreed to its rules."""

    agreed = fields.Boolean(load_default=False, metadata={"label": AGREEMENT})
    mode = fields.String(required=True, validate=fields.OneOf(MODES))

    @validates("agreed")
    def _agreed(self, agreed: bool, **_: object) -> None:
        if not agreed:
            raise ValidationError([NOT_AGREED])
