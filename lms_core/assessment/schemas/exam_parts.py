"""The parts of an exam's specification as they come in and go out."""

from lms_core.assessment.domain.specifications import LONGEST_AGREEMENT, MOST_ITEMS
from lms_core.foundation.text import text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema

TITLE = fields.Length(min=1, max=200)
CODE = fields.Length(max=40)
DOMAIN = fields.Length(max=80)


class TitlesIn(Schema):
    """A title in both languages."""

    ko = fields.String(required=True, validate=TITLE, metadata={"label": text("Title in Korean")})
    en = fields.String(required=True, validate=TITLE, metadata={"label": text("Title in English")})


class PassageIn(Schema):
    """A text in both languages, or none."""

    ko = fields.String(load_default="", validate=fields.Length(max=LONGEST_AGREEMENT))
    en = fields.String(load_default="", validate=fields.Length(max=LONGEST_AGREEMENT))


class BoundIn(Schema):
    """At least, and at most (null: any number), so many items of a difficulty or a type."""

    name = fields.String(required=True, validate=fields.Length(min=1, max=40))
    least = fields.Integer(load_default=0, validate=fields.Range(min=0, max=MOST_ITEMS))
    most = fields.Integer(load_default=None, allow_none=True, validate=fields.Range(min=0, max=MOST_ITEMS))


class QuotaIn(Schema):
    """How many items come from a domain, with its published share in percent where there is one."""

    domain = fields.String(required=True, validate=DOMAIN)
    items = fields.Integer(required=True, validate=fields.Range(min=0, max=MOST_ITEMS))
    titles = fields.Nested(TitlesIn, required=True)
    least_percent = fields.Float(load_default=None, allow_none=True, validate=fields.Range(min=0, max=100))
    most_percent = fields.Float(load_default=None, allow_none=True, validate=fields.Range(min=0, max=100))
    difficulties = fields.List(fields.Nested(BoundIn), load_default=list, validate=fields.Length(max=10))


class SectionIn(Schema):
    """A section: it takes the items of ``domains`` and of ``types``; of neither, what those before it leave.

    ``returns`` false: once it was left, it stays left.
    """

    titles = fields.Nested(TitlesIn, required=True)
    introduction = fields.Nested(PassageIn, load_default=lambda: {"ko": "", "en": ""})
    domains = fields.List(fields.String(validate=DOMAIN), load_default=list, validate=fields.Length(max=40))
    types = fields.List(fields.String(validate=CODE), load_default=list, validate=fields.Length(max=20))
    returns = fields.Boolean(load_default=True)


class TitlesOut(Schema):
    """A title in both languages."""

    ko = fields.String(required=True)
    en = fields.String(required=True)


class BoundOut(Schema):
    """At least, and at most, so many items of a difficulty or a type."""

    name = fields.String(required=True)
    least = fields.Integer(required=True)
    most = fields.Integer(required=True, allow_none=True)


class QuotaOut(Schema):
    """A domain's share in the exam."""

    domain = fields.String(required=True)
    items = fields.Integer(required=True)
    titles = fields.Nested(TitlesOut, required=True)
    least_percent = fields.Float(required=True, allow_none=True)
    most_percent = fields.Float(required=True, allow_none=True)
    difficulties = fields.List(fields.Nested(BoundOut), required=True)


class SpecifiedSectionOut(Schema):
    """A section of the exam, and what it takes."""

    titles = fields.Nested(TitlesOut, required=True)
    introduction = fields.Nested(TitlesOut, required=True)
    domains = fields.List(fields.String(), required=True)
    types = fields.List(fields.String(), required=True)
    returns = fields.Boolean(required=True)
