"""What authors write, and drafts as they are given out."""

from collections.abc import Mapping
from typing import Any

from lms_core.catalog.domain import LANGUAGES, SLUG, SLUG_LENGTH, TITLE_LENGTH
from lms_core.foundation.scopes import Scope, parse_scope
from lms_core.foundation.text import Titles, text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import PageIn, Schema

SLUG_RULE = text("Use lower-case letters, digits and hyphens, such as “ai-engineer”.")
LARGEST_TEXT = 200_000
BODIES = {"ko": text("Text in Korean"), "en": text("Text in English")}
LARGEST_SUMMARY = 5_000
LONGEST_MINUTES = 100_000


def title_field(label: Any) -> fields.String:
    """A title in one language; which of them are needed, the domain says."""
    return fields.String(load_default="", validate=fields.Length(max=TITLE_LENGTH), metadata={"label": label})


def text_field(label: Any, most: int, kind: str, attributes: Mapping[str, str] | None = None) -> fields.String:
    """A longer text in one language."""
    told = {"label": label, "kind": kind, "strip": False, "attributes": attributes or {}}
    return fields.String(load_default="", validate=fields.Length(max=most), metadata=told)


def minutes_field() -> fields.Integer:
    """How long something takes."""
    told = {"label": text("Minutes"), "help": text("How long it takes. 0 if it does not matter.")}
    return fields.Integer(load_default=0, validate=fields.Range(min=0, max=LONGEST_MINUTES), metadata=told)


def version_field() -> fields.Integer:
    """The version that was read; a change of a newer one is refused."""
    return fields.Integer(required=True, metadata={"label": text("Version"), "kind": "hidden"})


def pair(data: dict[str, Any], name: str) -> Titles:
    """The two wordings of ``name`` in loaded data."""
    return Titles(data[f"{name}_ko"], data[f"{name}_en"])


class DetailsIn(Schema):
    """What a course is called and about, as it is written anew."""

    title_ko = title_field(text("Title in Korean"))
    title_en = title_field(text("Title in English"))
    slug = fields.String(
        required=True,
        validate=[fields.Length(min=1, max=SLUG_LENGTH), fields.Matches(rf"^{SLUG.pattern}$", SLUG_RULE)],
        metadata={"label": text("Short name"), "help": SLUG_RULE},
    )
    languages = fields.List(
        fields.String(validate=fields.OneOf(LANGUAGES)),
        required=True,
        validate=fields.Length(min=1, max=2),
        metadata={
            "label": text("Languages"),
            "kind": "checkbox",
            "options": LANGUAGES.items(),
            "help": text("Everything in the course is written in each of them."),
        },
    )
    summary_ko = text_field(text("Summary in Korean"), LARGEST_SUMMARY, "textarea")
    summary_en = text_field(text("Summary in English"), LARGEST_SUMMARY, "textarea")
    version = version_field()


class CourseIn(DetailsIn):
    """A new course: as above, and where it is held (``campus:<id>`` or ``organisation:<id>``)."""

    class Meta(DetailsIn.Meta):
        """A new course has no version yet."""

        exclude = ("version",)

    place = fields.String(
        required=True,
        validate=fields.Length(max=60),
        metadata={"label": text("Held at"), "kind": "select", "options": (("", text("Choose one")),)},
    )
    curriculum = fields.String(
        load_default="",
        validate=fields.Length(max=80),
        metadata={
            "label": text("Start from"),
            "kind": "select",
            "help": text("A curriculum fills the course with modules that you can change."),
            "options": (("", text("An empty course")),),
        },
    )

    @staticmethod
    def place_of(data: dict[str, Any]) -> Scope:
        """Where the course is to be held; a place that is none reads as the site, which the domain refuses."""
        try:
            return parse_scope(data["place"])
        except ValueError:
            return Scope("site", "")


class ModuleIn(Schema):
    """A module's title; ``version`` only when it is changed."""

    title_ko = title_field(text("Title in Korean"))
    title_en = title_field(text("Title in English"))
    version = fields.Integer(load_default=0, metadata={"label": text("Version"), "kind": "hidden"})


class MoveIn(Schema):
    """One place up (-1) or down (1)."""

    by = fields.Integer(required=True, validate=fields.OneOf((-1, 1)))


class NewActivityIn(Schema):
    """An activity as it is added; its text is written afterwards."""

    kind = fields.String(
        required=True,
        validate=fields.Length(min=1, max=80),
        metadata={"label": text("Kind"), "kind": "radio", "options": ()},
    )
    title_ko = title_field(text("Title in Korean"))
    title_en = title_field(text("Title in English"))
    minutes = minutes_field()


class ActivityIn(Schema):
    """An activity as it is written anew."""

    title_ko = title_field(text("Title in Korean"))
    title_en = title_field(text("Title in English"))
    minutes = minutes_field()
    body_ko = text_field(BODIES["ko"], LARGEST_TEXT, "markdown")
    body_en = text_field(BODIES["en"], LARGEST_TEXT, "markdown")
    settings = fields.Dict(
        keys=fields.String(validate=fields.Length(min=1, max=40)),
        values=fields.String(validate=fields.Length(max=2_000)),
        load_default=dict,
        validate=fields.Length(max=40),
    )
    version = version_field()


class PublicationIn(Schema):
    """A word about what is new, and the fingerprint of the content that was looked at."""

    note = fields.String(
        load_default="",
        validate=fields.Length(max=1_000),
        metadata={
            "label": text("What is new"),
            "kind": "textarea",
            "strip": False,
            "help": text("A sentence for your colleagues. It stands in the list of revisions."),
        },
    )
    digest = fields.String(load_default="", validate=fields.Length(max=64), metadata={"kind": "hidden"})


class DraftQuery(PageIn):
    """Which drafts are wanted: all, those with something published, those without."""

    state = fields.String(load_default="", validate=fields.OneOf(("", "published", "draft")))


class CourseOut(Schema):
    """A course as its authors know it."""

    id = fields.UUID(required=True)
    slug = fields.String(required=True)
    title_ko = fields.String(required=True, attribute="titles.ko")
    title_en = fields.String(required=True, attribute="titles.en")
    summary_ko = fields.String(required=True, attribute="summary.ko")
    summary_en = fields.String(required=True, attribute="summary.en")
    languages = fields.List(fields.String(), required=True)
    organisation_id = fields.UUID(required=True)
    campus_id = fields.UUID(required=True, allow_none=True)
    curriculum_code = fields.String(required=True)
    curriculum_version = fields.String(required=True)
    published = fields.Integer(required=True, allow_none=True)
    version = fields.Integer(required=True)


class ActivityOut(Schema):
    """An activity of a draft."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    title_ko = fields.String(required=True, attribute="titles.ko")
    title_en = fields.String(required=True, attribute="titles.en")
    body_ko = fields.String(required=True, attribute="body.ko")
    body_en = fields.String(required=True, attribute="body.en")
    settings = fields.Dict(required=True)
    minutes = fields.Integer(required=True)
    version = fields.Integer(required=True)


class ModuleOut(Schema):
    """A module of a draft."""

    id = fields.UUID(required=True)
    title_ko = fields.String(required=True, attribute="titles.ko")
    title_en = fields.String(required=True, attribute="titles.en")
    curriculum_key = fields.String(required=True)
    version = fields.Integer(required=True)


class ModuleWithActivitiesOut(ModuleOut):
    """A module of a draft with all that is in it."""

    activities = fields.List(fields.Nested(ActivityOut), required=True)


class DraftOut(CourseOut):
    """A draft with all that is in it."""

    modules = fields.List(fields.Nested(ModuleWithActivitiesOut), required=True)
