"""Imports from a page: a file, what it would do, the import itself, and the way back."""

from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast
from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.banks import IMPORT_ITEMS, SEE_BANK, Bank
from lms_core.assessment.domain.imports import ImportFile
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.banks import bank_view, rights, told
from lms_core.assessment.schemas.banks import LICENCE_OPTIONS, ImportIn
from lms_core.assessment.service.banks import BankService, require_in
from lms_core.assessment.service.formats import FormatService
from lms_core.assessment.service.imports import ImportService
from lms_core.assessment.service.staging import StagingService
from lms_core.foundation.errors import Conflict, Invalid, LmsError
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.errors import status_of
from lms_core.foundation.web.forms import Option, form_view
from lms_core.foundation.web.languages import language, say
from lms_core.foundation.web.schemas import PageIn, load, page_request
from lms_core.hooks.items import Provenance
from lms_core.people.service import DirectoryService


@pages.route("/banks/<uuid:bank_id>/import", methods=["GET", "POST"])
@access(IMPORT_ITEMS, scope="object")
def import_file(bank_id: UUID) -> ResponseReturnValue:
    """Choose a file and say where its items come from."""
    actor = current_actor()
    bank = provide(BankService).get(actor, bank_id).bank
    require_in(actor, IMPORT_ITEMS, bank)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        sent = request.files.get("file")
        if sent is None or not sent.filename:
            raise Invalid(fields={"file": (text("Choose a file."),)})
        given = Provenance(data["licence"], data["attribution"], data["author"], data["source"])
        name = PurePosixPath(sent.filename).name
        command = ImportFile(bank.slug, name, given, data["language"], data["format"])
        file_id = provide(StagingService).stage(actor, bank_id, command, cast("BinaryIO", sent.stream))
        return redirect(url_for("assessment.waiting_import", file_id=file_id))

    options = {"format": _formats(bank), "licence": _licences()}
    return form_view(ImportIn(), "assessment/banks/import.html", act, options=options, bank=bank)


@pages.get("/imports/waiting/<uuid:file_id>")
@access(IMPORT_ITEMS, scope="any")
def waiting_import(file_id: UUID) -> ResponseReturnValue:
    """What a file would do."""
    actor = current_actor()
    waiting = provide(StagingService).waiting(actor, file_id)
    bank = provide(BankService).by_slug(actor, waiting.command.bank)
    summary = waiting.report.summary(_wanted())
    given = {"waiting": waiting, "report": waiting.report, "bank": bank, "summary": summary}
    return render_template("assessment/banks/import_preview.html", **given)


@pages.post("/imports/waiting/<uuid:file_id>")
@access(IMPORT_ITEMS, scope="any")
def commit_import(file_id: UUID) -> ResponseReturnValue:
    """Keep what the file brings."""
    report = provide(StagingService).commit(current_actor(), file_id)
    new = report.counts["created"] + report.counts["updated"]
    message = text("%(count)s items came in. They wait for a second person's approval.", count=new)
    return told(url_for("assessment.shown_import", import_id=report.import_id), message)


@pages.get("/imports/<uuid:import_id>")
@access(SEE_BANK, scope="object")
def shown_import(import_id: UUID) -> ResponseReturnValue:
    """What an import did."""
    return _reported(import_id)


@pages.post("/imports/<uuid:import_id>/undo")
@access(IMPORT_ITEMS, scope="object")
def undo_import(import_id: UUID) -> ResponseReturnValue:
    """Take an import back."""
    try:
        provide(ImportService).undo(current_actor(), import_id)
    except Conflict as refused:
        return make_response(_reported(import_id, refused), status_of(refused))
    return told(url_for("assessment.shown_import", import_id=import_id), text("The import was taken back."))


@pages.get("/banks/<uuid:bank_id>/imports")
@access(SEE_BANK, scope="object")
def imports(bank_id: UUID) -> ResponseReturnValue:
    """The imports of a bank, the newest first."""
    found = provide(ImportService).find(current_actor(), bank_id, _wanted())
    return bank_view("imports.html", bank_id, page=found)


def _wanted() -> PageRequest:
    return page_request(load(PageIn(), request.args))


def _reported(import_id: UUID, refused: LmsError | None = None) -> str:
    shown = provide(ImportService).get(current_actor(), import_id, _wanted())
    names = provide(DirectoryService).names([shown.done.imported_by, shown.done.undone_by])
    may = rights(current_actor(), shown.bank)
    given = {"shown": shown, "done": shown.done, "bank": shown.bank, "names": names, "may": may, "refused": refused}
    return render_template("assessment/banks/import_report.html", **given)


def _formats(bank: Bank) -> list[Option]:
    found = provide(FormatService).at(bank.scopes)
    named = [(each.name, f"{each.titles.in_(language())} ({', '.join(each.suffixes)})") for each in found]
    return [("", say(text("By the file's name"))), *named]


def _licences() -> list[Option]:
    named = [(name, say(title)) for name, title in LICENCE_OPTIONS]
    return [("", say(text("As the file says; choose one for other formats"))), *named]
