"""What enrolment shows on the home page: to staff what waits for a decision, to others how they stand."""

from datetime import date
from uuid import UUID

from flask import url_for

from lms_core.enrolment.domain.names import SEE_APPLICATIONS
from lms_core.enrolment.domain.standing import ApplicationListed, CohortListed
from lms_core.enrolment.service import ApplyingService, AttendingService, CohortService, Eligibility
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import current_actor, provide
from lms_core.hooks.site import Link, Panel, Viewer

KEY = "enrolment"


def home_panel(viewer: Viewer) -> Panel | None:
    """The one thing of this room that matters most to ``viewer`` now."""
    return _undecided() or _own(viewer) or _invitation()


def profile_panel(viewer: Viewer, person_id: UUID) -> Panel | None:
    """The cohorts in which a person has a place: one's own, or those whose people the viewer may see."""
    service, actor = provide(CohortService), current_actor()
    ids = [one.cohort_id for one in provide(AttendingService).of(person_id)]
    known = service.several(ids)
    seen = [one for one in ids if viewer.person_id == person_id or actor.may(SEE_APPLICATIONS, service.scopes(one))]
    if not seen:
        return None
    facts = tuple((_plain(known[one].name), _plain(known[one].cohort.starts_on)) for one in seen)
    return Panel(KEY, text("Courses"), text("Has a place in, with the first day:"), facts, rank=50)


def _undecided() -> Panel | None:
    waiting = provide(CohortService).undecided(current_actor())
    if not waiting:
        return None
    first, _ = waiting[0]
    count = sum(number for _, number in waiting)
    title = text("Applications to decide on: %(count)s", count=count)
    body = text("%(cohort)s starts on %(day)s", cohort=first.name, day=first.cohort.starts_on)
    url = url_for("enrolment.cohort", cohort_id=first.cohort.id, state="submitted")
    facts = tuple((_plain(one.name), _plain(number)) for one, number in waiting[:5])
    return Panel(KEY, title, body, facts, Link(url, text("Decide")), rank=40)


def _own(viewer: Viewer) -> Panel | None:
    today = provide(Eligibility).today()
    live = provide(ApplyingService).live(viewer.person_id)
    told = sorted(live, key=lambda one: ("placed", "waiting", "submitted").index(one.application.state))
    panels = (_standing(one, one.cohort, today) for one in told if one.cohort)
    return next((panel for panel in panels if panel), None)


def _standing(one: ApplicationListed, shown: CohortListed, today: date) -> Panel | None:
    link = Link(url_for("enrolment.application", application_id=one.id), text("See your application"))
    title, cohort = _plain(shown.name), shown.cohort
    if one.application.state == "placed":
        # Once it runs, progress and the timetable have more to say.
        body = text("You have a place. It starts on %(day)s", day=cohort.starts_on)
        return Panel(KEY, title, body, action=link, rank=30) if today < cohort.starts_on else None
    if one.application.state == "waiting":
        body = text("You stand at place %(position)s of the waiting list", position=one.position)
    else:
        body = text("Your application is being reviewed")
    return Panel(KEY, title, body, action=link, rank=110)


def _invitation() -> Panel | None:
    taking = PageRequest(size=1, filters=(("phase", "taking"),))
    found = provide(CohortService).announced(current_actor(), taking)
    if not found.total:
        return None
    first = found.items[0]
    title = text("Courses you can apply to: %(count)s", count=found.total)
    body = text(
        "%(title)s takes applications until %(moment)s.", title=first.name, moment=first.cohort.applications_until
    )
    return Panel(KEY, title, body, action=Link(url_for("enrolment.announced"), text("See them")), rank=150)


def _plain(value: object) -> Text:
    return Text("%(value)s", {"value": value})
