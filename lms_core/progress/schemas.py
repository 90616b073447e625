"""What progress gives out."""

from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema


class StepOut(Schema):
    """An activity that counts."""

    id = fields.UUID(required=True)
    title_ko = fields.String(required=True, attribute="titles.ko")
    title_en = fields.String(required=True, attribute="titles.en")


class CourseProgressOut(Schema):
    """How far one has come in a course."""

    course_id = fields.UUID(required=True, attribute="syllabus.course_id")
    title_ko = fields.String(required=True, attribute="syllabus.titles.ko")
    title_en = fields.String(required=True, attribute="syllabus.titles.en")
    done = fields.Integer(required=True, attribute="counted")
    total = fields.Integer(required=True)
    percent = fields.Integer(required=True)
    next = fields.Nested(StepOut, required=True, allow_none=True)
    completed_at = fields.DateTime(required=True, allow_none=True)


class MarkedOut(Schema):
    """Where to go on after an activity was marked done."""

    course_id = fields.UUID(required=True)
    next_activity_id = fields.UUID(required=True, allow_none=True)


class LearnerOut(Schema):
    """One person of a cohort."""

    person_id = fields.UUID(required=True)
    name = fields.String(required=True)
    done = fields.Integer(required=True)
    total = fields.Integer(required=True)
    percent = fields.Integer(required=True)
    last_at = fields.DateTime(required=True, allow_none=True)
    completed_at = fields.DateTime(required=True, allow_none=True)
