"""Marking answers: what waits at an exam, and one answer beside its rubric."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.interactions.extended_text import written
from lms_core.assessment.domain.marking import LONGEST_NOTE, MARK_ANSWERS, STATES, WAITS, MarkAnswer
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.banks import told
from lms_core.assessment.service import AnswerShown, MarkingService
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, fields, provide
from lms_core.foundation.web.forms import form_view
from lms_core.foundation.web.languages import language
from lms_core.foundation.web.schemas import PageIn, Schema, load, page_request
from lms_core.people.service import DirectoryService


@pages.get("/authoring/<uuid:exam_id>/marking")
@access(MARK_ANSWERS, scope="object")
def marking(exam_id: UUID) -> ResponseReturnValue:
    """Answers that wait for a mark, or those that have one."""
    state = request.args.get("state", WAITS)
    shown = state if state in STATES else WAITS
    wanted = page_request(load(PageIn(), request.args), "state", given={"state": shown})
    exam, found = provide(MarkingService).queue(current_actor(), exam_id, wanted)
    return render_template("assessment/marking.html", exam=exam, page=found, state=shown, states=STATES)


@pages.route("/attempts/<uuid:attempt_id>/answers/<int:slot>/mark", methods=["GET", "POST"])
@access(MARK_ANSWERS, scope="object")
def mark(attempt_id: UUID, slot: int) -> ResponseReturnValue:
    """One answer beside its rubric: who wrote it is not told."""
    shown = provide(MarkingService).shown(current_actor(), attempt_id, slot, language())
    names = {_field(place): line["id"] for place, line in enumerate(shown.solved["rubric"])}

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        points = {criterion: data[name] for name, criterion in names.items()}
        command = MarkAnswer(attempt_id, slot, points, data["note"], data["seen"])
        provide(MarkingService).mark(current_actor(), command)
        there = url_for("assessment.marking", exam_id=shown.exam.id)
        return told(there, text("The mark is kept. The result follows it."))

    return form_view(
        _schema(shown),
        "assessment/mark.html",
        act,
        values={"seen": len(shown.marks), **_given(shown)},
        shown=shown,
        criteria=list(zip(names, shown.solved["rubric"], strict=True)),
        answer=written(shown.response or None),
        names=provide(DirectoryService).names(one.marked_by for one in shown.marks if one.marked_by),
    )


def _field(place: int) -> str:
    return f"criterion{place}"


def _schema(shown: AnswerShown) -> Schema:
    """A field for each criterion, within what it is worth."""
    worth = {
        _field(place): fields.Float(
            required=True,
            validate=fields.Range(min=0, max=_plain(line["points"])),
            metadata={"label": text("Points, at most %(most)s", most=_plain(line["points"]))},
        )
        for place, line in enumerate(shown.solved["rubric"])
    }
    note = fields.String(
        load_default="",
        validate=fields.Length(max=LONGEST_NOTE),
        metadata={"label": text("Note for those who mark"), "kind": "textarea"},
    )
    seen = fields.Integer(required=True, metadata={"kind": "hidden"})
    made: type[Schema] = Schema.from_dict({**worth, "note": note, "seen": seen})  # type: ignore[assignment]
    return made()


def _plain(worth: float) -> float | int:
    """Without a decimal that says nothing."""
    return int(worth) if worth == int(worth) else worth


def _given(shown: AnswerShown) -> dict[str, Any]:
    """What the last mark gave, for the second look."""
    if not shown.marks:
        return {}
    last = shown.marks[-1]
    return {_field(place): last.points.get(line["id"]) for place, line in enumerate(shown.solved["rubric"])}
