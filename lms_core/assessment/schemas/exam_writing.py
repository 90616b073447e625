"""The form of an exam as its page sends it: rows of cells, numbers as people write them, items by their names."""

import re
from typing import Any, Final

from lms_core.assessment.domain.specifications import LANGUAGES, LONGEST, LONGEST_AGREEMENT, MOST_ITEMS, MOST_SECTIONS
from lms_core.assessment.schemas.exam_parts import CODE, DOMAIN, TITLE, TitlesIn
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema

SPOKEN = (("ko", text("Korean")), ("en", text("English")))
MINUTES = text("Time in minutes")
EMPTY_ALWAYS = text("Leave it empty if there is no limit.")
OUTLINE_HELP = text("The date of the published outline.")
LINE_HELP = text("Our own line, not the provider's. Empty: none is drawn.")
FORMS_HELP = text("So many different selections; each person gets the one used least.")
NAMES_HELP = text("Names of items as their banks show them, with spaces or line breaks between.")
PILOTS_HELP = text("They look like any other question. Name them above as well if every form is to ask them.")
A_SPAN = text("Write a number such as 3, or a range such as 2-4, 2- or -4.")
WORDS = fields.Length(max=LONGEST_AGREEMENT)
LINES: Final[dict[str, Any]] = {"kind": "textarea", "attributes": {"rows": "3"}}
_SPAN = re.compile(r"(?P<least>\d{0,4})\s*(?P<open>[-–~])?\s*(?P<most>\d{0,4})")


def _told(label: Text, help_: Text | None = None, **more: object) -> dict[str, object]:
    return {"label": label, "help": help_, **more}


def _limit(most: int, label: Text, least: int = 1) -> fields.Integer:
    """A whole number from ``least`` to ``most``, or nothing where there is no limit."""
    return fields.Integer(
        load_default=None,
        allow_none=True,
        validate=fields.Range(min=least, max=most),
        metadata=_told(label, EMPTY_ALWAYS),
    )


class Span(fields.String):
    """How many, as people write it: ``3`` is just three, ``3-`` at least, ``-3`` at most, ``2-4`` from two to four.

    Read as (least, most); most is None where there is no limit. None for an empty cell.
    """

    default_error_messages: fields.Messages = {"span": [A_SPAN]}  # noqa: RUF012 so marshmallow has it

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        written = super()._deserialize(value, attr, data, **kwargs)
        found = _SPAN.fullmatch(written)
        if not written or found is None:
            return self._empty(written)
        least, most = found["least"], found["most"]
        if not found["open"]:
            return (int(least), int(least))
        if not least and not most:
            raise self.make_error("span")
        return (int(least or 0), int(most) if most else None)

    def _empty(self, written: str) -> None:
        if written:
            raise self.make_error("span")


class Names(fields.String):
    """Names with spaces, commas or line breaks between, each once, in the order written."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        written = super()._deserialize(value, attr, data, **kwargs)
        return tuple(dict.fromkeys(name for name in re.split(r"[\s,]+", written) if name))


class WindowFormIn(Schema):
    """From when and until when attempts run."""

    opens_at = fields.DateTime(load_default=None, allow_none=True, metadata=_told(text("Opens"), EMPTY_ALWAYS))
    closes_at = fields.DateTime(load_default=None, allow_none=True, metadata=_told(text("Closes"), EMPTY_ALWAYS))


class WrittenQuotaIn(Schema):
    """One row of a domain: how many items, and how many of each difficulty."""

    domain = fields.String(required=True, validate=DOMAIN)
    items = fields.Integer(required=True, validate=fields.Range(min=0, max=MOST_ITEMS))
    titles = fields.Nested(TitlesIn, required=True)
    easy = Span(load_default=None)
    medium = Span(load_default=None)
    hard = Span(load_default=None)


class WrittenTypeIn(Schema):
    """One row of a type of item: how many in the whole form."""

    name = fields.String(required=True, validate=CODE)
    count = Span(required=True)


class WrittenSectionIn(Schema):
    """One section. ``domains`` are written, ``types`` are ticked; ``locks``: nobody comes back to it."""

    ko = fields.String(required=True, validate=TITLE)
    en = fields.String(required=True, validate=TITLE)
    introduction_ko = fields.String(load_default="", validate=WORDS)
    introduction_en = fields.String(load_default="", validate=WORDS)
    domains = Names(load_default=tuple)
    types = fields.List(fields.String(validate=CODE), load_default=list, validate=fields.Length(max=30))
    locks = fields.Boolean(load_default=False)


class WrittenExamIn(Schema):
    """The form of an exam. ``place`` is a scope; ``quotas``, ``types`` and ``sections`` are rows.

    Items are named one after another, as their banks call them.
    """

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
        fields.Nested(WrittenQuotaIn),
        required=True,
        validate=fields.Length(min=1, max=40),
        metadata=_told(text("Questions by exam domain")),
    )
    minutes = fields.Integer(required=True, validate=fields.Range(min=1, max=LONGEST // 60), metadata=_told(MINUTES))
    opens_at = fields.DateTime(load_default=None, allow_none=True, metadata=_told(text("Opens"), EMPTY_ALWAYS))
    closes_at = fields.DateTime(load_default=None, allow_none=True, metadata=_told(text("Closes"), EMPTY_ALWAYS))
    attempts_allowed = _limit(1000, text("Attempts for each person"))
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
    overlap_percent = _limit(100, text("Known from earlier attempts, at most, in percent"), least=0)
    most_exposures = _limit(1_000_000, text("How often an item is shown at most"))
    types = fields.List(
        fields.Nested(WrittenTypeIn),
        load_default=list,
        validate=fields.Length(max=20),
        metadata=_told(text("Types of item in the whole form")),
    )
    required = Names(load_default=tuple, metadata=_told(text("In every form"), NAMES_HELP, **LINES))
    excluded = Names(load_default=tuple, metadata=_told(text("In no form"), **LINES))
    pilots = Names(load_default=tuple, metadata=_told(text("Tried out, not scored"), PILOTS_HELP, **LINES))
    sections = fields.List(
        fields.Nested(WrittenSectionIn),
        load_default=list,
        validate=fields.Length(max=MOST_SECTIONS),
        metadata=_told(text("Sections")),
    )
    breaks = fields.Boolean(
        load_default=False, metadata=_told(text("Offer a break between sections"), text("The time goes on meanwhile."))
    )
    agreement_ko = fields.String(load_default="", validate=WORDS, metadata=_told(text("Agreement in Korean"), **LINES))
    agreement_en = fields.String(load_default="", validate=WORDS, metadata=_told(text("Agreement in English"), **LINES))
    comments = fields.Boolean(
        load_default=False,
        metadata=_told(text("Ask for comments on the questions at the end"), text("Before the report is shown.")),
    )
    exam_only = fields.Boolean(
        load_default=False,
        metadata=_told(text("For simulations only"), text("The exam cannot be practised.")),
    )
