"""What comes in and goes out about exams."""

from lms_core.assessment.domain.deadlines import LONGEST_EXTENSION
from lms_core.assessment.domain.specifications import LANGUAGES, LONGEST, MOST_ITEMS, MOST_SECTIONS
from lms_core.assessment.schemas.exam_parts import (
    CODE,
    DOMAIN,
    BoundIn,
    BoundOut,
    PassageIn,
    QuotaIn,
    QuotaOut,
    SectionIn,
    SpecifiedSectionOut,
    TitlesIn,
    TitlesOut,
)
from lms_core.foundation.text import text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import PageIn, Said, Schema

STATES = ("draft", "published", "closed")


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
    types = fields.List(fields.Nested(BoundIn), load_default=list, validate=fields.Length(max=20))
    required = fields.List(fields.UUID(), load_default=list, validate=fields.Length(max=MOST_ITEMS))
    excluded = fields.List(fields.UUID(), load_default=list, validate=fields.Length(max=1000))
    pilots = fields.List(fields.UUID(), load_default=list, validate=fields.Length(max=MOST_ITEMS))
    most_exposures = fields.Integer(load_default=None, allow_none=True, validate=fields.Range(min=1, max=1_000_000))
    overlap_percent = fields.Integer(load_default=None, allow_none=True, validate=fields.Range(min=0, max=100))
    sections = fields.List(fields.Nested(SectionIn), load_default=list, validate=fields.Length(max=MOST_SECTIONS))
    agreement = fields.Nested(PassageIn, load_default=lambda: {"ko": "", "en": ""})
    breaks = fields.Boolean(load_default=False)
    comments = fields.Boolean(load_default=False)
    practice = fields.Boolean(load_default=True)


class ExamQueryIn(PageIn):
    """Which exams are wanted."""

    state = fields.String(load_default="", validate=fields.OneOf(["", *STATES]))
    certification = fields.String(load_default="", validate=CODE)
    course = fields.UUID(load_default=None, allow_none=True)


class ExamOut(Schema):
    """An exam, with one's own attempts at it. ``seconds`` is the limit of an attempt.

    Which items are ``required``, ``excluded`` or tried out (``pilots``) is told to those who write the exam: null to
    others. ``comments``: they are asked for after a simulation; ``practice``: the exam may be practised.
    """

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
    types = fields.List(fields.Nested(BoundOut), required=True)
    most_exposures = fields.Integer(required=True, allow_none=True)
    overlap_percent = fields.Integer(required=True, allow_none=True)
    required = fields.List(fields.UUID(), required=True, allow_none=True)
    excluded = fields.List(fields.UUID(), required=True, allow_none=True)
    pilots = fields.List(fields.UUID(), required=True, allow_none=True)
    shuffle_choices = fields.Boolean(required=True)
    forms = fields.Integer(required=True)
    sections = fields.List(fields.Nested(SpecifiedSectionOut), required=True)
    agreement = fields.Nested(TitlesOut, required=True)
    breaks = fields.Boolean(required=True)
    comments = fields.Boolean(required=True)
    practice = fields.Boolean(required=True)
    may_sit = fields.Boolean(required=True)


class QuotaCheckOut(Schema):
    """What the banks hold for a quota."""

    domain = fields.String(required=True)
    wanted = fields.Integer(required=True)
    available = fields.Integer(required=True)


class MissingOut(Schema):
    """A constraint that no form can meet now, in words."""

    code = fields.String(required=True)
    reason = Said(required=True)


class CheckOut(Schema):
    """What the banks hold for every quota, and everything that is missing for a form."""

    quotas = fields.List(fields.Nested(QuotaCheckOut), required=True)
    missing = fields.List(fields.Nested(MissingOut), required=True)


class WindowIn(Schema):
    """When attempts may run: null is no limit."""

    opens_at = fields.DateTime(required=True, allow_none=True)
    closes_at = fields.DateTime(required=True, allow_none=True)


class WindowMovedOut(Schema):
    """How many attempts run, and how many of them end later now. None ends earlier."""

    running = fields.Integer(required=True)
    extended = fields.Integer(required=True)


class MappingIn(Schema):
    """Items and the domain they belong to in a certification; an empty domain takes them out of it."""

    certification = fields.String(required=True, validate=fields.Length(min=1, max=40))
    domain = fields.String(required=True, validate=DOMAIN)
    item_ids = fields.List(fields.UUID(), required=True, validate=fields.Length(min=1, max=1000))


class MappedOut(Schema):
    """How many items were found and mapped."""

    mapped = fields.Integer(required=True)


class ExamOnlyIn(Schema):
    """Items, and whether they are kept for exams."""

    item_ids = fields.List(fields.UUID(), required=True, validate=fields.Length(min=1, max=1000))
    exam_only = fields.Boolean(required=True)


class FoundOut(Schema):
    """How many items were found."""

    found = fields.Integer(required=True)


class ExtensionIn(Schema):
    """More time because of an incident, with a reason that everybody may read."""

    seconds = fields.Integer(
        required=True,
        validate=fields.Range(min=1, max=LONGEST_EXTENSION),
        metadata={"label": text("Seconds"), "help": text("Added to what is left; nothing is ever taken away.")},
    )
    reason = fields.String(required=True, validate=fields.Length(min=1, max=200), metadata={"label": text("Reason")})


class IncidentIn(ExtensionIn):
    """An incident that reached one person, the devices of a network, or (with both left out) everybody."""

    person_id = fields.UUID(load_default=None, allow_none=True)
    network = fields.String(load_default="", validate=fields.Length(max=43))


class ExtendedOut(Schema):
    """How many running attempts got more time, by which incident of the exam."""

    extended = fields.Integer(required=True)
    number = fields.Integer(required=True)


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
