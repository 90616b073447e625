"""Keeping a bank sound: references to read again, questions that are alike, and what changed between versions."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.banks import REVIEW_ITEM, SEE_BANK
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.banks import bank_view, told
from lms_core.assessment.schemas.upkeep import FIELD_NAMES, LikenessIn, LikenessQuery, StaleQuery
from lms_core.assessment.service import ItemService, UpkeepService
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.languages import say
from lms_core.foundation.web.schemas import load, page_request
from lms_core.people.service import DirectoryService


@pages.get("/banks/<uuid:bank_id>/references")
@access(SEE_BANK, scope="object")
def stale_references(bank_id: UUID) -> ResponseReturnValue:
    """The items of a bank whose references have to be read again, the first due first."""
    service = provide(UpkeepService)
    wanted = page_request(load(StaleQuery(), request.args), "due", given=request.args)
    found = service.stale(current_actor(), bank_id, wanted)
    names = provide(DirectoryService).names(one.owner_id for one in found.items if one.owner_id)
    return bank_view("stale_references.html", bank_id, page=found, wanted=wanted, today=service.today, names=names)


@pages.get("/banks/<uuid:bank_id>/alike")
@access(SEE_BANK, scope="object")
def alike(bank_id: UUID) -> ResponseReturnValue:
    """Questions of a bank that are nearly equal, side by side."""
    wanted = page_request(load(LikenessQuery(), request.args), "state", given=request.args)
    found = provide(UpkeepService).alike(current_actor(), bank_id, wanted)
    deciders = (one.decision.decided_by for one in found.page.items if one.decision and one.decision.decided_by)
    names = provide(DirectoryService).names(deciders)
    return bank_view("alike.html", bank_id, found=found, page=found.page, wanted=wanted, names=names)


@pages.post("/banks/<uuid:bank_id>/alike")
@access(REVIEW_ITEM, scope="object")
def decide_likeness(bank_id: UUID) -> ResponseReturnValue:
    """Say whether two items ask the same."""
    data = load(LikenessIn(), request.form)
    provide(UpkeepService).decide(current_actor(), bank_id, data["first"], data["second"], data["verdict"])
    return told(url_for("assessment.alike", bank_id=bank_id), text("Remembered, with your name and the day."))


@pages.get("/items/<uuid:item_id>/changes")
@access(SEE_BANK, scope="object")
def item_changes(item_id: UUID) -> ResponseReturnValue:
    """What changed from one version of an item (``from``) to another (``to``)."""
    actor = current_actor()
    before, after = (request.args.get(name, type=UUID) for name in ("from", "to"))
    shown = provide(ItemService).compare(actor, item_id, before, after)
    if len(shown.versions) == 1:
        return redirect(url_for("assessment.item", item_id=item_id))
    names = {name: say(title) for name, title in FIELD_NAMES.items()}
    return render_template("assessment/banks/item_changes.html", shown=shown, bank=shown.bank, field_names=names)
