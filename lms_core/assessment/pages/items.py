"""One item: how the trainee will see it, its history, writing it, deciding on it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.banks import AUTHOR_ITEM, REVIEW_ITEM, SEE_BANK, Bank, ReviewItem, WriteItem
from lms_core.assessment.domain.checks import problems
from lms_core.assessment.domain.dirt import doubts
from lms_core.assessment.domain.items import ANSWERABLE
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.banks import rights, told
from lms_core.assessment.pages.item_forms import MORE, item_form, sent_item
from lms_core.assessment.schemas.banks import ReviewIn
from lms_core.assessment.schemas.items import ItemIn, content_of, values_of
from lms_core.assessment.service.banks import BankService, require_in
from lms_core.assessment.service.items import ItemService
from lms_core.assessment.service.reviews import ReviewService
from lms_core.foundation.errors import Conflict, Invalid, LmsError
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.errors import status_of
from lms_core.foundation.web.forms import make_form
from lms_core.foundation.web.schemas import load
from lms_core.hooks.items import ItemContent
from lms_core.people.service import DirectoryService


@pages.get("/items/<uuid:item_id>")
@access(SEE_BANK, scope="object")
def item(item_id: UUID) -> ResponseReturnValue:
    """An item, or one of its versions with ``?version=``."""
    return _shown(item_id)


@pages.post("/items/<uuid:item_id>/review")
@access(REVIEW_ITEM, scope="object")
def review(item_id: UUID) -> ResponseReturnValue:
    """Approve or return the version that was read."""
    sent = {name: request.form.get(name, "") for name in ("version_id", "verdict", "note")}
    try:
        data = load(ReviewIn(), sent)
        command = ReviewItem(item_id, data["version_id"], data["verdict"], data["note"])
        provide(ReviewService).review(current_actor(), command)
    except (Invalid, Conflict) as refused:
        return _shown(item_id, refused, sent)
    approved = text("The item was approved. Exams may ask it now.")
    returned = text("The item was returned to its author.")
    return told(url_for("assessment.item", item_id=item_id), approved if data["verdict"] == "approved" else returned)


@pages.post("/items/<uuid:item_id>/retire")
@access(REVIEW_ITEM, scope="object")
def retire(item_id: UUID) -> ResponseReturnValue:
    """Ask an item no more."""
    provide(ReviewService).retire(current_actor(), item_id)
    return told(url_for("assessment.item", item_id=item_id), text("The item is retired. Past attempts keep it."))


@pages.route("/banks/<uuid:bank_id>/items/new", methods=["GET", "POST"])
@access(AUTHOR_ITEM, scope="object")
def new_item(bank_id: UUID) -> ResponseReturnValue:
    """Write an item."""
    listed = provide(BankService).get(current_actor(), bank_id)
    name = f"{listed.bank.slug}-{listed.total + 1:03d}"
    return _edited(listed.bank, {"identifier": name, "licence": "LicenseRef-Own"}, None, None)


@pages.route("/items/<uuid:item_id>/edit", methods=["GET", "POST"])
@access(AUTHOR_ITEM, scope="object")
def edit_item(item_id: UUID) -> ResponseReturnValue:
    """Write a new version of an item."""
    shown = provide(ItemService).get(current_actor(), item_id)
    if shown.content.type not in ANSWERABLE:
        raise Conflict(text("Items of this type are written as bank files and imported."))
    return _edited(shown.bank, values_of(shown.content), shown.content, item_id)


@pages.post("/banks/<uuid:bank_id>/preview")
@access(AUTHOR_ITEM, scope="object")
def preview(bank_id: UUID) -> ResponseReturnValue:
    """What is being written, as the trainee would see it, with what is wrong or doubtful about it."""
    provide(BankService).get(current_actor(), bank_id)
    try:
        content = content_of(load(ItemIn(), sent_item()))
    except Invalid as wrong:
        return render_template("assessment/banks/preview.html", content=None, wrong=wrong, problems=(), doubts=())
    found = problems(content)
    told_too = () if found else doubts(content)
    return render_template(
        "assessment/banks/preview.html", content=content, wrong=None, problems=found, doubts=told_too
    )


def _shown(
    item_id: UUID, refused: LmsError | None = None, sent: Mapping[str, Any] | None = None
) -> ResponseReturnValue:
    actor = current_actor()
    version_id = request.args.get("version", type=UUID) if request.method == "GET" else None
    shown = provide(ItemService).get(actor, item_id, version_id)
    people = [each.created_by for each in shown.versions] + [each.reviewer_id for each in shown.reviews]
    names = provide(DirectoryService).names(people)
    form = make_form(ReviewIn(), sent or {"version_id": shown.version.id}, refused)
    may = rights(actor, shown.bank)
    own = not shown.version.may_be_approved_by(actor.person_id)
    page = render_template(
        "assessment/banks/item.html",
        shown=shown,
        names=names,
        form=form,
        may=may,
        own=own,
        writable=shown.content.type in ANSWERABLE,
    )
    return make_response(page, status_of(refused)) if refused else page


def _edited(
    bank: Bank, values: Mapping[str, Any], before: ItemContent | None, item_id: UUID | None
) -> ResponseReturnValue:
    """The form, its preview, and what happens when it is sent."""
    require_in(current_actor(), AUTHOR_ITEM, bank)
    if request.method != "POST":
        return _form(bank, values, before, None)
    sent = sent_item()
    if MORE in request.form:
        return _form(bank, sent, before, None, more=True)
    try:
        content = content_of(load(ItemIn(), sent), before)
        kept = provide(ItemService).write(current_actor(), WriteItem(bank.id, content, item_id))
    except (Invalid, Conflict) as refused:
        return make_response(_form(bank, sent, before, refused), status_of(refused))
    return told(url_for("assessment.item", item_id=kept.id), text("Kept. Somebody else approves it now."))


def _form(
    bank: Bank, values: Mapping[str, Any], before: ItemContent | None, refused: LmsError | None, *, more: bool = False
) -> str:
    try:
        content: ItemContent | None = content_of(load(ItemIn(), values), before)
    except Invalid:
        content = before
    form = item_form(values, refused, more=more)
    return render_template(
        "assessment/banks/item_form.html", bank=bank, form=form, content=content, is_new=before is None
    )
