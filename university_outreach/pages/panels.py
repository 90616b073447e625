"""What visits show on other pages: the course's, the home page, and an activity of the visiting kind."""

from uuid import UUID

from flask import url_for

from lms_core.foundation.text import Text, Titles, text
from lms_core.foundation.web import provide
from lms_core.hooks.catalog import ActivityFacts, ActivityView
from lms_core.hooks.site import Link, Panel, Viewer
from university_outreach.service import VisitFound, VisitReader

# Days before a visit within which it is among what to do now.
SOON = 7
SOON_RANK = 60
LATER_RANK = 160
COURSE_RANK = 20
NOWHERE = Titles("", "")


def course_panel(course_id: UUID, language: str) -> Panel | None:
    """Where and when the course is held, for whoever reads its page; None for a course that visits nobody."""
    known = [found for found in provide(VisitReader).of_course(course_id) if not found.missing]
    if not known:
        return None
    facts = tuple(fact for found in known for fact in _facts(found, language))
    first = known[0]
    body = text(
        "This course is held at %(university)s, from %(starts_at)s.",
        university=(first.university or NOWHERE).in_(language),
        starts_at=first.visit.starts_at,
    )
    return Panel("university_outreach.visits", text("Held at a university"), body, facts, rank=COURSE_RANK)


def home_panel(viewer: Viewer) -> Panel | None:
    """The next visit of a course that the viewer belongs to."""
    found = provide(VisitReader).next_of(viewer.scopes)
    if found is None:
        return None
    to_course = Link(url_for("catalog.course", course_id=found.visit.course_id), text("Open the course"))
    title = text("University visit: %(course)s", course=found.course.in_(viewer.language))
    soon = found.days is not None and found.days < SOON
    rank = SOON_RANK if soon else LATER_RANK
    facts = _facts(found, viewer.language)
    return Panel("university_outreach.next_visit", title, _when(found, viewer.language), facts, to_course, rank)


def activity_view(activity: ActivityFacts, viewer: Viewer) -> ActivityView:
    """The visits of the course in which the activity stands."""
    known = provide(VisitReader).of_course(activity.course_id)
    facts = tuple(fact for found in known for fact in _facts(found, viewer.language))
    notes = "\n\n".join(found.visit.note for found in known if found.visit.note)
    return ActivityView(notes, facts)


def _when(found: VisitFound, language: str) -> Text:
    starts_at = found.visit.starts_at
    if found.university is None:
        return text("%(starts_at)s; the host is not known yet", starts_at=starts_at)
    return text("%(starts_at)s, %(university)s", starts_at=starts_at, university=found.university.in_(language))


def _facts(found: VisitFound, language: str) -> tuple[tuple[Text, Text], ...]:
    visit = found.visit
    rows: list[tuple[Text, object]] = [
        (text("University"), (found.university or NOWHERE).in_(language)),
        (text("Place"), ", ".join(part for part in (visit.building, visit.room, visit.address) if part)),
        (text("Begins"), visit.starts_at),
        (text("Ends"), visit.ends_at),
        (text("Contact at the university"), visit.contact_role),
        (text("Equipment"), ", ".join(visit.equipment)),
    ]
    return tuple((name, text("%(value)s", value=value)) for name, value in rows if value)
