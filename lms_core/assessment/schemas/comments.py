"""What is said about questions after a simulation."""

from lms_core.assessment.domain.comments import LONGEST
from lms_core.assessment.domain.specifications import MOST_ITEMS
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema


class CommentIn(Schema):
    """A comment on a question, or (slot 0) on the exam as a whole; empty words take it back."""

    slot = fields.Integer(required=True, validate=fields.Range(min=0, max=MOST_ITEMS))
    words = fields.String(required=True, validate=fields.Length(max=LONGEST))


class CommentsIn(Schema):
    """Comments on an attempt. Those on other questions stay as they are."""

    comments = fields.List(fields.Nested(CommentIn), required=True, validate=fields.Length(max=MOST_ITEMS + 1))


class WrittenCommentsOut(Schema):
    """What one said about an attempt."""

    comments = fields.List(fields.Nested(CommentIn), required=True)


class CommentOut(Schema):
    """A comment, without a name. ``identifier`` is the item's; null for the exam as a whole."""

    slot = fields.Integer(required=True)
    item_id = fields.UUID(required=True, allow_none=True)
    version_id = fields.UUID(required=True, allow_none=True)
    identifier = fields.String(required=True, allow_none=True)
    words = fields.String(required=True)
    written_at = fields.DateTime(required=True)
