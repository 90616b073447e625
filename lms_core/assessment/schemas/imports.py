"""Imports as programs send and read them: the same shape on the command line and in the API."""

from base64 import b64decode
from collections.abc import Callable, Mapping
from io import BytesIO
from itertools import islice
from typing import Any, Final

from lms_core.assessment.domain.imports import ToldRow
from lms_core.assessment.schemas.banks import ImportIn
from lms_core.assessment.service.imports import ImportReport
from lms_core.foundation.errors import Invalid
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema
from lms_core.hooks.findings import Problem

Say = Callable[[Text], str]
MOST_TOLD: Final = 200
"""So many rejected items, and as many warnings, stand in one answer of the API; the counts tell of all."""


class ImportSentIn(ImportIn):
    """A file of items, and where they come from. Without ``commit`` nothing is kept.

    ``body`` is its text; of a package or a spreadsheet it is the base64 of its bytes, and ``encoding`` says so.
    """

    file = fields.String(
        required=True,
        validate=fields.Length(min=1, max=255),
        metadata={"label": text("Name of the file")},
    )
    body = fields.String(required=True, validate=fields.Length(min=1), metadata={"strip": False})
    encoding = fields.String(load_default="utf-8", validate=fields.OneOf(["utf-8", "base64"]))
    commit = fields.Boolean(load_default=False)


def body_of(told: Mapping[str, Any]) -> BytesIO:
    """The file that was sent. Raises Invalid where it is no base64 and says to be."""
    if told["encoding"] == "utf-8":
        return BytesIO(told["body"].encode())
    try:
        return BytesIO(b64decode("".join(told["body"].split()), validate=True))
    except ValueError as wrong:
        raise Invalid(fields={"body": (text("This is no base64."),)}) from wrong


class RuleOut(Schema):
    """A rule that an item breaks, in words."""

    rule = fields.String(required=True)
    text = fields.String(required=True)


class ToldOut(RuleOut):
    """A problem with its place in the file."""

    line = fields.Integer(required=True)
    identifier = fields.String(required=True)


class RejectedOut(ToldOut):
    """A rejected item: its first problem, and all of them."""

    problems = fields.List(fields.Nested(RuleOut), required=True)


class ImportOut(Schema):
    """What an import did, or would do; ``import_id`` is null where nothing was kept.

    ``rejected`` and ``warnings`` hold the first 200 of ``rejected_count`` and ``warnings_count``; once an import is
    kept, its ``rejected`` are read by page.
    """

    read = fields.Integer(required=True)
    created = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    updated = fields.Integer(required=True)
    rejected = fields.List(fields.Nested(RejectedOut), required=True)
    rejected_count = fields.Integer(required=True)
    warnings = fields.List(fields.Nested(ToldOut), required=True)
    warnings_count = fields.Integer(required=True)
    import_id = fields.String(required=True, allow_none=True)


class UndoneOut(Schema):
    """An import that was taken back."""

    import_id = fields.String(required=True)
    undone = fields.Boolean(required=True)


def import_told(report: ImportReport, say: Say, most: int | None = None) -> dict[str, Any]:
    """A report as data, its sentences said by ``say``; of rejected items and of warnings ``most``, if any limit."""
    rejected = (row.told for row in report.rows if row.verdict == "rejected")
    return {
        "read": len(report.rows),
        "created": report.counts["created"],
        "unchanged": report.counts["unchanged"],
        "updated": report.counts["updated"],
        "rejected": [rejected_told(row, say) for row in islice(rejected, most)],
        "rejected_count": report.counts["rejected"],
        "warnings": [_told(row.told, problem, say) for row, problem in islice(report.told("warning"), most)],
        "warnings_count": report.warnings.total(),
        "import_id": str(report.import_id) if report.import_id else None,
    }


def rejected_told(row: ToldRow, say: Say) -> dict[str, Any]:
    """A rejected item as data."""
    errors = [problem for problem in row.problems if problem.severity == "error"]
    return {**_told(row, errors[0], say), "problems": [_rule(problem, say) for problem in errors]}


def _told(row: ToldRow, problem: Problem, say: Say) -> dict[str, Any]:
    return {"line": row.line, "identifier": row.identifier, **_rule(problem, say)}


def _rule(problem: Problem, say: Say) -> dict[str, str]:
    return {"rule": problem.rule, "text": say(problem.text)}
