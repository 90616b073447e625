"""What an exam room tells of itself, and what those who watch send."""

from marshmallow import validate

from lms_core.assessment.domain.deadlines import LONGEST_EXTENSION
from lms_core.assessment.domain.proctoring import MOST_AT_ONCE, SHOWN, TOLD
from lms_core.foundation.text import text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import PageIn, Schema

DAY = 86_400


class ToldEventIn(Schema):
    """Something that happened on a device, ``ago`` seconds before it is told, by the device's running clock."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(TOLD))
    ago = fields.Float(required=True, validate=validate.Range(min=0, max=DAY))
    seconds = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=0, max=DAY))


class ToldEventsIn(Schema):
    """What a room noted since it told last."""

    events = fields.List(fields.Nested(ToldEventIn), required=True, validate=validate.Length(min=1, max=MOST_AT_ONCE))


class KeptOut(Schema):
    """How many of the events were new and are kept; a full log keeps none."""

    kept = fields.Integer(required=True)


class WatchIn(PageIn):
    """Which of the attempts are shown."""

    show = fields.String(load_default="now", validate=validate.OneOf(SHOWN))


class GiveMinutesIn(Schema):
    """Minutes for those who sit the exam now, with a reason that they may read."""

    minutes = fields.Integer(
        required=True,
        validate=fields.Range(min=1, max=LONGEST_EXTENSION // 60),
        metadata={"label": text("Time in minutes")},
    )
    reason = fields.String(
        required=True,
        validate=fields.Length(min=1, max=200),
        metadata={"label": text("Reason"), "help": text("An outage, a fire drill: nothing about a person.")},
    )
