"""What bigtech_campus reads and gives out."""

from typing import Any

from bigtech_campus.domain import AgreementDetails
from bigtech_campus.domain.agreements import MOST_PLACES, NOTE_LENGTH
from bigtech_campus.domain.terms import COMPLETION, MOST_MOTIVATION, MOTIVATION
from lms_core.foundation.text import text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema


class AgreementIn(Schema):
    """An agreement as it is given: cohorts of a course that begin between two days, and their places."""

    course_id = fields.UUID(
        required=True, metadata={"label": text("Course"), "kind": "select", "options": (("", text("Choose one")),)}
    )
    begins_from = fields.Date(required=True, metadata={"label": text("For cohorts that begin from")})
    begins_until = fields.Date(required=True, metadata={"label": text("For cohorts that begin until")})
    places = fields.Integer(
        required=True,
        validate=fields.Range(min=1, max=MOST_PLACES),
        metadata={"label": text("Places in all"), "help": text("How many trainees you agree to in this time.")},
    )
    note = fields.String(
        load_default="",
        validate=fields.Length(max=NOTE_LENGTH),
        metadata={
            "label": text("Note"),
            "kind": "textarea",
            "help": text("For whoever runs the campus. No personal data, please."),
        },
    )

    @staticmethod
    def details(data: dict[str, Any]) -> AgreementDetails:
        """The loaded data as the domain takes it."""
        return AgreementDetails(**data)


class AgreementOut(Schema):
    """An agreement as it is given out."""

    id = fields.UUID(required=True)
    campus_id = fields.UUID(required=True)
    course_id = fields.UUID(required=True)
    begins_from = fields.Date(required=True)
    begins_until = fields.Date(required=True)
    places = fields.Integer(required=True)
    note = fields.String(required=True)
    given_at = fields.DateTime(required=True)
    withdrawn_at = fields.DateTime(required=True, allow_none=True)


class TermsSettings(Schema):
    """The partner's terms that differ from campus to campus, or from course to course."""

    motivation_length = fields.Integer(
        load_default=MOTIVATION,
        validate=fields.Range(min=0, max=MOST_MOTIVATION),
        metadata={
            "label": text("Least characters of a motivation"),
            "help": text("How much applicants say at least about why they want to learn this. 0 asks for nothing."),
        },
    )
    completion_percent = fields.Integer(
        load_default=COMPLETION,
        validate=fields.Range(min=1, max=100),
        metadata={
            "label": text("Share of activities that completes a course, in percent"),
            "help": text("As the agreement with the city has it. It counts for verdicts given from now on."),
        },
    )
