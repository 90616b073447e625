"""What the pages of those who write and run exams send."""

from lms_core.assessment.domain.deadlines import LONGEST_EXTENSION
from lms_core.assessment.domain.specifications import LANGUAGES, LONGEST
from lms_core.assessment.schemas.exams import CODE, TITLE, QuotaIn
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema

SPOKEN = (("ko", text("Korean")), ("en", text("English")))
MINUTES = text("Time in minutes")
EMPTY_ALWAYS = text("Leave it empty if there is no limit.")
OUTLINE_HELP = text("The date of the published outline.")
LINE_HELP = text("Our own line, not the provider's. Empty: none is drawn.")
FORMS_HELP = text("So many different selections; each person gets the one used least.")


def _told(label: Text, help_: Text | None = None, **more: object) -> dict[str, object]:
    return {"label": label, "help": help_, **more}


class WrittenExamIn(Schema):
    """The form of an exam. ``place`` is a scope; ``quotas`` are the rows below it."""

    title_ko = fields.String(required=True, validate=TITLE, metadata=_told(text("Title in Korean")))
    title_en = fields.String(required=True, validate=TITLE, metadata=_told(text("Title in English")))
    place = fields.String(
        load_default="site",
        validate=fields.Length(max=64),
        metadata=_told(text("For whom"), text("Whoever learns there may sit the exam."), kind="select"),
    )
    certification = fields.String(
        load_default="",
        validate=CODE,
        metadata=_told(text("Certification"), text("Its code, such as AI-901; empty if there is none.")),
    )
    specification_version = fields.String(
        load_default="",
        validate=CODE,
        metadata=_told(text("Outline as of"), OUTLINE_HELP),
    )
    bank_ids = fields.List(
        fields.UUID(),
        required=True,
        validate=fields.Length(min=1, max=20),
        metadata=_told(text("Item banks"), text("Approved items are drawn from these."), kind="checkbox"),
    )
    quotas = fields.List(
        fields.Nested(QuotaIn),
        required=True,
        validate=fields.Length(min=1, max=40),
        metadata=_told(text("Questions by exam domain")),
    )
    minutes = fields.Integer(required=True, validate=fields.Range(min=1, max=LONGEST // 60), metadata=_told(MINUTES))
    opens_at = fields.DateTime(load_default=None, allow_none=True, metadata=_told(text("Opens"), EMPTY_ALWAYS))
    closes_at = fields.DateTime(load_default=None, allow_none=True, metadata=_told(text("Closes"), EMPTY_ALWAYS))
    attempts_allowed = fields.Integer(
        load_default=None,
        allow_none=True,
        validate=fields.Range(min=1, max=1000),
        metadata=_told(text("Attempts for each person"), EMPTY_ALWAYS),
    )
    pass_percent = fields.Float(
        load_default=None,
        allow_none=True,
        validate=fields.Range(min=1, max=100),
        metadata=_told(text("Our pass line in percent"), LINE_HELP),
    )
    languages = fields.List(
        fields.String(validate=fields.OneOf(LANGUAGES)),
        required=True,
        validate=fields.Length(min=1, max=2),
        metadata=_told(text("Languages"), kind="checkbox", options=SPOKEN),
    )
    shuffle_choices = fields.Boolean(load_default=False, metadata=_told(text("Shuffle the choices")))
    forms = fields.Integer(
        load_default=4,
        validate=fields.Range(min=1, max=20),
        metadata=_told(text("Forms drawn ahead"), FORMS_HELP),
    )


class MoreTimeIn(Schema):
    """More time for everybody who sits the exam now, with a reason that they may read."""

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
