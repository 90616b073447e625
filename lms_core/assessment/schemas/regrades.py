"""What is asked of those who regrade."""

from typing import Final

from lms_core.assessment.domain.regrades import EFFECTS, LONGEST_REASON, Effect
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema

EFFECT_NAMES: Final[dict[Effect, Text]] = {
    "drop": text("Take it out of the score"),
    "give": text("Give everybody its points"),
    "correct": text("Score the answers by the corrected key"),
    "count": text("Let it count as it was answered"),
}


class RegradeIn(Schema):
    """What is to hold of a question, and why."""

    effect = fields.String(
        required=True,
        validate=fields.OneOf(EFFECTS),
        metadata={"label": text("What is to hold from now on"), "kind": "radio"},
    )
    reason = fields.String(
        required=True,
        validate=fields.Length(min=1, max=LONGEST_REASON),
        metadata={
            "label": text("Reason"),
            "help": text("Everybody whose result changes reads it in their report. Nothing about a person."),
            "kind": "textarea",
        },
    )
