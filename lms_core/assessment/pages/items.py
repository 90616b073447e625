"""One item: how the trainee will see it, its history, and deciding on it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.banks import REVIEW_ITEM, SEE_BANK, RetireItem, ReviewItem
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.banks import rights, told
from lms_core.assessment.schemas.banks import RetireIn, ReviewIn
from lms_core.assessment.service.items import ItemService
from lms_core.assessment.service.reviews import ReviewService
from lms_core.foundation.errors import Conflict, Invalid, LmsError
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.errors import status_of
from lms_core.foundation.web.forms import make_form
from lms_core.foundation.web.schemas import load
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
    sent = {name: request.form.get(name, "") for name in ("why", "successor")}
    try:
        command = RetireItem(item_id, **load(RetireIn(), sent))
        provide(ReviewService).retire(current_actor(), command)
    except Invalid as refused:
        return _shown(item_id, refused, retirement=sent)
    return told(url_for("assessment.item", item_id=item_id), text("The item is retired. Past attempts keep it."))


def _shown(
    item_id: UUID,
    refused: LmsError | None = None,
    sent: Mapping[str, Any] | None = None,
    retirement: Mapping[str, Any] | None = None,
) -> ResponseReturnValue:
    actor = current_actor()
    version_id = request.args.get("version", type=UUID) if request.method == "GET" else None
    shown = provide(ItemService).get(actor, item_id, version_id)
    people = [each.created_by for each in shown.versions] + [each.reviewer_id for each in shown.reviews]
    names = provide(DirectoryService).names(people)
    form = make_form(ReviewIn(), sent or {"version_id": shown.version.id}, refused if retirement is None else None)
    retiring = make_form(RetireIn(), retirement or {}, refused if retirement is not None else None)
    may = rights(actor, shown.bank)
    own = not shown.version.may_be_approved_by(actor.person_id)
    page = render_template(
        "assessment/banks/item.html",
        shown=shown,
        names=names,
        form=form,
        retiring=retiring,
        may=may,
        own=own,
    )
    return make_response(page, status_of(refused)) if refused else page
