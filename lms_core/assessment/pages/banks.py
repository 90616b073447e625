"""Banks: the list, a new one, and the items of one with what can be done to many of them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.banks import (
    AUTHOR_ITEM,
    EXPORT_ITEMS,
    IMPORT_ITEMS,
    REVIEW_ITEM,
    SEE_BANK,
    Bank,
    OpenBank,
)
from lms_core.assessment.pages import pages
from lms_core.assessment.schemas.banks import BankIn, BankQuery, ChosenIn, MapIn
from lms_core.assessment.service.banks import BankService, may_in
from lms_core.assessment.service.reviews import BulkOutcome, ReviewService
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Invalid
from lms_core.foundation.scopes import EVERYWHERE, Scope
from lms_core.foundation.text import Text, Titles, text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.forms import Option, form_view
from lms_core.foundation.web.languages import language, say
from lms_core.foundation.web.schemas import PageIn, load, page_request
from lms_core.organisation.domain import ORGANISATION_KINDS
from lms_core.organisation.service import CampusService, OrganisationService

FILTERS = ("state", "difficulty", "objective", "domain")


@pages.get("/banks")
@access(SEE_BANK, scope="any")
def banks() -> ResponseReturnValue:
    """The banks that one may see."""
    actor = current_actor()
    wanted = page_request(load(PageIn(), request.args))
    found = provide(BankService).find(actor, wanted)
    may_open = actor.almighty or bool(actor.where(AUTHOR_ITEM))
    return render_template("assessment/banks/banks.html", page=found, wanted=wanted, may_open=may_open)


@pages.route("/banks/new", methods=["GET", "POST"])
@access(AUTHOR_ITEM, scope="any")
def new_bank() -> ResponseReturnValue:
    """Open a bank."""
    actor = current_actor()

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        titles, place = Titles(data["title_ko"], data["title_en"]), _place(data["place"])
        bank = provide(BankService).open(actor, OpenBank(data["slug"], titles, place, data["certification"]))
        return told(url_for("assessment.bank", bank_id=bank.id), text("The bank is open. Write or import its items."))

    return form_view(BankIn(), "assessment/banks/new_bank.html", act, options={"place": _places(actor)})


@pages.get("/banks/<uuid:bank_id>")
@access(SEE_BANK, scope="object")
def bank(bank_id: UUID) -> ResponseReturnValue:
    """The items of a bank: search, filters, sorting, pages, bulk actions."""
    actor, service = current_actor(), provide(BankService)
    wanted = page_request(load(BankQuery(), request.args), *FILTERS, given=request.args)
    found = service.items(actor, bank_id, wanted)
    objectives = [("", say(text("All"))), *((one, one) for one in service.objectives(actor, bank_id))]
    return bank_view("bank.html", bank_id, page=found, wanted=wanted, objectives=objectives)


@pages.post("/banks/<uuid:bank_id>/approve")
@access(REVIEW_ITEM, scope="object")
def approve(bank_id: UUID) -> ResponseReturnValue:
    """Approve what was ticked."""
    data = _chosen(ChosenIn(), ())
    if data is None:
        return _back(bank_id)
    chosen = [(UUID(item), UUID(version)) for item, version in data["chosen"]]
    _tell(provide(ReviewService).approve(current_actor(), bank_id, chosen))
    return _back(bank_id)


@pages.post("/banks/<uuid:bank_id>/map")
@access(AUTHOR_ITEM, scope="object")
def map_items(bank_id: UUID) -> ResponseReturnValue:
    """Put what was ticked into a domain."""
    data = _chosen(MapIn(), ("certification", "domain"))
    if data is None:
        return _back(bank_id)
    items = [UUID(item) for item, _ in data["chosen"]]
    provide(ReviewService).map(current_actor(), bank_id, data["certification"], data["domain"], items)
    flash(say(text("%(count)s items were put into their domain.", count=len(items))), "success")
    return _back(bank_id)


def bank_view(template: str, bank_id: UUID, **shown: Any) -> str:
    """A page of a bank: under its title and its tabs, whatever ``template`` makes of ``shown``."""
    actor = current_actor()
    listed = provide(BankService).get(actor, bank_id)
    may = rights(actor, listed.bank)
    return render_template(f"assessment/banks/{template}", listed=listed, bank=listed.bank, may=may, **shown)


def rights(actor: Actor, bank: Bank) -> Mapping[str, bool]:
    """What the actor may do in this bank, for templates."""
    held = {"author": AUTHOR_ITEM, "review": REVIEW_ITEM, "import_": IMPORT_ITEMS, "export": EXPORT_ITEMS}
    return {name: may_in(actor, permission, bank) for name, permission in held.items()}


def told(url: str, message: Text) -> ResponseReturnValue:
    """Go on to ``url`` and say there what was done."""
    flash(say(message), "success")
    return redirect(url)


def _chosen(schema: ChosenIn, names: Sequence[str]) -> dict[str, Any] | None:
    """What was ticked, as pairs; None, with a word about it, if nothing sensible was."""
    sent = {name: request.form.get(name, "") for name in names} | {"chosen": request.form.getlist("chosen")}
    try:
        data = load(schema, sent)
        pairs = [each.split(".") for each in data["chosen"]]
        return data | {"chosen": [(str(UUID(item)), str(UUID(version))) for item, version in pairs]}
    except (Invalid, ValueError):
        flash(say(text("Tick the items first; for a domain, name the certification.")), "warning")
        return None


def _tell(outcome: BulkOutcome) -> None:
    if outcome.done:
        flash(say(text("%(count)s items were approved.", count=outcome.done)), "success")
    for skipped in outcome.skipped:
        message = text("“%(name)s” was left alone: %(reason)s", name=skipped.identifier, reason=skipped.reason)
        flash(say(message), "warning")


def _back(bank_id: UUID) -> ResponseReturnValue:
    """To the list as it was filtered."""
    here = url_for("assessment.bank", bank_id=bank_id)
    query = request.form.get("query", "")
    return redirect(f"{here}?{query}" if query else here)


def _place(written: str) -> Any:
    try:
        return BankIn.place_of(written or "site")
    except (ValueError, TypeError) as wrong:
        raise Invalid(fields={"place": (text("Choose one of the places."),)}) from wrong


def _places(actor: Actor) -> list[Option]:
    campuses = provide(CampusService).choices(actor, AUTHOR_ITEM)
    hosts = provide(OrganisationService).choices(ORGANISATION_KINDS, actor.language)
    places = [(Scope("campus", str(one.id)), one.titles) for one in campuses]
    places += [(Scope("organisation", str(one.id)), one.titles) for one in hosts if actor.may(AUTHOR_ITEM, one.scopes)]
    everywhere = [("site", say(text("The whole site")))] if actor.may(AUTHOR_ITEM, EVERYWHERE) else []
    return [*everywhere, *((str(scope), titles.in_(language())) for scope, titles in places)]
