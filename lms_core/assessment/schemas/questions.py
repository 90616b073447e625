"""Questions as they are sent, type by type. They leave as stored bytes, described here."""

from lms_core.assessment.schemas.responses import Response
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema


class SavedOut(Schema):
    """What is kept for a question."""

    sequence = fields.Integer(required=True)
    response = Response(required=True)
    flagged = fields.Boolean(required=True)


class ChoiceOut(Schema):
    """A choice; its id holds in this form alone. ``html`` is safe to show."""

    id = fields.String(required=True)
    text = fields.String(required=True)
    html = fields.String(required=True)


class ListOut(Schema):
    """A drop-down list: where it has no label it stands in the prompt as `[[id]]`."""

    id = fields.String(required=True)
    label = fields.String(required=True)
    label_html = fields.String(required=True)
    choices = fields.List(fields.Nested(ChoiceOut), required=True)


class BlankOut(Schema):
    """A blank or gap, in the prompt as `[[id]]`. ``unit``: the one a number is asked in."""

    id = fields.String(required=True)
    unit = fields.String()


class PictureOut(Schema):
    """A picture with its size in pixels and its description."""

    source = fields.String(required=True)
    alt = fields.String(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)


class AreaOut(ChoiceOut):
    """A region of a picture, in its pixels as in HTML image maps, with its name."""

    shape = fields.String(required=True, validate=fields.OneOf(("circle", "rect", "poly")))
    coordinates = fields.List(fields.Integer(), required=True)


class QuestionOut(Schema):
    """A question: Markdown, and HTML that is safe to show. What stands beside the prompt hangs on the type.

    choice, multiple-response, ordering: ``choices``, of which at most ``most`` are named in an answer.
    statement-set, matching: ``sources`` and ``targets``; a source takes ``per_source`` targets (0: any number).
    gap-match: ``texts`` and ``gaps``; a text is used ``per_text`` times (0: any number).
    inline-choice, hot-area: ``lists``, a hot area perhaps with a ``picture``.
    text-entry, numeric: ``fields``. hot-spot: ``picture``, ``areas`` and ``most``.
    extended-text: ``least_words`` and ``most_words``, None where there is no limit.
    ``group`` is the id of the case that the question belongs to.
    """

    slot = fields.Integer(required=True)
    type = fields.String(required=True)
    prompt = fields.String(required=True)
    prompt_html = fields.String(required=True)
    group = fields.String()
    most = fields.Integer()
    choices = fields.List(fields.Nested(ChoiceOut))
    sources = fields.List(fields.Nested(ChoiceOut))
    targets = fields.List(fields.Nested(ChoiceOut))
    per_source = fields.Integer()
    texts = fields.List(fields.Nested(ChoiceOut))
    gaps = fields.List(fields.Nested(BlankOut))
    per_text = fields.Integer()
    lists = fields.List(fields.Nested(ListOut))
    picture = fields.Nested(PictureOut)
    fields_ = fields.List(fields.Nested(BlankOut), data_key="fields", attribute="fields")
    areas = fields.List(fields.Nested(AreaOut))
    least_words = fields.Integer(allow_none=True)
    most_words = fields.Integer(allow_none=True)
    saved = fields.Nested(SavedOut, allow_none=True)
    revealed = fields.Boolean()


class ExhibitOut(Schema):
    """A document that the questions of a case share."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    html = fields.String(required=True)


class GroupOut(Schema):
    """Questions under one stem: those of the slots ``from`` to ``to``.

    ``returns`` False (a problem-solution series): a question that was left cannot be come back to.
    """

    id = fields.String(required=True)
    type = fields.String(required=True)
    returns = fields.Boolean(required=True)
    from_ = fields.Integer(required=True, data_key="from", attribute="from")
    to = fields.Integer(required=True)
    stem = fields.String(required=True)
    stem_html = fields.String(required=True)
    exhibits = fields.List(fields.Nested(ExhibitOut), required=True)
