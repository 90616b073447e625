"""What is sent about questions that may be wrong, and about items that somebody wants taken down."""

from lms_core.assessment.domain.question_reports import LONGEST, REPORT_STATES
from lms_core.foundation.text import text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import PageIn, Schema

KINDS = (
    ("key", text("The right answer is wrong")),
    ("unclear", text("It cannot be understood")),
    ("outdated", text("It is out of date")),
    ("language", text("A mistake in the language")),
    ("other", text("Something else")),
)
OUTCOMES = (("kept_out", text("It stays out")), ("restored", text("It may be reviewed anew")))


class QuestionReportIn(Schema):
    """What is wrong with a question."""

    kind = fields.String(
        load_default="other",
        validate=fields.OneOf([name for name, _ in KINDS]),
        metadata={"label": text("What is wrong?"), "options": KINDS},
    )
    words = fields.String(
        required=True,
        validate=fields.Length(min=1, max=LONGEST),
        metadata={"label": text("In your words"), "kind": "textarea"},
    )


class AnswerIn(Schema):
    """What the author answers."""

    words = fields.String(
        required=True,
        validate=fields.Length(min=1, max=LONGEST),
        metadata={"label": text("Your answer"), "kind": "textarea", "help": text("Whoever reported it reads this.")},
    )
    close = fields.Boolean(load_default=False, metadata={"label": text("Close the report with this answer")})


class ReportQuery(PageIn):
    """Which reports are wanted."""

    state = fields.String(load_default="", validate=fields.OneOf(["", *REPORT_STATES]))


class TakedownIn(Schema):
    """Who asks that an item be asked no more, and why."""

    asked_by = fields.String(
        required=True,
        validate=fields.Length(min=1, max=200),
        metadata={
            "label": text("Who asks for it"),
            "help": text("A person or an organisation, and how to reach them."),
        },
    )
    reason = fields.String(
        required=True,
        validate=fields.Length(min=1, max=LONGEST),
        metadata={"label": text("Why"), "kind": "textarea"},
    )


class TakedownDecisionIn(Schema):
    """What came of a takedown request."""

    outcome = fields.String(
        required=True,
        validate=fields.OneOf([name for name, _ in OUTCOMES]),
        metadata={"label": text("Decision"), "kind": "radio", "options": OUTCOMES},
    )
    done = fields.String(
        required=True,
        validate=fields.Length(min=1, max=LONGEST),
        metadata={"label": text("What was done"), "kind": "textarea"},
    )
