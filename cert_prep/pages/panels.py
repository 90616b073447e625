"""What cert_prep shows on other pages: under a report, and at home."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from flask import url_for

from cert_prep.domain.own_rule import NAME as OWN_RULE
from cert_prep.service import LAST, CatalogueReader, PracticeService, Readiness, ReadinessService, WithdrawnService
from lms_core.foundation.actors import Actor
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import current_actor, provide
from lms_core.hooks.site import Link, Panel, Viewer

REPORT_RANK = 10
# An attempt that runs goes before everything; an exam that was passed three times is offered, not urged.
OPEN_RANK = 2
NEXT_RANK = 40
READY_RANK = 150
# A result that changed is to be known soon; where to begin is an offer.
CHANGED_RANK = 20
BEGIN_RANK = 60
PROFILE_RANK = 120
# An outline that ends soon is urgent for whoever plans exams; one that was not looked at for long can wait a little.
ENDING_RANK = 30
WITHDRAWN_RANK = 20
STALE_RANK = 110
NAMED = 5


def report_panel(viewer: Viewer, attempt_id: UUID) -> Panel | None:
    """What a result is worth, where it was weakest, and what to do next. Shown to the one whose result it is."""
    found = provide(ReadinessService).weakest(Actor(viewer.person_id, language=viewer.language), attempt_id)
    if found is None:
        return None
    body = text(
        "This is our practice estimate. %(vendor)s neither made nor scored these questions, and the real result may "
        "lie elsewhere.",
        vendor=found.vendor,
    )
    share = text("%(percent)s %% of %(items)s questions", percent=round(found.percent), items=found.items)
    facts = (
        (text("Weakest domain"), text("%(value)s", value=found.titles)),
        (text("Share correct there"), share),
    )
    url = url_for("cert_prep.certification", code=found.code, _anchor=found.domain)
    return Panel(
        "cert_prep.next_step",
        text("What to do next"),
        body,
        (*facts, *_decided(viewer, attempt_id, found.vendor)),
        Link(url, text("See what belongs to this domain")),
        REPORT_RANK,
    )


def _decided(viewer: Viewer, attempt_id: UUID, vendor: str) -> Iterator[tuple[Text, Text]]:
    """By which version of which rule, on which facts, one's simulation began."""
    decision = provide(PracticeService).decision(Actor(viewer.person_id), attempt_id)
    for one in [decision, *decision["also"]] if decision else ():
        own = one["rule"] == OWN_RULE
        rule = (
            text("The academy's rule on sitting again") if own else text("%(vendor)s's rule on retakes", vendor=vendor)
        )
        counted = len(one["facts"]["earlier"])
        yield (
            rule,
            text("version %(version)s, simulations before: %(count)s", version=one["rule_version"], count=counted),
        )


def profile_panel(person_id: UUID) -> Panel | None:
    """How the person practised in the last four weeks; None where they did not, or the viewer may not know."""
    habit = provide(PracticeService).habit(current_actor(), person_id)
    if habit is None:
        return None
    body = text("In the last four weeks, with mock exams for %(codes)s.", codes=", ".join(habit.certifications))
    facts: tuple[tuple[Text, Text], ...] = (
        (text("Days with practice"), text("%(value)s", value=habit.days)),
        (text("Attempts begun"), text("%(value)s", value=habit.begun)),
        (text("Attempts handed in"), text("%(value)s", value=habit.finished)),
    )
    if len(habit.trend) > 1:
        facts = (*facts, (text("Last results"), text("%(value)s", value=" → ".join(f"{one} %" for one in habit.trend))))
    return Panel("cert_prep.habit", text("Practice for certifications"), body, facts, rank=PROFILE_RANK)


def home_panel() -> Panel | None:
    """An attempt that is open; else a result that changed; else the mock exam to sit next, or where to begin."""
    ready = provide(ReadinessService).next_exam(current_actor())
    if ready is None or not ready.listed.sat.open_id:
        person_id = current_actor().require_person()
        if news := _changed_result(person_id) or (None if ready else _beginning(person_id)):
            return news
    if ready is None:
        return None
    title = text("%(value)s", value=ready.exam.titles)
    label = text("Continue") if ready.listed.sat.open_id else text("Go to the exam")
    action = Link(url_for("assessment.exam", exam_id=ready.exam.id), label)
    progress = ready.passed / len(ready.results) if ready.results else None
    return Panel("cert_prep.readiness", title, _body(ready), (), action, _rank(ready), progress)


def dashboard_panel() -> Panel | None:
    """What of the catalogues needs somebody: one that was switched off; else outlines that are to be read anew."""
    return _withdrawn() or _outlines()


def _withdrawn() -> Panel | None:
    off = provide(WithdrawnService).listed()
    if not off:
        return None
    body = text(
        "Mock exams for their credentials can still be sat, without the vendor's waits and limits and without an "
        "outline. Switch the plugin on again, or tell those who run these exams."
    )
    facts = tuple(
        (text("%(value)s", value=titles), text("Off since %(day)s", day=since)) for titles, since in off[:NAMED]
    )
    action = Link(url_for("foundation.plugins"), text("See the plugins"))
    return Panel("cert_prep.withdrawn", text("Catalogues that were switched off"), body, facts, action, WITHDRAWN_RANK)


def _outlines() -> Panel | None:
    """Outlines that end within 90 days, and those that nobody compared with the vendor's page for as long."""
    listed = [one for one in provide(CatalogueReader).listed() if not one.standing.retired]
    ending = [one.certification.code for one in listed if one.standing.retires_in is not None]
    stale = [one.certification.code for one in listed if one.standing.stale]
    if not ending and not stale:
        return None
    body = text("Exams are made from these outlines. Compare them with the vendors' pages.")
    named = ((text("End within 90 days"), ending), (text("Not looked at for 90 days"), stale))
    facts = tuple((title, _codes(codes)) for title, codes in named if codes)
    action = Link(url_for("cert_prep.certifications"), text("See the certifications"))
    rank = ENDING_RANK if ending else STALE_RANK
    return Panel("cert_prep.outlines", text("Outlines to be read anew"), body, facts, action, rank)


def _codes(codes: Sequence[str]) -> Text:
    if len(codes) <= NAMED:
        return text("%(value)s", value=", ".join(codes))
    return text("%(codes)s and %(more)s more", codes=", ".join(codes[:NAMED]), more=len(codes) - NAMED)


def _changed_result(person_id: UUID) -> Panel | None:
    attempt_id = provide(PracticeService).changed_result(person_id)
    if attempt_id is None:
        return None
    body = text("One of your mock exams was graded anew, and its result is another one now.")
    action = Link(url_for("assessment.report", attempt_id=attempt_id), text("See the result"))
    return Panel("cert_prep.regraded", text("A result changed"), body, (), action, CHANGED_RANK)


def _beginning(person_id: UUID) -> Panel | None:
    if not provide(PracticeService).is_new(person_id):
        return None
    body = text("Choose a certification to see what it asks for, and practise with original questions.")
    action = Link(url_for("cert_prep.certifications"), text("See the certifications"))
    return Panel("cert_prep.beginning", text("Where to begin"), body, (), action, BEGIN_RANK)


def _rank(ready: Readiness) -> int:
    if ready.listed.sat.open_id:
        return OPEN_RANK
    return READY_RANK if ready.passed >= LAST else NEXT_RANK


def _body(ready: Readiness) -> Text:
    if ready.listed.sat.open_id:
        return text("You have begun it. Time runs on the server.")
    if not ready.results:
        return text(
            "%(items)s questions in %(minutes)s minutes. You have not sat it yet.",
            items=ready.exam.specification.total,
            minutes=ready.exam.specification.seconds // 60,
        )
    return text(
        "%(passed)s of your last %(count)s results reached our line. This is our practice estimate.",
        passed=ready.passed,
        count=len(ready.results),
    )
