"""What progress shows elsewhere: on home where one left off, on a course how far one is, on a cohort its figures."""

from uuid import UUID

from flask import url_for

from lms_core.enrolment.service import AttendingService, Eligibility
from lms_core.foundation.errors import NotFound
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import current_actor, provide
from lms_core.foundation.web.languages import moment
from lms_core.hooks.site import Link, Panel, Viewer
from lms_core.progress.domain import CourseProgress, Step
from lms_core.progress.service import CohortProgressService, StandingService

KEY = "progress"
GO_ON = text("Keep learning")


def home_panel(viewer: Viewer) -> Panel | None:
    """Where the viewer left off, in the course under way that was touched last; else what they have completed."""
    begun = _begun(viewer.person_id)
    mine = [one for one in provide(StandingService).mine(current_actor()) if one.syllabus.course_id in begun]
    if not mine:
        return None
    latest = max(mine, key=lambda one: (one.next is not None, _last(one)))
    return _under_way(latest) if latest.next else _finished(latest)


def course_panel(viewer: Viewer, course_id: UUID) -> Panel | None:
    """How far the viewer is in this course, and where to go on."""
    standing = provide(StandingService).look_up(viewer.person_id, course_id)
    if standing is None or not standing.total:
        return None
    facts = ((text("Completed on"), _plain(moment(standing.completed_at))),) if standing.completed_at else ()
    action = Link(_url(course_id, standing.next), GO_ON) if standing.next else None
    return Panel(KEY, text("Your progress"), _said(standing), facts, action, 20, standing.percent / 100)


def activity_panel(viewer: Viewer, course_id: UUID, activity_id: UUID) -> Panel | None:
    """Whether this activity is done, or the button that says so."""
    standing = provide(StandingService).look_up(viewer.person_id, course_id)
    step = standing.syllabus.step(activity_id) if standing else None
    if standing is None or step is None:
        return None
    title = text("Your progress")
    if at := standing.done.get(activity_id):
        return Panel(KEY, title, text("You finished this on %(moment)s.", moment=at), rank=20)
    if step.completed_by == "event":
        return Panel(KEY, title, text("This counts as done when its result is there."), rank=20)
    button = Link(url_for("progress.mark", activity_id=activity_id), text("Mark as done and go on"), post=True)
    return Panel(KEY, title, text("When you have finished, mark it as done."), action=button, rank=20)


def cohort_panel(viewer: Viewer, cohort_id: UUID) -> Panel | None:  # noqa: ARG001 the actor's grants decide
    """The cohort's figures, for those who may see them."""
    try:
        figures = provide(CohortProgressService).figures(current_actor(), cohort_id)
    except NotFound:
        return None
    if not figures.learners:
        return None
    facts = ((text("Learners"), _plain(figures.learners)), (text("Completed the course"), _plain(figures.completed)))
    body = text("On average %(percent)s%% of the course is done.", percent=figures.average)
    link = Link(url_for("progress.cohort", cohort_id=cohort_id), text("See everybody"))
    return Panel(KEY, text("Progress"), body, facts, link, 20, figures.average / 100)


def _begun(person_id: UUID) -> frozenset[UUID]:
    today = provide(Eligibility).today()
    return frozenset(one.course_id for one in provide(AttendingService).of(person_id) if one.starts_on <= today)


def _last(one: CourseProgress) -> float:
    return max((at.timestamp() for at in one.done.values()), default=0.0)


def _under_way(one: CourseProgress) -> Panel | None:
    if one.next is None:
        return None
    said = text("Next: %(title)s", title=one.next.titles)
    action = Link(_url(one.syllabus.course_id, one.next), GO_ON if one.done else text("Begin"))
    return Panel(KEY, _plain(one.syllabus.titles), said, action=action, rank=60, progress=one.percent / 100)


def _finished(one: CourseProgress) -> Panel:
    title = text("You have completed %(title)s", title=one.syllabus.titles)
    back = Link(url_for("catalog.course", course_id=one.syllabus.course_id), text("Look at it again"))
    return Panel(KEY, title, _said(one), action=back, rank=200, progress=one.percent / 100)


def _said(one: CourseProgress) -> Text:
    return text("%(done)s of %(total)s activities done", done=one.counted, total=one.total)


def _url(course_id: UUID, step: Step) -> str:
    return url_for("catalog.activity", course_id=course_id, activity_id=step.id)


def _plain(value: object) -> Text:
    return Text("%(value)s", {"value": value})
