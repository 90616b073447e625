"""The takedown log of a bank: withdrawing an item because somebody asks for it, and deciding on that."""

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.banks import REVIEW_ITEM, SEE_BANK
from lms_core.assessment.domain.question_reports import RequestTakedown
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.banks import bank_view, told
from lms_core.assessment.schemas.question_reports import OUTCOMES, TakedownDecisionIn, TakedownIn
from lms_core.assessment.service import BankService, ItemService, TakedownService
from lms_core.assessment.service.banks import require_in
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.forms import form_view
from lms_core.foundation.web.schemas import PageIn, load, page_request


@pages.get("/banks/<uuid:bank_id>/takedowns")
@access(SEE_BANK, scope="object")
def takedowns(bank_id: UUID) -> ResponseReturnValue:
    """Who asked for which item to be withdrawn, why, and what was done."""
    found = provide(TakedownService).find(current_actor(), bank_id, page_request(load(PageIn(), request.args)))
    return bank_view("takedowns.html", bank_id, page=found, outcomes=dict(OUTCOMES))


@pages.route("/items/<uuid:item_id>/takedown", methods=["GET", "POST"])
@access(REVIEW_ITEM, scope="object")
def new_takedown(item_id: UUID) -> ResponseReturnValue:
    """Withdraw an item at once, and log who asked for it."""
    actor = current_actor()
    shown = provide(ItemService).get(actor, item_id)
    require_in(actor, REVIEW_ITEM, shown.bank)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        provide(TakedownService).request(actor, RequestTakedown(item_id, **data))
        here = url_for("assessment.takedowns", bank_id=shown.bank.id)
        return told(here, text("The item was withdrawn. No exam asks it from now on."))

    return form_view(TakedownIn(), "assessment/banks/new_takedown.html", act, shown=shown, bank=shown.bank)


@pages.route("/banks/<uuid:bank_id>/takedowns/<uuid:takedown_id>", methods=["GET", "POST"])
@access(REVIEW_ITEM, scope="object")
def decide_takedown(bank_id: UUID, takedown_id: UUID) -> ResponseReturnValue:
    """Keep the item out, or let it be reviewed anew."""
    actor = current_actor()
    bank = provide(BankService).get(actor, bank_id).bank
    require_in(actor, REVIEW_ITEM, bank)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        provide(TakedownService).decide(actor, takedown_id, data["outcome"], data["done"])
        return told(url_for("assessment.takedowns", bank_id=bank_id), text("The decision was logged."))

    return form_view(TakedownDecisionIn(), "assessment/banks/takedown.html", act, bank=bank)
