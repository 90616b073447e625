"""Banks and items as they are given out."""

from collections.abc import Callable
from typing import Any

from lms_core.assessment.domain.banks import STATES
from lms_core.assessment.domain.exams import WHOLE_SITE
from lms_core.assessment.service.banks import BankListed, ItemListed
from lms_core.assessment.service.items import ItemShown
from lms_core.assessment.service.reviews import BulkOutcome
from lms_core.foundation.text import Text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema


class BankOut(Schema):
    """A bank, with the number of its items by state."""

    id = fields.UUID(required=True)
    slug = fields.String(required=True)
    title_ko = fields.String(required=True)
    title_en = fields.String(required=True)
    certification = fields.String(required=True)
    shared = fields.Boolean(required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class ItemOut(Schema):
    """An item as lists show it."""

    id = fields.UUID(required=True)
    bank_id = fields.UUID(required=True)
    identifier = fields.String(required=True)
    type = fields.String(required=True)
    state = fields.String(required=True, validate=fields.OneOf(STATES))
    latest_version_id = fields.UUID(required=True)
    approved_version_id = fields.UUID(required=True, allow_none=True)
    question = fields.String(required=True)
    languages = fields.List(fields.String(), required=True)
    objective = fields.String(required=True)
    difficulty = fields.String(required=True)
    domains = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class VersionOut(Schema):
    """When a version was written."""

    id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    created_at = fields.DateTime(required=True)


class DecisionOut(Schema):
    """A decision on a version."""

    version_id = fields.UUID(required=True)
    verdict = fields.String(required=True)
    note = fields.String(required=True)
    reviewed_at = fields.DateTime(required=True)


class ItemShownOut(ItemOut):
    """An item with what it says, its history, and what is doubtful about it."""

    content = fields.Dict(required=True)
    versions = fields.List(fields.Nested(VersionOut), required=True)
    reviews = fields.List(fields.Nested(DecisionOut), required=True)
    doubts = fields.List(fields.String(), required=True)


class SkippedOut(Schema):
    """An item that was left alone, and why."""

    identifier = fields.String(required=True)
    reason = fields.String(required=True)


class BulkOut(Schema):
    """What a bulk action did."""

    done = fields.Integer(required=True)
    skipped = fields.List(fields.Nested(SkippedOut), required=True)


class ReadVersionIn(Schema):
    """An item, and the version of it that was read."""

    item_id = fields.UUID(required=True)
    version_id = fields.UUID(required=True)


class ApprovalIn(Schema):
    """Versions to approve."""

    items = fields.List(fields.Nested(ReadVersionIn), required=True, validate=fields.Length(min=1, max=500))


def bank_shown(listed: BankListed) -> dict[str, Any]:
    """A bank as ``BankOut`` gives it."""
    bank = listed.bank
    names = {"title_ko": bank.titles.ko, "title_en": bank.titles.en, "shared": bank.place == WHOLE_SITE}
    return {"id": bank.id, "slug": bank.slug, **names, "certification": bank.certification, "counts": listed.counts}


def item_listed(row: ItemListed, language: str) -> dict[str, Any]:
    """An item as ``ItemOut`` gives it."""
    names = ("id", "bank_id", "identifier", "type", "state", "latest_version_id", "approved_version_id")
    item = {name: getattr(row.item, name) for name in (*names, "objective", "difficulty")}
    languages = row.item.languages.split()
    return {**item, "question": row.question(language), "languages": languages, "domains": dict(row.domains)}


def item_shown(shown: ItemShown, language: str, say: Callable[[Text], str]) -> dict[str, Any]:
    """An item as ``ItemShownOut`` gives it."""
    told = {"doubts": [say(doubt.text) for doubt in shown.doubts], "content": shown.version.content}
    history = {"versions": shown.versions, "reviews": shown.reviews}
    return {**item_listed(ItemListed(shown.item, shown.domains), language), **told, **history}


def bulk_shown(outcome: BulkOutcome, say: Callable[[Text], str]) -> dict[str, Any]:
    """What a bulk action did as ``BulkOut`` gives it."""
    skipped = [{"identifier": one.identifier, "reason": say(one.reason)} for one in outcome.skipped]
    return {"done": outcome.done, "skipped": skipped}
