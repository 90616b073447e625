"""The report of an attempt: the sentence first, then the estimate, the domains from the weakest, the questions."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms_core.assessment.domain.practice import PRACTICE
from lms_core.assessment.domain.results import NotSubmitted
from lms_core.assessment.domain.scoring import SectionScore, SlotScore
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.report_items import ReportItems
from lms_core.assessment.service import (
    ProctorService,
    QuestionReportService,
    Report,
    ResultService,
    SuitingService,
    payloads,
)
from lms_core.foundation.actors import Actor
from lms_core.foundation.remembered import Remembered
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.languages import language
from lms_core.hooks.assessment import ScaledScore
from lms_core.hooks.caller import Hooks, Shown
from lms_core.hooks.site import Viewer
from lms_core.people.service import DirectoryService

FIGURES = ("value", "low", "high", "least", "most", "line")
KEPT = 50
SHOWN = ("all", "wrong", "flagged")


@dataclass(frozen=True, slots=True)
class Question:
    """A solved question as its line of JSON, and what may narrow the list to it."""

    line: bytes
    score: SlotScore
    flagged: bool

    @property
    def correct(self) -> bool:
        """Whether it earned every point."""
        return self.score.points >= self.score.possible and not self.score.waits


@dataclass(frozen=True, slots=True)
class Solved:
    """The solved questions, and those of them that are shown."""

    every: Sequence[Question]
    show: str

    @classmethod
    def of(cls, found: Report, show: str) -> "Solved":
        """Those of a report, narrowed to what ``show`` says."""
        scores = {score.slot: score for score in found.result.slots}
        flagged = {slot for slot, kept in found.saved.items() if kept.flagged}
        lines = enumerate(payloads.solved_lines(found), start=1)
        return cls([Question(line, scores[slot], slot in flagged) for slot, line in lines], show)

    @property
    def shown(self) -> list[Question]:
        """The questions that were asked for."""
        return self.among(self.show)

    def among(self, kind: str) -> list[Question]:
        """All of them, those not right, or those flagged."""
        if kind == "wrong":
            return [one for one in self.every if not one.correct]
        return [one for one in self.every if kind != "flagged" or one.flagged]

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
    own = found.attempt.person_id == actor.person_id
    reported = provide(QuestionReportService).states(actor, found.attempt) if own else None
    drawn = provide(DrawnReports).drawn(found, show if show in SHOWN else "all", reported)
    solved = drawn.solved
    practised = own and found.attempt.mode == PRACTICE
    return render_template(
        "assessment/report.html",
        report=found,
        exam=found.exam,
        solved=solved,
        questions=drawn.questions,
        waits=sum(one.score.waits for one in solved.every),
        uncounted=[one.score.slot for one in solved.every if not one.score.scored],
        sentence=sentence(found, solved),
        scaled=_shown(found.result.scaled),
        close=_is_close(found),
        sections=[_bar(one, found) for one in sorted(found.result.sections, key=_weakness)],
        name="" if own else provide(DirectoryService).names([found.attempt.person_id])[found.attempt.person_id],
        panels=_panels(actor, found),
        progress=provide(ResultService).progress(found) if own else None,
        expected=provide(SuitingService).expected(actor, found.exam) if practised else None,
        suits=practised and provide(SuitingService).against(found.exam) is None,
        events=provide(ProctorService).own_events(actor, found.attempt),
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """The questions of a report, and those that are shown as HTML."""

    solved: Solved
    questions: Sequence[Markup]


@dataclass(frozen=True)
class DrawnReports:
    """Draws the questions of reports, and remembers them whole: people open a report several times over."""

    items: ReportItems
    _kept: Remembered[Hashable, Drawn] = field(
        default_factory=lambda: Remembered(KEPT), init=False, repr=False, compare=False
    )

    def drawn(self, found: Report, show: str, reported: Mapping[int, str] | None) -> Drawn:
        """The questions that ``show`` says; ``reported`` is None for a reader who sat another attempt.

        Everything they depend on stands in the key. A result never changes: there is a new revision.
        """
        person_id, told = found.attempt.person_id, None if reported is None else tuple(sorted(reported.items()))
        versions = (found.attempt.id, person_id, found.result.revision, found.exam.version)
        return self._kept.of((*versions, language(), show, told), lambda: self._draw(found, show, reported))

    def _draw(self, found: Report, show: str, reported: Mapping[int, str] | None) -> Drawn:
        solved = Solved.of(found, show)
        return Drawn(solved, list(_drawn(self.items, found, solved, reported)))


def _drawn(items: ReportItems, found: Report, solved: Solved, reported: Mapping[int, str] | None) -> Iterator[Markup]:
    """The questions that are shown, each case before the first of its own.

    ``reported`` tells how what one reported about a question stands; None for a reader who sat another attempt.
    """
    cases = {group["id"]: group for group in orjson.loads(payloads.groups(found.solution))}
    for one in solved.shown:
        here = next((name for name, case in cases.items() if case["from"] <= one.score.slot <= case["to"]), None)
        if here is not None:
            yield items.case(cases.pop(here))
        yield items.drawn(found.exam, one.line, one.score.domain)
        if reported is not None:
            yield items.reporting(found.attempt.id, one.score.slot, reported.get(one.score.slot, ""))


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


def _panels(actor: Actor, found: Report) -> tuple[Shown, ...]:
    person_id = actor.require_person()
    viewer = Viewer(person_id, language(), actor.places)
    return provide(Hooks).show_attempt_report(viewer, found.attempt.id, found.exam.scopes)
