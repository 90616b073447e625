"""What the pages of those who run exams send."""

from marshmallow import ValidationError, validates, validates_schema

from lms_core.assessment.domain.deadlines import LONGEST_EXTENSION
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema

MINUTES = text("Time in minutes")


def _told(label: Text, help_: Text | None = None, **more: object) -> dict[str, object]:
    return {"label": label, "help": help_, **more}


class AccommodationFormIn(Schema):
    """More time for one person in one exam. Why is not asked and not kept; that they agreed is."""

    email = fields.String(
        required=True,
        validate=fields.Length(min=3, max=254),
        metadata=_told(text("E-mail address of the person"), kind="email"),
    )
    percent = fields.Integer(
        load_default=0,
        validate=fields.Range(min=0, max=300),
        metadata=_told(text("More time in percent"), text("A share of the ordinary time, such as 25.")),
    )
    minutes = fields.Integer(
        load_default=0, validate=fields.Range(min=0, max=600), metadata=_told(text("More time in minutes"))
    )
    consent = fields.Boolean(
        load_default=False,
        metadata=_told(text("The person agrees that this is kept. Reasons are not written down.")),
    )

    @validates("consent")
    def _agreed(self, agreed: bool, **_: object) -> None:
        if not agreed:
            raise ValidationError([text("The person has to agree that this is kept.")])

    @validates_schema
    def _gives_time(self, data: dict[str, int], **_: object) -> None:
        if not data.get("percent") and not data.get("minutes"):
            raise ValidationError([text("Write how much more time: a share, minutes or both.")], "percent")


class MoreTimeIn(Schema):
    """More time for those whom an incident reached, with a reason that they may read."""

    minutes = fields.Integer(
        required=True,
        validate=fields.Range(min=1, max=LONGEST_EXTENSION // 60),
        metadata=_told(MINUTES),
    )
    reason = fields.String(
        required=True,
        validate=fields.Length(min=1, max=200),
        metadata=_told(text("Reason"), text("An outage, a fire drill: nothing about a person.")),
    )
    email = fields.String(
        load_default="",
        validate=fields.Length(max=254),
        metadata=_told(text("Only this person"), text("An e-mail address. Empty: everybody."), kind="email"),
    )
    network = fields.String(
        load_default="",
        validate=fields.Length(max=43),
        metadata=_told(text("Only this room"), text("Its network, such as 10.2.30.0/24. Empty: everywhere.")),
    )
