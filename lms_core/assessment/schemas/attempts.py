"""What comes in and goes out about attempts. Questions and reports leave as stored bytes, described here."""

from lms_core.assessment.domain.responses import HIGHEST_SEQUENCE
from lms_core.assessment.domain.specifications import LANGUAGES, MODES
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import PageIn, Said, Schema

STATES = ("open", "submitted")


class LanguageIn(PageIn):
    """In which language: ko, en, or (empty) the reader's."""

    language = fields.String(load_default="", validate=fields.OneOf(["", *LANGUAGES]))


class AttemptIn(Schema):
    """Begin an attempt: to practise, or in the shape of the real exam."""

    mode = fields.String(required=True, validate=fields.OneOf(MODES))
    language = fields.String(load_default="", validate=fields.OneOf(["", *LANGUAGES]))


class SaveIn(Schema):
    """One answer. ``sequence`` counts up with every change; ``flagged`` left out leaves the flag as it is."""

    sequence = fields.Integer(required=True, validate=fields.Range(min=0, max=HIGHEST_SEQUENCE))
    response = fields.Dict(keys=fields.String(metadata={"strip": False}), required=True)
    flagged = fields.Boolean(load_default=None, truthy={True}, falsy={False})


class AttemptQueryIn(PageIn):
    """Which attempts are wanted."""

    exam = fields.UUID(load_default=None, allow_none=True)


class SavedOut(Schema):
    """What is kept for a question."""

    sequence = fields.Integer(required=True)
    response = fields.Dict(required=True)
    flagged = fields.Boolean(required=True)


class ChoiceOut(Schema):
    """A choice; its id holds in this form alone. ``html`` is safe to show."""

    id = fields.String(required=True)
    text = fields.String(required=True)
    html = fields.String(required=True)


class QuestionOut(Schema):
    """A question: Markdown, and HTML that is safe to show. At most ``most`` choices can be picked."""

    slot = fields.Integer(required=True)
    type = fields.String(required=True)
    prompt = fields.String(required=True)
    prompt_html = fields.String(required=True)
    most = fields.Integer(required=True)
    choices = fields.List(fields.Nested(ChoiceOut), required=True)
    saved = fields.Nested(SavedOut, allow_none=True)


class ClockOut(Schema):
    """When an attempt ends, and the server's time to reckon from."""

    id = fields.UUID(required=True)
    state = fields.String(required=True, validate=fields.OneOf(STATES))
    generation = fields.Integer(required=True)
    revision = fields.Integer(required=True)
    deadline_at = fields.DateTime(required=True)
    closes_at = fields.DateTime(required=True)
    server_now = fields.DateTime(required=True)


class SittingOut(ClockOut):
    """An attempt with its questions. ``save_token`` is told to the device that begins, and to no other."""

    exam_id = fields.UUID(required=True)
    title = fields.String(required=True)
    mode = fields.String(required=True, validate=fields.OneOf(MODES))
    number = fields.Integer(required=True)
    started_at = fields.DateTime(required=True)
    save_token = fields.String()
    items = fields.List(fields.Nested(QuestionOut), required=True)


class SessionOut(Schema):
    """This device may save from now on."""

    save_token = fields.String(required=True)
    generation = fields.Integer(required=True)


class ReceiptOut(Schema):
    """An answer is kept, durably; of an older sequence, the newer one's receipt."""

    receipt = fields.String(required=True)
    sequence = fields.Integer(required=True)
    saved_at = fields.DateTime(required=True)
    deadline_at = fields.DateTime(required=True)
    server_now = fields.DateTime(required=True)


class StateOut(Schema):
    """What became of an attempt."""

    state = fields.String(required=True, validate=fields.OneOf(STATES))


class ScoreOut(Schema):
    """A score on its scale, with whose estimate it is, the number of questions and an interval of 95 %."""

    value = fields.Float(required=True)
    low = fields.Float(required=True)
    high = fields.Float(required=True)
    least = fields.Float(required=True)
    most = fields.Float(required=True)
    line = fields.Float(required=True, allow_none=True)
    passed = fields.Boolean(required=True, allow_none=True)
    items = fields.Integer(required=True)
    scale = fields.String(required=True)
    label = Said(required=True)
    points = fields.Float(required=True)
    possible = fields.Float(required=True)


class SectionOut(Schema):
    """The score of one domain in percent, with an interval of 95 %."""

    domain = fields.String(required=True)
    title = fields.String(required=True)
    points = fields.Float(required=True)
    possible = fields.Float(required=True)
    items = fields.Integer(required=True)
    percent = fields.Float(required=True)
    low = fields.Float(required=True)
    high = fields.Float(required=True)


class ReferenceOut(Schema):
    """A page that supports a key."""

    url = fields.String(required=True)
    title = fields.String(required=True)
    checked_on = fields.Date(required=True, allow_none=True)


class ExplainedChoiceOut(ChoiceOut):
    """A choice with whether it is right, and why."""

    correct = fields.Boolean(required=True)
    feedback = fields.String(required=True)
    feedback_html = fields.String(required=True)


class AnswerKeyOut(Schema):
    """The right choices."""

    choices = fields.List(fields.String(), required=True)


class SolvedOut(Schema):
    """A question with what was answered, what is right and why, and whose words these are."""

    slot = fields.Integer(required=True)
    type = fields.String(required=True)
    domain = fields.String(required=True)
    item_id = fields.UUID(required=True)
    version_id = fields.UUID(required=True)
    prompt = fields.String(required=True)
    prompt_html = fields.String(required=True)
    most = fields.Integer(required=True)
    choices = fields.List(fields.Nested(ExplainedChoiceOut), required=True)
    key = fields.Nested(AnswerKeyOut, required=True)
    response = fields.Dict(required=True, allow_none=True)
    flagged = fields.Boolean(required=True)
    points = fields.Float(required=True)
    possible = fields.Float(required=True)
    scored = fields.Boolean(required=True)
    correct = fields.Boolean(required=True)
    explanation = fields.String(required=True)
    explanation_html = fields.String(required=True)
    references = fields.List(fields.Nested(ReferenceOut), required=True)
    attribution = fields.String(required=True)
    licence = fields.String(required=True)
    source_url = fields.String(required=True)


class ResultOut(Schema):
    """What an attempt earned."""

    id = fields.UUID(required=True)
    exam_id = fields.UUID(required=True)
    title = fields.String(required=True)
    mode = fields.String(required=True)
    number = fields.Integer(required=True)
    submitted_at = fields.DateTime(required=True)
    submitted_by = fields.String(required=True)
    graded_at = fields.DateTime(required=True)
    rule = fields.String(required=True)
    rule_version = fields.String(required=True)
    score = fields.Nested(ScoreOut, required=True)
    sections = fields.List(fields.Nested(SectionOut), required=True)
    items = fields.List(fields.Nested(SolvedOut), required=True)


class AttemptOut(Schema):
    """An attempt in a list, with its score once there is one."""

    id = fields.UUID(required=True)
    exam_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    mode = fields.String(required=True)
    number = fields.Integer(required=True)
    state = fields.String(required=True, validate=fields.OneOf(STATES))
    started_at = fields.DateTime(required=True)
    deadline_at = fields.DateTime(required=True)
    submitted_at = fields.DateTime(required=True, allow_none=True)
    submitted_by = fields.String(required=True, allow_none=True)
    score = fields.Nested(ScoreOut, required=True, allow_none=True)
