"""Answers that people mark, as the API asks for marks and gives them out."""

from typing import Any

from lms_core.assessment.domain.marking import LONGEST_NOTE, STATES, WAITS
from lms_core.assessment.service.marking import AnswerShown
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import PageIn, Schema


class MarkingsIn(PageIn):
    """Which answers are wanted: those that wait, those marked once, or those looked at twice."""

    state = fields.String(load_default=WAITS, validate=fields.OneOf(STATES))


class MarkingOut(Schema):
    """An answer that waits or waited for a person. Who wrote it is not told."""

    attempt_id = fields.UUID(required=True)
    slot = fields.Integer(required=True)
    exam_id = fields.UUID(required=True)
    version_id = fields.UUID(required=True)
    part = fields.Integer(required=True)
    state = fields.String(required=True, validate=fields.OneOf(STATES))
    waits_since = fields.DateTime(required=True)


class MarkIn(Schema):
    """Points by criterion. ``seen`` is the number of the mark that was read before: 0 where there was none."""

    points = fields.Dict(keys=fields.String(), values=fields.Float(), required=True)
    note = fields.String(load_default="", validate=fields.Length(max=LONGEST_NOTE))
    seen = fields.Integer(required=True, validate=fields.Range(min=0, max=1_000))


class MarkOut(Schema):
    """A mark; the one of the highest number counts."""

    number = fields.Integer(required=True)
    points = fields.Dict(keys=fields.String(), values=fields.Float(), required=True)
    note = fields.String(required=True)
    marked_by = fields.UUID(required=True, allow_none=True)
    marked_at = fields.DateTime(required=True)


class AnswerToMarkOut(MarkingOut):
    """One answer beside its question, with the rubric (what each criterion is worth) and the marks so far."""

    question = fields.Dict(required=True)
    rubric = fields.Dict(keys=fields.String(), values=fields.Float(), required=True)
    response = fields.Dict(required=True)
    marks = fields.List(fields.Nested(MarkOut), required=True)


def answer_shown(shown: AnswerShown) -> dict[str, Any]:
    """An answer as ``AnswerToMarkOut`` gives it."""
    names = ("attempt_id", "slot", "exam_id", "version_id", "part", "state", "waits_since")
    marking = {name: getattr(shown.marking, name) for name in names}
    told = {"question": shown.solved, "rubric": shown.rubric, "response": shown.response or {}}
    return {**marking, **told, "marks": shown.marks}
