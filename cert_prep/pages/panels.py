"""What cert_prep shows on other pages: under a report, and at home."""

from uuid import UUID

from flask import url_for

from cert_prep.service import LAST, Readiness, ReadinessService
from lms_core.foundation.actors import Actor
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import current_actor, provide
from lms_core.hooks.site import Link, Panel, Viewer

REPORT_RANK = 10
# An attempt that runs goes before everything; an exam that was passed three times is offered, not urged.
OPEN_RANK = 2
NEXT_RANK = 40
READY_RANK = 150


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
        facts,
        Link(url, text("See what belongs to this domain")),
        REPORT_RANK,
    )


def home_panel() -> Panel | None:
    """The mock exam to sit next, with how the last ones went."""
    ready = provide(ReadinessService).next_exam(current_actor())
    if ready is None:
        return None
    title = text("%(value)s", value=ready.exam.titles)
    label = text("Continue") if ready.listed.sat.open_id else text("Go to the exam")
    action = Link(url_for("assessment.exam", exam_id=ready.exam.id), label)
    progress = ready.passed / len(ready.results) if ready.results else None
    return Panel("cert_prep.readiness", title, _body(ready), (), action, _rank(ready), progress)


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
