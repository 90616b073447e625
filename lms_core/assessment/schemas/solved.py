"""Questions with their keys and explanations: after an attempt was handed in."""

from marshmallow import INCLUDE

from lms_core.assessment.schemas.questions import GroupOut
from lms_core.assessment.schemas.responses import Response
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema


class ReferenceOut(Schema):
    """A page that supports a key."""

    url = fields.String(required=True)
    title = fields.String(required=True)
    checked_on = fields.Date(required=True, allow_none=True)


class ComponentOut(Schema):
    """What one part of an answer earned: a source, a gap, a list, a blank, a step, a criterion, or all choices."""

    id = fields.String(required=True)
    points = fields.Float(required=True)
    possible = fields.Float(required=True)


class SolvedOut(Schema):
    """A question with what was answered, what is right and why, and whose words these are.

    Beside these stands what the question showed; each part of it now with ``feedback`` and ``feedback_html``, choices
    and areas with ``correct``, blanks with ``accepted`` or ``value`` and ``tolerance``, an essay with its ``rubric``.
    ``key`` is written like an answer. ``waits``: a person marks it, and it does not count yet.
    ``scoring`` is the rule that put the components together, ``scoring_label`` whose rule it is.
    """

    class Meta:
        """What the question showed is kept as it is."""

        unknown = INCLUDE

    slot = fields.Integer(required=True)
    type = fields.String(required=True)
    domain = fields.String(required=True)
    item_id = fields.UUID(required=True)
    version_id = fields.UUID(required=True)
    prompt = fields.String(required=True)
    prompt_html = fields.String(required=True)
    group = fields.String()
    most = fields.Integer()
    choices = fields.List(fields.Dict())
    key = Response(required=True)
    response = Response(required=True, allow_none=True)
    flagged = fields.Boolean(required=True)
    points = fields.Float(required=True)
    possible = fields.Float(required=True)
    components = fields.List(fields.Nested(ComponentOut), required=True)
    scoring = fields.String()
    scoring_label = fields.String()
    scored = fields.Boolean(required=True)
    waits = fields.Boolean(required=True)
    correct = fields.Boolean(required=True)
    explanation = fields.String(required=True)
    explanation_html = fields.String(required=True)
    references = fields.List(fields.Nested(ReferenceOut), required=True)
    attribution = fields.String(required=True)
    licence = fields.String(required=True)
    source_url = fields.String(required=True)


class SolvedGroupOut(GroupOut):
    """The same with what explains the case as a whole."""

    explanation = fields.String(required=True)
    explanation_html = fields.String(required=True)
    references = fields.List(fields.Nested(ReferenceOut), required=True)
    attribution = fields.String(required=True)
    licence = fields.String(required=True)
    source_url = fields.String(required=True)
