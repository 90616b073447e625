"""What visits show on other pages: the course's, the home page, and an activity of the visiting kind."""

from uuid import UUID

from flask import url_for

from lms_core.foundation.text import Text, text
from lms_core.foundation.web import provide
from lms_core.hooks.catalog import ActivityFacts, ActivityView
from lms_core.hooks.site import Link, Panel, Viewer
from university_outreach.service import VisitFound, VisitReader

# Days before a visit within which it is among what to do now.
SOON = 7
SOON_RANK = 60
LATER_RANK = 160
COURSE_RANK = 20
PLACE = text("Place")
ENDS = text("Ends")


def course_panel(course_id: UUID) -> Panel | None:
    """Where and when the course is held, for whoever reads its page; None for a course that visits nobody."""
    known = [found for found in provide(VisitReader).of_course(course_id) if not found.missing]
    if not known:
        return None
    facts = tuple(fact for found in known for fact in _facts(found))
    first = known[0]
    body = text(
        "This course is held at %(university)s, from %(starts_at)s.",
        university=first.university,
        starts_at=first.visit.starts_at,
    )
    return Panel("university_outreach.visits", text("Held at a university"), body, facts, rank=COURSE_RANK)


def home_panel(viewer: Viewer) -> Panel | None:
    """The next visit of a course that the viewer belongs to."""
    found = provide(VisitReader).next_of(viewer.scopes)
    if found is None:
        return None
    to_course = Link(url_for("catalog.course", course_id=found.visit.course_id), text("Open the course"))
    title = text("University visit: %(course)s", course=found.course)
    soon = found.days is not None and found.days < SOON
    rank = SOON_RANK if soon else LATER_RANK
    facts = tuple(fact for fact in _facts(found) if fact[0] in (PLACE, ENDS))
    return Panel("university_outreach.next_visit", title, _when(found), facts, to_course, rank)


def activity_view(activity: ActivityFacts, _: Viewer) -> ActivityView:
    """The visits of the course in which the activity stands."""
    known = provide(VisitReader).of_course(activity.course_id)
    facts = tuple(fact for found in known for fact in _facts(found))
    notes = "\n\n".join(found.visit.note for found in known if found.visit.note)
    return ActivityView(notes, facts)


def _when(found: VisitFound) -> Text:
    starts_at = found.visit.starts_at
    if found.university is None:
        return text("%(starts_at)s; the host is not known yet", starts_at=starts_at)
    return text("%(starts_at)s, %(university)s", starts_at=starts_at, university=found.university)


def _facts(found: VisitFound) -> tuple[tuple[Text, Text], ...]:
    visit = found.visit
    rows: list[tuple[Text, object]] = [
        (text("University"), found.university),
        (PLACE, ", ".join(part for part in (visit.building, visit.room, visit.address) if part)),
        (text("Begins"), visit.starts_at),
        (ENDS, visit.ends_at),
        (text("Contact at the university"), visit.contact_role),
        (text("Equipment"), ", ".join(visit.equipment)),
    ]
    return tuple((name, text("%(value)s", value=value)) for name, value in rows if value)
