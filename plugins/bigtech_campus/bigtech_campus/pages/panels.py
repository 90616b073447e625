"""What dedicated programmes show on other pages: the campus's, the course's, and the partner's project."""

from uuid import UUID

from flask import url_for

from bigtech_campus.service import AgreementService, CampusProgramme, CohortTerms, FollowingService, TermsService
from lms_core.foundation.text import Text, Titles, text
from lms_core.foundation.web import current_actor, provide
from lms_core.hooks.catalog import ActivityFacts, ActivityView
from lms_core.hooks.site import Link, Panel, Viewer

CAMPUS_RANK = 100
COURSE_RANK = 150
DASHBOARD_RANK = 50
COHORT_RANK = 60
# Nobody gets into a cohort that the partner has not agreed to: that is to be seen first.
UNAGREED_RANK = 10
ACTIVITY_RANK = 150


def campus_panel(campus_id: UUID) -> Panel | None:
    """The partner's programme at a dedicated campus; None for any other campus."""
    known = provide(TermsService).at_campus(campus_id)
    if not known:
        return None
    facts = tuple(fact for one in known for fact in _programme_facts(one))
    link = Link(url_for("bigtech_campus.agreements", campus_id=campus_id), text("See the agreements"))
    partner = known[0].programme.partner
    body = text("This campus runs the curriculum of %(partner)s, with its mentors and its project.", partner=partner)
    return Panel("bigtech_campus", text("Dedicated programme"), body, facts, link, rank=CAMPUS_RANK)


def dashboard_panel() -> Panel | None:
    """Agreements that end soon, with nothing after them: no cohort that begins later gets anybody in."""
    ending = provide(AgreementService).ending(current_actor())
    if not ending:
        return None
    body = text("Cohorts that begin after these days need a new agreement.")
    facts = tuple((_plain(one.title), _plain(one.begins_until)) for one in ending)
    link = Link(url_for("bigtech_campus.agreements", campus_id=ending[0].campus_id), text("See the agreements"))
    return Panel("bigtech_campus.ending", text("Agreements that end soon"), body, facts, link, DASHBOARD_RANK)


def course_panel(course_id: UUID) -> Panel | None:
    """Whose curriculum a course follows; None for a course that follows none of these."""
    found = provide(TermsService).of_course(course_id)
    if found is None:
        return None
    programme, version = found
    facts = (
        (text("Partner"), _plain(programme.partner)),
        (text("Curriculum"), _plain(programme.curriculum.title)),
        (text("Curriculum version"), _plain(version)),
        (text("Length"), text("%(months)s months", months=programme.months)),
    )
    body = text("Held together with %(partner)s.", partner=programme.partner)
    return Panel("bigtech_campus", text("Dedicated programme"), body, facts, rank=COURSE_RANK)


def cohort_panel(cohort_id: UUID) -> Panel | None:
    """What the partner agreed to for a cohort; None for a cohort that follows no programme."""
    terms = provide(FollowingService).cohort(current_actor(), cohort_id)
    if terms is None:
        return None
    link = Link(url_for("bigtech_campus.agreements", campus_id=terms.campus_id), text("See the agreements"))
    rank = COHORT_RANK if terms.agreement else UNAGREED_RANK
    title = text("Dedicated programme")
    return Panel("bigtech_campus.cohort", title, _agreed(terms), _agreement_facts(terms), link, rank)


def activity_panel(course_id: UUID, activity_id: UUID) -> Panel | None:
    """Which part of the partner's curriculum an activity belongs to; None for what it has nothing of."""
    part = provide(FollowingService).activity(course_id, activity_id)
    if part is None:
        return None
    partner, module = part.programme.partner, part.module
    body = (
        text("Every course of %(partner)s's programme has the module “%(module)s”.", partner=partner, module=module)
        if part.required
        else text("From %(partner)s's curriculum: the module “%(module)s”.", partner=partner, module=module)
    )
    return Panel("bigtech_campus.part", text("Dedicated programme"), body, rank=ACTIVITY_RANK)


def project_view(activity: ActivityFacts, viewer: Viewer) -> ActivityView:
    """The partner's side of a project: who mentors, what is handed in, how long it takes."""
    told = {name: _chosen(activity, name, viewer.language) for name in ("mentor", "deliverables")}
    weeks = str(activity.settings.get("weeks", "")).strip()
    facts = (
        (text("Mentor from the partner"), _plain(told["mentor"])),
        (text("What the team hands in"), _plain(told["deliverables"])),
        (text("Weeks"), _plain(weeks)),
    )
    return ActivityView(facts=tuple(fact for fact in facts if fact[1].values["words"]))


def _programme_facts(here: CampusProgramme) -> tuple[tuple[Text, Text], ...]:
    programme = here.programme
    named = {"title": programme.curriculum.title, "version": programme.curriculum.version}
    yearly = {"places": programme.places_per_year, "cohorts": programme.cohorts_per_year}
    return (
        (text("Partner"), _plain(programme.partner)),
        (text("Curriculum"), text("%(title)s, version %(version)s", **named)),
        (text("Length"), text("%(months)s months", months=programme.months)),
        (text("Places a year"), text("%(places)s in %(cohorts)s cohorts", **yearly)),
        (text("Agreements in force"), _plain(len(here.agreements))),
    )


def _agreed(terms: CohortTerms) -> Text:
    partner, given = terms.programme.partner, terms.agreement
    if given is None:
        return text("%(partner)s has not agreed to this cohort yet: nobody can be given a place.", partner=partner)
    if given.course_changed_at:
        return text(
            "%(partner)s agreed to this cohort. The course was published anew since then: please tell the partner.",
            partner=partner,
        )
    return text("%(partner)s agreed to this cohort.", partner=partner)


def _agreement_facts(terms: CohortTerms) -> tuple[tuple[Text, Text], ...]:
    given = terms.agreement
    if given is None:
        return ()
    changed = ((text("Course published anew"), _plain(given.course_changed_at)),) if given.course_changed_at else ()
    return (
        (text("Cohorts that begin until"), _plain(given.begins_until)),
        (text("Places agreed"), _plain(given.places)),
        *changed,
    )


def _chosen(activity: ActivityFacts, name: str, language: str) -> str:
    """A setting in the reader's language, falling back to the other one."""
    wordings = (str(activity.settings.get(f"{name}_{code}", "")).strip() for code in ("ko", "en"))
    return Titles(*wordings).in_(language)


def _plain(words: object) -> Text:
    """Words that need no translation."""
    return Text("%(words)s", {"words": words})
