"""What is published, as it is given out."""

from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import PageIn, Said, Schema


class PublishedQuery(PageIn):
    """Which published courses are wanted: of one campus, by title or the newest first."""

    campus = fields.String(load_default="", validate=fields.Length(max=40))


class CourseListedOut(Schema):
    """A published course in the list; ``open`` tells whether you may read it."""

    id = fields.UUID(required=True, attribute="summary.id")
    slug = fields.String(required=True, attribute="summary.slug")
    organisation_id = fields.UUID(required=True, attribute="summary.organisation_id")
    campus_id = fields.UUID(required=True, allow_none=True, attribute="summary.campus_id")
    title_ko = fields.String(required=True, attribute="summary.content.titles.ko")
    title_en = fields.String(required=True, attribute="summary.content.titles.en")
    summary_ko = fields.String(required=True, attribute="summary.content.summary.ko")
    summary_en = fields.String(required=True, attribute="summary.content.summary.en")
    languages = fields.List(fields.String(), required=True, attribute="summary.content.languages")
    minutes = fields.Integer(required=True, attribute="summary.content.minutes")
    published_at = fields.DateTime(required=True, attribute="summary.published_at")
    open = fields.Boolean(required=True)


class OutlineActivityOut(Schema):
    """An activity in the outline of a published course."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    title_ko = fields.String(required=True, attribute="titles.ko")
    title_en = fields.String(required=True, attribute="titles.en")
    minutes = fields.Integer(required=True)


class OutlineModuleOut(Schema):
    """A module in the outline of a published course."""

    id = fields.UUID(required=True)
    title_ko = fields.String(required=True, attribute="titles.ko")
    title_en = fields.String(required=True, attribute="titles.en")
    activities = fields.List(fields.Nested(OutlineActivityOut), required=True)


class ChangeOut(Schema):
    """One difference to the revision before."""

    verb = fields.String(required=True)
    what = fields.String(required=True)
    title_ko = fields.String(required=True, attribute="titles.ko")
    title_en = fields.String(required=True, attribute="titles.en")


class RevisionOut(Schema):
    """One publication of a course."""

    id = fields.UUID(required=True)
    course_id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    note = fields.String(required=True)
    author_id = fields.UUID(required=True, allow_none=True)
    published_at = fields.DateTime(required=True)
    restored_from = fields.Integer(required=True, allow_none=True)
    changes = fields.List(fields.Nested(ChangeOut), required=True)


class PublishedCourseOut(Schema):
    """What learners read of a course, as an outline."""

    course_id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    published_at = fields.DateTime(required=True)
    title_ko = fields.String(required=True, attribute="content.titles.ko")
    title_en = fields.String(required=True, attribute="content.titles.en")
    summary_ko = fields.String(required=True, attribute="content.summary.ko")
    summary_en = fields.String(required=True, attribute="content.summary.en")
    languages = fields.List(fields.String(), required=True, attribute="content.languages")
    minutes = fields.Integer(required=True, attribute="content.minutes")
    modules = fields.List(fields.Nested(OutlineModuleOut), required=True, attribute="content.modules")


class WayOut(Schema):
    """Somewhere to go on."""

    url = fields.String(required=True)
    label = Said(required=True)


class ViewOut(Schema):
    """What the kind of an activity shows: Markdown, pairs of names and values, a way on."""

    markdown = fields.String(required=True)
    facts = fields.List(fields.List(Said()), required=True)
    action = fields.Nested(WayOut, required=True, allow_none=True)


class PublishedActivityOut(Schema):
    """One activity as it is read: safe HTML by language, and what its kind adds for you.

    ``state`` is "off" where the plugin of its kind is, "failed" where it fails.
    """

    id = fields.UUID(required=True, attribute="step.activity.id")
    course_id = fields.UUID(required=True, attribute="revision.course_id")
    revision = fields.Integer(required=True, attribute="revision.number")
    kind = fields.String(required=True, attribute="step.activity.kind")
    title_ko = fields.String(required=True, attribute="step.activity.titles.ko")
    title_en = fields.String(required=True, attribute="step.activity.titles.en")
    html_ko = fields.String(required=True, attribute="html.ko")
    html_en = fields.String(required=True, attribute="html.en")
    minutes = fields.Integer(required=True, attribute="step.activity.minutes")
    previous_id = fields.UUID(required=True, allow_none=True, attribute="step.previous_id")
    next_id = fields.UUID(required=True, allow_none=True, attribute="step.next_id")
    state = fields.String(required=True, attribute="shown.state")
    view = fields.Nested(ViewOut, required=True, attribute="shown.view")


class ReasonOut(Schema):
    """One reason against publishing, and who gives it."""

    code = fields.String(required=True)
    reason = Said(required=True)
    plugin = fields.String(required=True)


class PublicationOut(Schema):
    """What publishing the draft would change, and what stands against it."""

    number = fields.Integer(required=True)
    digest = fields.String(required=True)
    changes = fields.List(fields.Nested(ChangeOut), required=True)
    reasons = fields.List(fields.Nested(ReasonOut), required=True)


class SettingOut(Schema):
    """A setting that a kind of activity asks for."""

    name = fields.String(required=True)
    label = Said(required=True)


class KindOut(Schema):
    """A kind of activity that authors can choose."""

    name = fields.String(required=True)
    title = Said(required=True)
    help = Said(required=True)
    completed_by = fields.String(required=True)
    settings = fields.List(fields.Nested(SettingOut), required=True)


class CurriculumOut(Schema):
    """A curriculum that a course can start from."""

    code = fields.String(required=True)
    version = fields.String(required=True)
    partner = fields.String(required=True)
    title_ko = fields.String(required=True, attribute="title.ko")
    title_en = fields.String(required=True, attribute="title.en")
    summary_ko = fields.String(required=True, attribute="summary.ko")
    summary_en = fields.String(required=True, attribute="summary.en")
    effective_from = fields.Date(required=True)
