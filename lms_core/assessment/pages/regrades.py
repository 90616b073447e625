"""Regrading: which question, what is to hold of it, the preview, the application, and the record."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.banks import SEE_BANK
from lms_core.assessment.domain.regrades import KINDS, REGRADE, ProposeRegrade, Ruling
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.banks import told
from lms_core.assessment.schemas.regrades import EFFECT_NAMES, RegradeIn
from lms_core.assessment.service import ItemService, RegradeService
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.forms import Option, form_view
from lms_core.foundation.web.languages import say
from lms_core.foundation.web.schemas import PageIn, load, page_request
from lms_core.people.service import DirectoryService


@pages.get("/authoring/<uuid:exam_id>/regrades")
@access(REGRADE, scope="object")
def regrades(exam_id: UUID) -> ResponseReturnValue:
    """What was proposed and applied at an exam."""
    wanted = page_request(load(PageIn(), request.args))
    exam, found = provide(RegradeService).of_exam(current_actor(), exam_id, wanted)
    names = provide(DirectoryService).names(one.proposed_by for one in found.items if one.proposed_by)
    return render_template("assessment/regrades.html", exam=exam, page=found, names=names, effects=EFFECT_NAMES)


@pages.get("/authoring/<uuid:exam_id>/questions")
@access(REGRADE, scope="object")
def asked_questions(exam_id: UUID) -> ResponseReturnValue:
    """The questions that an exam asks, to choose the one that is to be regraded."""
    wanted = page_request(load(PageIn(), request.args))
    exam, found = provide(RegradeService).questions(current_actor(), exam_id, wanted)
    return render_template("assessment/asked_questions.html", exam=exam, page=found, wanted=wanted)


@pages.route("/authoring/<uuid:exam_id>/questions/<uuid:version_id>/<int:part>/regrade", methods=["GET", "POST"])
@access(REGRADE, scope="object")
def new_regrade(exam_id: UUID, version_id: UUID, part: int) -> ResponseReturnValue:
    """Say what is to hold of a question, and see what that would change: nothing changes yet."""
    shown = provide(RegradeService).question(current_actor(), exam_id, version_id, part)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        command = ProposeRegrade(exam_id, Ruling(version_id, part, data["effect"]), data["reason"])
        proposed = provide(RegradeService).propose(current_actor(), command)
        there = url_for("assessment.regrade", regrade_id=proposed.id)
        return told(there, text("This is what would change. Nothing has changed yet."))

    options: list[Option] = [(effect, say(EFFECT_NAMES[effect])) for effect in shown.effects]
    return form_view(RegradeIn(), "assessment/new_regrade.html", act, options={"effect": options}, shown=shown)


@pages.get("/regrades/<uuid:regrade_id>")
@access(REGRADE, scope="object")
def regrade(regrade_id: UUID) -> ResponseReturnValue:
    """A preview with whose score would change, how far its application is, or the record."""
    actor, kind = current_actor(), request.args.get("kind", "all")
    shown = provide(RegradeService).shown(actor, regrade_id)
    kind = kind if kind in KINDS else "all"
    wanted = page_request(load(PageIn(), request.args), "kind", given={"kind": kind})
    found = provide(RegradeService).changes(actor, regrade_id, wanted)
    known = [shown.regrade.proposed_by, shown.regrade.approved_by, *(one.person_id for one in found.items)]
    return render_template(
        "assessment/regrade.html",
        shown=shown,
        regrade=shown.regrade,
        page=found,
        kind=kind,
        effect=EFFECT_NAMES[shown.regrade.ruling.effect],
        names=provide(DirectoryService).names(one for one in known if one),
    )


@pages.post("/regrades/<uuid:regrade_id>/approval")
@access(REGRADE, scope="object")
def approve_regrade(regrade_id: UUID) -> ResponseReturnValue:
    """Apply what was previewed."""
    provide(RegradeService).approve(current_actor(), regrade_id)
    return told(url_for("assessment.regrade", regrade_id=regrade_id), text("The regrade is applied."))


@pages.post("/regrades/<uuid:regrade_id>/discarding")
@access(REGRADE, scope="object")
def discard_regrade(regrade_id: UUID) -> ResponseReturnValue:
    """Leave everything as it is."""
    provide(RegradeService).discard(current_actor(), regrade_id)
    return told(url_for("assessment.regrade", regrade_id=regrade_id), text("The preview is discarded."))


@pages.get("/items/<uuid:item_id>/exams")
@access(SEE_BANK, scope="object")
def exams_asking(item_id: UUID) -> ResponseReturnValue:
    """The exams that ask an item, and the way to regrade each."""
    actor = current_actor()
    shown = provide(ItemService).get(actor, item_id)
    wanted = page_request(load(PageIn(), request.args))
    found = provide(RegradeService).asking(actor, item_id, wanted)
    may = {one.exam.id for one in found.items if actor.may(REGRADE, one.exam.scopes)}
    return render_template("assessment/exams_asking.html", shown=shown, page=found, may=may)
