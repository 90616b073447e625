"""What comes in and goes out about attempts. Questions and reports leave as stored bytes, described here."""

from lms_core.assessment.domain.practice import POOLS
from lms_core.assessment.domain.responses import HIGHEST_SEQUENCE
from lms_core.assessment.domain.specifications import LANGUAGES, MODES, MOST_ITEMS
from lms_core.assessment.schemas.questions import GroupOut, QuestionOut
from lms_core.assessment.schemas.responses import Response
from lms_core.assessment.schemas.solved import SolvedGroupOut, SolvedOut
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import PageIn, Said, Schema

STATES = ("open", "submitted")


class LanguageIn(PageIn):
    """In which language: ko, en, or (empty) the reader's."""

    language = fields.String(load_default="", validate=fields.OneOf(["", *LANGUAGES]))


class PracticeIn(Schema):
    """What is practised: some domains (none: all), all items or those missed or unseen, and how many."""

    domains = fields.List(
        fields.String(validate=fields.Length(max=80)), load_default=list, validate=fields.Length(max=40)
    )
    pool = fields.String(load_default="all", validate=fields.OneOf(POOLS))
    items = fields.Integer(load_default=None, allow_none=True, validate=fields.Range(min=1, max=MOST_ITEMS))


class AttemptIn(Schema):
    """Begin an attempt: to practise, or in the shape of the real exam. A simulation takes no notice of ``practice``."""

    mode = fields.String(required=True, validate=fields.OneOf(MODES))
    language = fields.String(load_default="", validate=fields.OneOf(["", *LANGUAGES]))
    practice = fields.Nested(PracticeIn, load_default=None, allow_none=True)
    password = fields.String(load_default="", validate=fields.Length(max=100))


class SaveIn(Schema):
    """One answer. ``sequence`` counts up with every change; ``flagged`` left out leaves the flag as it is."""

    sequence = fields.Integer(required=True, validate=fields.Range(min=0, max=HIGHEST_SEQUENCE))
    response = Response(required=True)
    flagged = fields.Boolean(load_default=None, truthy={True}, falsy={False})


class AttemptQueryIn(PageIn):
    """Which attempts are wanted."""

    exam = fields.UUID(load_default=None, allow_none=True)


class ClockOut(Schema):
    """When an attempt ends, and the server's time to reckon from."""

    id = fields.UUID(required=True)
    state = fields.String(required=True, validate=fields.OneOf(STATES))
    generation = fields.Integer(required=True)
    revision = fields.Integer(required=True)
    deadline_at = fields.DateTime(required=True)
    closes_at = fields.DateTime(required=True)
    server_now = fields.DateTime(required=True)


class ProgressIn(Schema):
    """Go on to the part of the exam that ``slot`` lies in: what is open now stays left."""

    slot = fields.Integer(required=True, validate=fields.Range(min=1, max=MOST_ITEMS))


class ExamSectionOut(Schema):
    """A section of the form: the slots ``from`` to ``to``. ``returns`` False: once left, it stays left."""

    number = fields.Integer(required=True)
    from_ = fields.Integer(required=True, data_key="from", attribute="from")
    to = fields.Integer(required=True)
    returns = fields.Boolean(required=True)
    title = fields.String(required=True)
    introduction = fields.String(required=True)


class SittingOut(ClockOut):
    """An attempt with its questions. ``save_token`` is told to the device that begins, and to no other.

    ``items`` and ``groups`` are those of the slots that are open, ``first_slot`` to ``last_slot`` of ``slots``; the
    others are closed behind or not yet begun. ``breaks``: a pause is offered between sections, while the time goes on.
    """

    exam_id = fields.UUID(required=True)
    title = fields.String(required=True)
    mode = fields.String(required=True, validate=fields.OneOf(MODES))
    number = fields.Integer(required=True)
    started_at = fields.DateTime(required=True)
    save_token = fields.String()
    slots = fields.Integer(required=True)
    first_slot = fields.Integer(required=True)
    last_slot = fields.Integer(required=True)
    sections = fields.List(fields.Nested(ExamSectionOut), required=True)
    breaks = fields.Boolean(required=True)
    items = fields.List(fields.Nested(QuestionOut), required=True)
    groups = fields.List(fields.Nested(GroupOut), required=True)


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
    groups = fields.List(fields.Nested(SolvedGroupOut), required=True)


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
