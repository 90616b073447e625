"""What comes in and goes out about exams."""

from lms_core.assessment.domain.deadlines import LONGEST_EXTENSION
from lms_core.assessment.domain.specifications import LANGUAGES, LONGEST, MOST_ITEMS
from lms_core.foundation.text import text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import PageIn, Schema

STATES = ("draft", "published", "closed")
TITLE = fields.Length(min=1, max=200)
CODE = fields.Length(max=40)
DOMAIN = fields.Length(max=80)


class TitlesIn(Schema):
    """A title in both languages."""

    ko = fields.String(required=True, validate=TITLE, metadata={"label": text("Title in Korean")})
    en = fields.String(required=True, validate=TITLE, metadata={"label": text("Title in English")})


class QuotaIn(Schema):
    """How many items come from a domain, with its published share in percent where there is one."""

    domain = fields.String(required=True, validate=DOMAIN)
    items = fields.Integer(required=True, validate=fields.Range(min=0, max=MOST_ITEMS))
    titles = fields.Nested(TitlesIn, required=True)
    least_percent = fields.Float(load_default=None, allow_none=True, validate=fields.Range(min=0, max=100))
    most_percent = fields.Float(load_default=None, allow_none=True, validate=fields.Range(min=0, max=100))


class ExamIn(Schema):
    """A draft. It belongs to the narrowest place named, or to the whole site."""

    titles = fields.Nested(TitlesIn, required=True)
    organisation_id = fields.UUID(load_default=None, allow_none=True)
    campus_id = fields.UUID(load_default=None, allow_none=True)
    course_id = fields.UUID(load_default=None, allow_none=True)
    cohort_id = fields.UUID(load_default=None, allow_none=True)
    certification = fields.String(load_default="", validate=CODE)
    specification_version = fields.String(load_default="", validate=CODE)
    bank_ids = fields.List(fields.UUID(), required=True, validate=fields.Length(min=1, max=20))
    quotas = fields.List(fields.Nested(QuotaIn), required=True, validate=fields.Length(min=1, max=40))
    seconds = fields.Integer(required=True, validate=fields.Range(min=60, max=LONGEST))
    opens_at = fields.DateTime(load_default=None, allow_none=True)
    closes_at = fields.DateTime(load_default=None, allow_none=True)
    attempts_allowed = fields.Integer(load_default=None, allow_none=True, validate=fields.Range(min=1, max=1000))
    languages = fields.List(
        fields.String(validate=fields.OneOf(LANGUAGES)),
        load_default=list(LANGUAGES),
        validate=fields.Length(min=1, max=2),
    )
    pass_percent = fields.Float(load_default=None, allow_none=True, validate=fields.Range(min=1, max=100))
    shuffle_choices = fields.Boolean(load_default=True)
    forms = fields.Integer(load_default=4, validate=fields.Range(min=1, max=20))


class ExamQueryIn(PageIn):
    """Which exams are wanted."""

    state = fields.String(load_default="", validate=fields.OneOf(["", *STATES]))
    certification = fields.String(load_default="", validate=CODE)
    course = fields.UUID(load_default=None, allow_none=True)


class TitlesOut(Schema):
    """A title in both languages."""

    ko = fields.String(required=True)
    en = fields.String(required=True)


class QuotaOut(Schema):
    """A domain's share in the exam."""

    domain = fields.String(required=True)
    items = fields.Integer(required=True)
    titles = fields.Nested(TitlesOut, required=True)
    least_percent = fields.Float(required=True, allow_none=True)
    most_percent = fields.Float(required=True, allow_none=True)


class ExamOut(Schema):
    """An exam, with one's own attempts at it. ``seconds`` is the limit of an attempt."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    titles = fields.Nested(TitlesOut, required=True)
    state = fields.String(required=True, validate=fields.OneOf(STATES))
    certification = fields.String(required=True)
    specification_version = fields.String(required=True)
    organisation_id = fields.UUID(required=True, allow_none=True)
    campus_id = fields.UUID(required=True, allow_none=True)
    course_id = fields.UUID(required=True, allow_none=True)
    cohort_id = fields.UUID(required=True, allow_none=True)
    questions = fields.Integer(required=True)
    quotas = fields.List(fields.Nested(QuotaOut), required=True)
    seconds = fields.Integer(required=True)
    opens_at = fields.DateTime(required=True, allow_none=True)
    closes_at = fields.DateTime(required=True, allow_none=True)
    attempts_allowed = fields.Integer(required=True, allow_none=True)
    attempts_used = fields.Integer(required=True)
    open_attempt_id = fields.UUID(required=True, allow_none=True)
    languages = fields.List(fields.String(), required=True)
    pass_percent = fields.Float(required=True, allow_none=True)
    may_sit = fields.Boolean(required=True)


class QuotaCheckOut(Schema):
    """What the banks hold for a quota."""

    domain = fields.String(required=True)
    wanted = fields.Integer(required=True)
    available = fields.Integer(required=True)


class CheckOut(Schema):
    """What the banks hold for every quota."""

    quotas = fields.List(fields.Nested(QuotaCheckOut), required=True)


class MappingIn(Schema):
    """Items and the domain they belong to in a certification; an empty domain takes them out of it."""

    certification = fields.String(required=True, validate=fields.Length(min=1, max=40))
    domain = fields.String(required=True, validate=DOMAIN)
    item_ids = fields.List(fields.UUID(), required=True, validate=fields.Length(min=1, max=1000))


class MappedOut(Schema):
    """How many items were found and mapped."""

    mapped = fields.Integer(required=True)


class ExtensionIn(Schema):
    """More time because of an incident, with a reason that everybody may read."""

    seconds = fields.Integer(
        required=True,
        validate=fields.Range(min=1, max=LONGEST_EXTENSION),
        metadata={"label": text("Seconds"), "help": text("Added to what is left; nothing is ever taken away.")},
    )
    reason = fields.String(required=True, validate=fields.Length(min=1, max=200), metadata={"label": text("Reason")})


class ExtendedOut(Schema):
    """How many running attempts got more time."""

    extended = fields.Integer(required=True)


class AccommodationIn(Schema):
    """More time for one person. Why is not asked and not kept; that they agreed is."""

    person_id = fields.UUID(required=True)
    exam_id = fields.UUID(load_default=None, allow_none=True)
    percent = fields.Integer(load_default=0, validate=fields.Range(min=0, max=300))
    minutes = fields.Integer(load_default=0, validate=fields.Range(min=0, max=600))
    consent = fields.Boolean(required=True)


class AccommodationOut(Schema):
    """The id of an accommodation."""

    id = fields.UUID(required=True)
