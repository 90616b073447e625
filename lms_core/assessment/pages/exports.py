"""Exports from a page: choose a format, see what it cannot hold, take the file."""

from itertools import islice
from typing import Any
from uuid import UUID

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.banks import EXPORT_ITEMS, Bank
from lms_core.assessment.domain.formats import Exported
from lms_core.assessment.pages import pages
from lms_core.assessment.schemas.exports import ExportIn
from lms_core.assessment.service.banks import BankService, require_in
from lms_core.assessment.service.exports import ExportBank, ExportReport, ExportService
from lms_core.assessment.service.formats import FormatService
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.downloads import download
from lms_core.foundation.web.forms import Option, make_form, submitted
from lms_core.foundation.web.languages import language
from lms_core.foundation.web.schemas import PageIn, load, page_request


@pages.get("/banks/<uuid:bank_id>/export")
@access(EXPORT_ITEMS, scope="object")
def export_bank(bank_id: UUID) -> ResponseReturnValue:
    """Choose a format and a language; once chosen, what of each item the file would not hold."""
    actor = current_actor()
    bank = provide(BankService).get(actor, bank_id).bank
    require_in(actor, EXPORT_ITEMS, bank)
    chosen: dict[str, Any] = load(ExportIn(), _asked()) if "format" in request.args else {}
    report = provide(ExportService).preview(actor, ExportBank(bank_id, **chosen)) if chosen else None
    form = make_form(ExportIn(), chosen or {"language": language()}).with_options(format=_formats(bank))
    shown = _page(report, page_request(load(PageIn(), request.args))) if report else None
    return render_template(
        "assessment/banks/export.html", bank=bank, form=form, chosen=chosen, report=report, page=shown
    )


@pages.post("/banks/<uuid:bank_id>/export")
@access(EXPORT_ITEMS, scope="object")
def export_file(bank_id: UUID) -> ResponseReturnValue:
    """The file itself."""
    chosen = load(ExportIn(), submitted(ExportIn()))
    return exported_file(ExportBank(bank_id, **chosen))


def exported_file(command: ExportBank) -> Response:
    """A bank as a download."""
    report, stream = provide(ExportService).to_file(current_actor(), command)
    return download(stream, report.file)


def _asked() -> dict[str, Any]:
    given = {name: request.args[name] for name in ("format", "language") if name in request.args}
    return {**given, "everything": request.args.get("everything", "false")}


def _page(report: ExportReport, wanted: PageRequest) -> Page[Exported]:
    start = (wanted.number - 1) * wanted.size
    shown = list(islice(report.told, start, start + wanted.size))
    return Page(shown, len(report.told), wanted.number, wanted.size)


def _formats(bank: Bank) -> list[Option]:
    return [(each.name, each.titles.in_(language())) for each in provide(FormatService).written_at(bank.scopes)]
