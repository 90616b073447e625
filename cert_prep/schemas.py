"""What cert_prep reads and gives out."""

from typing import Any

from marshmallow import ValidationError

from cert_prep.domain.mock_exams import ITEMS, MINUTES, MOST_ITEMS, MOST_MINUTES, MakeMockExam
from cert_prep.domain.own_rule import UnreadableRule, versions_of
from cert_prep.service import Listed, shares
from lms_core.foundation.errors import Invalid
from lms_core.foundation.scopes import parse_scope
from lms_core.foundation.text import text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema

AS_OF = fields.Length(max=40)


class VersionQuery(Schema):
    """Which version of an outline, and for how many items its shares are counted."""

    as_of = fields.String(load_default="", validate=AS_OF)
    items = fields.Integer(strict=False, load_default=ITEMS, validate=fields.Range(min=1, max=MOST_ITEMS))


def _is_rule(written: str) -> None:
    try:
        versions_of(written)
    except UnreadableRule as unreadable:
        raise ValidationError([unreadable.reason]) from unreadable


class RetakeSettings(Schema):
    """The academy's own rule about sitting a simulation again, version by version."""

    retake_rules = fields.String(
        load_default="",
        validate=[fields.Length(max=4000), _is_rule],
        metadata={
            "label": text("The academy's own rule for another simulation"),
            "kind": "textarea",
            "help": text(
                "A line for each version: from which day | days to wait after the first, the second… attempt | most "
                "attempts | in how many months | reason in Korean | reason in English. Keep earlier lines: past "
                "decisions are explained by them. The vendor's rule holds as well; the stricter one decides."
            ),
        },
    )


class MockExamIn(Schema):
    """A mock exam as it is asked for. ``place`` is ``site``, or a kind and an id such as ``campus:0198…``."""

    bank = fields.String(
        load_default="",
        validate=fields.Length(max=64),
        metadata={"label": text("Item bank"), "kind": "select", "help": text("Only approved items are drawn.")},
    )
    items = fields.Integer(
        load_default=ITEMS, validate=fields.Range(min=1, max=MOST_ITEMS), metadata={"label": text("Questions")}
    )
    minutes = fields.Integer(
        load_default=MINUTES,
        validate=fields.Range(min=1, max=MOST_MINUTES),
        metadata={"label": text("Time in minutes")},
    )
    place = fields.String(
        load_default="site",
        validate=fields.Length(max=64),
        metadata={"label": text("For whom"), "kind": "select", "help": text("Those who learn there may sit it.")},
    )
    as_of = fields.String(
        load_default="", validate=AS_OF, metadata={"label": text("Version of the outline"), "kind": "hidden"}
    )
    shortened = fields.Boolean(
        load_default=False,
        metadata={
            "label": text("Shorten the vendor's shape to what the bank holds"),
            "help": text("The time is shortened with it. Otherwise the draft tells you which items are missing."),
        },
    )
    shaped = fields.Boolean(load_default=False, metadata={"label": text("In the vendor's shape"), "kind": "hidden"})

    @staticmethod
    def command(code: str, data: dict[str, Any]) -> MakeMockExam:
        """The loaded data as the domain takes it. Raises Invalid for a place that is none."""
        try:
            place = parse_scope(data["place"])
        except ValueError as wrong:
            said = text("Write site, or a kind and an id such as campus:0198….")
            raise Invalid(fields={"place": (said,)}) from wrong
        shape = {name: data[name] for name in ("shaped", "shortened")}
        return MakeMockExam(code, data["items"], data["minutes"], data["bank"], data["as_of"], place, **shape)


class TitlesOut(Schema):
    """A title in both languages."""

    ko = fields.String(required=True)
    en = fields.String(required=True)


class ObjectiveOut(Schema):
    """An objective of a domain."""

    id = fields.String(required=True)
    titles = fields.Nested(TitlesOut, required=True)
    topics = fields.List(fields.String(), required=True)


class DomainOut(Schema):
    """A domain: the published range beside the number of items that a form draws from it."""

    id = fields.String(required=True, attribute="domain.id")
    titles = fields.Nested(TitlesOut, required=True, attribute="domain.titles")
    weight_min = fields.Float(required=True, attribute="domain.weight_min")
    weight_max = fields.Float(required=True, attribute="domain.weight_max")
    items = fields.Integer(required=True)
    objectives = fields.List(fields.Nested(ObjectiveOut), required=True, attribute="domain.objectives")


class SourceOut(Schema):
    """Where a fact was read."""

    title = fields.String(required=True)
    url = fields.String(required=True)


class SummaryOut(Schema):
    """A credential as the list shows it."""

    vendor = fields.String(required=True)
    code = fields.String(required=True)
    titles = fields.Nested(TitlesOut, required=True)
    level = fields.String(required=True)
    plugin = fields.String(required=True)
    as_of = fields.String(required=True)
    retired = fields.Boolean(required=True)
    retired_on = fields.Date(required=True, allow_none=True)
    retires_in_days = fields.Integer(required=True, allow_none=True)
    successor = fields.String(required=True)
    stale = fields.Boolean(required=True)
    checked_at = fields.Date(required=True)
    confidence = fields.String(required=True, validate=fields.OneOf(["high", "medium", "low"]))


class CertificationOut(SummaryOut):
    """A credential with one version of its outline."""

    versions = fields.List(fields.String(), required=True)
    domains = fields.List(fields.Nested(DomainOut), required=True)
    minutes = fields.Integer(required=True, allow_none=True)
    seat_minutes = fields.Integer(required=True, allow_none=True)
    questions_min = fields.Integer(required=True, allow_none=True)
    questions_max = fields.Integer(required=True, allow_none=True)
    questions_published = fields.Boolean(required=True)
    scale = fields.String(required=True)
    pass_line = fields.Float(required=True, allow_none=True)
    languages = fields.List(fields.String(), required=True)
    korean = fields.String(required=True)
    formats = fields.List(fields.String(), required=True)
    validity_months = fields.Integer(required=True, allow_none=True)
    fee_usd = fields.Integer(required=True, allow_none=True)
    approximate = fields.Boolean(required=True)
    notes = fields.List(fields.Nested(TitlesOut), required=True)
    sources = fields.List(fields.Nested(SourceOut), required=True)


class MockExamOut(Schema):
    """The exam that was drafted."""

    id = fields.UUID(required=True)
    certification = fields.String(required=True)
    specification_version = fields.String(required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    seconds = fields.Integer(required=True)
    state = fields.String(required=True)


def summary(listed: Listed) -> dict[str, Any]:
    """A credential as JSON, in short."""
    certification, specification, stands = listed.certification, listed.specification, listed.standing
    return {
        "vendor": certification.vendor,
        "code": certification.code,
        "titles": certification.titles,
        "level": certification.level,
        "plugin": listed.plugin,
        "as_of": specification.as_of,
        "retired": stands.retired,
        "retired_on": specification.retired_on,
        "retires_in_days": stands.retires_in,
        "successor": specification.successor,
        "stale": stands.stale,
        "checked_at": specification.checked_at,
        "confidence": specification.confidence,
    }


def whole(listed: Listed, items: int) -> dict[str, Any]:
    """A credential as JSON with the outline, its domains counted for ``items``."""
    own = set(CertificationOut().fields) - set(SummaryOut().fields) - {"versions", "domains"}
    plain = {name: getattr(listed.specification, name) for name in own}
    versions = [version.as_of for version in listed.certification.versions]
    return {**summary(listed), **plain, "versions": versions, "domains": shares(listed.specification, items)}
