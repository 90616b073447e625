"""Regrades as the API asks for them and gives them out."""

from dataclasses import asdict
from typing import Any

from lms_core.assessment.domain.regrades import EFFECTS, KINDS, AskedQuestion, Regrade
from lms_core.assessment.schemas.regrades import RegradeIn
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import PageIn, Schema


class AskedQuestionOut(Schema):
    """A question that an exam asks, in one version of its item; ``part`` is its place within a case, else 0."""

    version_id = fields.UUID(required=True)
    part = fields.Integer(required=True)
    item_id = fields.UUID(required=True)
    identifier = fields.String(required=True)
    number = fields.Integer(required=True)
    question = fields.String(required=True)


class ProposeIn(RegradeIn):
    """What is to hold of which question, and why."""

    version_id = fields.UUID(required=True)
    part = fields.Integer(load_default=0, validate=fields.Range(min=0, max=1_000))


class TallyOut(Schema):
    """Attempts looked at, scores that change, and who crosses the line which way."""

    seen = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    passes = fields.Integer(required=True)
    fails = fields.Integer(required=True)


class RegradeOut(Schema):
    """A regrade as it stands: previewing, previewed, applying, done or discarded.

    ``tally`` is of the state it is in; ``previewed`` what the preview had found, once it was approved.
    """

    id = fields.UUID(required=True)
    exam_id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    version_id = fields.UUID(required=True)
    part = fields.Integer(required=True)
    effect = fields.String(required=True, validate=fields.OneOf(EFFECTS))
    corrected_by = fields.UUID(required=True, allow_none=True)
    reason = fields.String(required=True)
    state = fields.String(required=True)
    attempts = fields.Integer(required=True)
    tally = fields.Nested(TallyOut, required=True)
    previewed = fields.Nested(TallyOut, required=True, allow_none=True)
    proposed_by = fields.UUID(required=True, allow_none=True)
    proposed_at = fields.DateTime(required=True)
    approved_by = fields.UUID(required=True, allow_none=True)
    approved_at = fields.DateTime(required=True, allow_none=True)
    finished_at = fields.DateTime(required=True, allow_none=True)


class ChangesIn(PageIn):
    """Which of the changes are wanted: all, other scores, or who crosses the line upwards or downwards."""

    kind = fields.String(load_default="all", validate=fields.OneOf(KINDS))


class ChangeOut(Schema):
    """What a regrade does to one attempt. ``revision`` is that of the new result; null while it is a preview."""

    attempt_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True, allow_none=True)
    slots = fields.List(fields.Integer(), required=True)
    before = fields.Float(required=True)
    after = fields.Float(required=True)
    passed_before = fields.Boolean(required=True, allow_none=True)
    passed_after = fields.Boolean(required=True, allow_none=True)
    revision = fields.Integer(required=True, allow_none=True)


def asked_shown(asked: AskedQuestion, language: str) -> dict[str, Any]:
    """A question as ``AskedQuestionOut`` gives it."""
    plain = ("version_id", "part", "item_id", "identifier", "number")
    return {**{name: getattr(asked, name) for name in plain}, "question": asked.question(language)}


def regrade_shown(regrade: Regrade) -> dict[str, Any]:
    """A regrade as ``RegradeOut`` gives it."""
    dates = ("proposed_at", "approved_at", "finished_at")
    plain = ("id", "exam_id", "number", "reason", "state", "tally", "previewed", "proposed_by", "approved_by", *dates)
    shown = {name: getattr(regrade, name) for name in plain}
    return {**shown, **asdict(regrade.ruling), "attempts": regrade.total}
