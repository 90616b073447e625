"""The report of an attempt: the sentence first, then the estimate, the domains from the weakest, the questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.results import NotSubmitted
from lms_core.assessment.domain.scoring import SectionScore
from lms_core.assessment.pages import pages
from lms_core.assessment.service import Report, ResultService, payloads
from lms_core.foundation.actors import Actor
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.languages import language
from lms_core.hooks.assessment import ScaledScore
from lms_core.hooks.caller import Hooks
from lms_core.hooks.site import Panel, Viewer
from lms_core.people.service import DirectoryService, RoleService

FIGURES = ("value", "low", "high", "least", "most", "line")
SHOWN = ("all", "wrong", "flagged")


@dataclass(frozen=True, slots=True)
class Solved:
    """The solved questions, and those of them that are shown."""

    every: Sequence[dict[str, Any]]
    show: str

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The questions that were asked for."""
        return self.among(self.show)

    def among(self, kind: str) -> list[dict[str, Any]]:
        """All of them, those not right, or those flagged."""
        if kind == "wrong":
            return [one for one in self.every if not one["correct"]]
        return [one for one in self.every if kind != "flagged" or one["flagged"]]

    @property
    def right(self) -> int:
        """How many earned every point."""
        return len(self.every) - len(self.among("wrong"))


@pages.get("/attempts/<uuid:attempt_id>/report")
@access(SIGNED_IN, scope="object")
def report(attempt_id: UUID) -> ResponseReturnValue:
    """What an attempt earned and what to learn next. Reading another's is recorded."""
    actor = current_actor()
    try:
        found = provide(ResultService).report(actor, attempt_id, language())
    except NotSubmitted:
        return redirect(url_for("assessment.room", attempt_id=attempt_id))
    show = request.args.get("show", "all")
    solved = Solved(orjson.loads(payloads.solved(found)), show if show in SHOWN else "all")
    own = found.attempt.person_id == actor.person_id
    return render_template(
        "assessment/report.html",
        report=found,
        exam=found.exam,
        solved=solved,
        sentence=sentence(found, solved),
        scaled=_shown(found.result.scaled),
        close=_is_close(found),
        sections=[_bar(one, found) for one in sorted(found.result.sections, key=_weakness)],
        name="" if own else provide(DirectoryService).names([found.attempt.person_id])[found.attempt.person_id],
        panels=_panels(actor, found),
    )


def sentence(found: Report, solved: Solved) -> Text:
    """What came of it, in one sentence that claims no more than we know."""
    if found.result.scaled.passed is None:
        counts = {"right": solved.right, "all": len(solved.every)}
        return text("You answered %(right)s of %(all)s questions correctly in this mock exam.", **counts)
    if found.result.scaled.passed:
        return text("You are above our own pass line in this mock exam.")
    return text("You are below our own pass line in this mock exam.")


def _shown(scaled: ScaledScore) -> dict[str, Any]:
    """The score in figures as people read them: whole where they are whole, or large."""
    return {name: plain(getattr(scaled, name)) for name in FIGURES}


def plain(value: float | None) -> float | None:
    """``value`` without a decimal that says nothing."""
    if value is None:
        return None
    rounded = round(value, 1)
    return round(value) if rounded == int(rounded) or rounded >= 100 else rounded


def _is_close(found: Report) -> bool:
    """Whether the interval reaches over the line, so that another try could end otherwise."""
    scaled = found.result.scaled
    return scaled.line is not None and scaled.low <= scaled.line <= scaled.high


def _weakness(section: SectionScore) -> tuple[float, int]:
    return section.percent, -section.items


def _bar(section: SectionScore, found: Report) -> dict[str, Any]:
    quota = found.exam.specification.quota(section.domain)
    title = quota.titles.in_(language()) if quota else section.domain
    numbers = {"value": section.percent, "low": section.low, "high": section.high, "n": section.items}
    return {"title": title, "url": _next(found), **numbers}


def _next(found: Report) -> str:
    """Where to go on learning: the course that the exam belongs to, else more practice at the exam."""
    course_id = found.exam.place.course_id
    if course_id is not None:
        return url_for("catalog.course", course_id=course_id)
    return url_for("assessment.exam", exam_id=found.exam.id)


def _panels(actor: Actor, found: Report) -> list[Panel]:
    person_id = actor.require_person()
    viewer = Viewer(person_id, language(), provide(RoleService).places(person_id))
    shown = provide(Hooks).show_attempt_report(viewer, found.attempt.id, found.exam.scopes)
    return [one.panel for one in shown if one.panel]
