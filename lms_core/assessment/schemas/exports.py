"""Exports as people and programs ask for them, and what is told of one."""

from itertools import islice
from typing import Any

from lms_core.assessment.domain.formats import Exported
from lms_core.assessment.schemas.banks import LANGUAGES
from lms_core.assessment.schemas.imports import RuleOut, Say
from lms_core.assessment.service.exports import ExportReport
from lms_core.foundation.paging import LARGEST, Page, PageRequest
from lms_core.foundation.text import text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema


class ExportIn(Schema):
    """A format and a language to write a bank in."""

    format = fields.String(
        load_default="qti-3.0",
        validate=fields.Length(min=1, max=40),
        metadata={"label": text("Format"), "kind": "select"},
    )
    language = fields.String(
        load_default="ko",
        validate=fields.OneOf(["ko", "en"]),
        metadata={"label": text("Language"), "options": LANGUAGES, "help": text("Most formats hold one language.")},
    )
    everything = fields.Boolean(
        load_default=False,
        metadata={"label": text("Also items that nobody has approved yet")},
    )


class ExportQueryIn(ExportIn):
    """The same, and which page of the items that lose something is wanted."""

    page = fields.Integer(strict=False, load_default=1, validate=fields.Range(min=1, max=1_000_000))
    size = fields.Integer(strict=False, load_default=20, validate=fields.Range(min=1, max=LARGEST))


class LossOut(Schema):
    """An item that does not come back whole, and why."""

    identifier = fields.String(required=True)
    written = fields.Boolean(required=True)
    losses = fields.List(fields.Nested(RuleOut), required=True)


class ExportOut(Schema):
    """What a file holds, and what of it would not come back."""

    bank = fields.String(required=True)
    format = fields.String(required=True)
    items = fields.Integer(required=True)
    written = fields.Integer(required=True)
    left_out = fields.Integer(required=True)
    losses = fields.Dict(required=True)
    told = fields.List(fields.Nested(LossOut), required=True)
    total = fields.Integer(required=True)
    next = fields.Integer(required=True, allow_none=True)


def export_page(report: ExportReport, wanted: PageRequest, say: Say) -> dict[str, Any]:
    """A report with one page of the items that lose something."""
    start = (wanted.number - 1) * wanted.size
    page = Page(list(islice(report.told, start, start + wanted.size)), len(report.told), wanted.number, wanted.size)
    return {**_counts(report), "told": [_told(one, say) for one in page.items], "total": page.total, "next": page.next}


def export_told(report: ExportReport, say: Say) -> dict[str, Any]:
    """A report as data, its sentences said by ``say``."""
    return {**_counts(report), "told": [_told(one, say) for one in report.told]}


def _counts(report: ExportReport) -> dict[str, Any]:
    return {
        "bank": report.bank.slug,
        "format": report.format.name,
        "items": report.items,
        "written": report.written,
        "left_out": report.left_out,
        "losses": dict(report.losses),
    }


def _told(one: Exported, say: Say) -> dict[str, Any]:
    losses = [{"rule": each.rule, "text": say(each.text)} for each in one.losses]
    return {"identifier": one.identifier, "written": one.is_written, "losses": losses}
