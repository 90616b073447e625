"""Imports as programs send and read them: the same shape on the command line and in the API."""

from collections.abc import Callable
from typing import Any

from lms_core.assessment.domain.findings import Problem
from lms_core.assessment.domain.imports import ToldRow
from lms_core.assessment.schemas.banks import ImportIn
from lms_core.assessment.service.imports import ImportReport
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema

Say = Callable[[Text], str]


class ImportSentIn(ImportIn):
    """A file of items as text, and where they come from. Without ``commit`` nothing is kept."""

    file = fields.String(
        required=True,
        validate=fields.Length(min=1, max=255),
        metadata={"label": text("Name of the file")},
    )
    body = fields.String(required=True, validate=fields.Length(min=1), metadata={"strip": False})
    commit = fields.Boolean(load_default=False)


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
    """What an import did, or would do; ``import_id`` is null where nothing was kept."""

    read = fields.Integer(required=True)
    created = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    updated = fields.Integer(required=True)
    rejected = fields.List(fields.Nested(RejectedOut), required=True)
    warnings = fields.List(fields.Nested(ToldOut), required=True)
    import_id = fields.String(required=True, allow_none=True)


class UndoneOut(Schema):
    """An import that was taken back."""

    import_id = fields.String(required=True)
    undone = fields.Boolean(required=True)


def import_told(report: ImportReport, say: Say) -> dict[str, Any]:
    """A report as data, its sentences said by ``say``."""
    rows = report.told_rows
    told = [(row, problem) for row in rows for problem in row.problems if problem.severity == "warning"]
    return {
        "read": len(rows),
        "created": report.counts["created"],
        "unchanged": report.counts["unchanged"],
        "updated": report.counts["updated"],
        "rejected": [_rejected(row, say) for row in rows if row.verdict == "rejected"],
        "warnings": [_told(row, problem, say) for row, problem in told],
        "import_id": str(report.import_id) if report.import_id else None,
    }


def _rejected(row: ToldRow, say: Say) -> dict[str, Any]:
    errors = [problem for problem in row.problems if problem.severity == "error"]
    return {**_told(row, errors[0], say), "problems": [_rule(problem, say) for problem in errors]}


def _told(row: ToldRow, problem: Problem, say: Say) -> dict[str, Any]:
    return {"line": row.line, "identifier": row.identifier, **_rule(problem, say)}


def _rule(problem: Problem, say: Say) -> dict[str, str]:
    return {"rule": problem.rule, "text": say(problem.text)}
