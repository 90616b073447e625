"""Banks, their items, approval, and imports."""

from typing import Any
from uuid import UUID

from flask import Response

from lms_core.assessment.api.blueprint import api
from lms_core.assessment.domain.banks import (
    AUTHOR_ITEM,
    EXPORT_ITEMS,
    IMPORT_ITEMS,
    REVIEW_ITEM,
    SEE_BANK,
    OpenBank,
    RetireItem,
    ReviewItem,
    WriteItem,
)
from lms_core.assessment.domain.imports import ImportFile
from lms_core.assessment.schemas.bank_shapes import (
    ApprovalIn,
    BankOut,
    BulkOut,
    ItemOut,
    ItemShownOut,
    bank_shown,
    bulk_shown,
    item_listed,
    item_shown,
)
from lms_core.assessment.schemas.banks import BankIn, ItemQueryIn, RetireIn, ReviewIn
from lms_core.assessment.schemas.exports import ExportIn, ExportOut, ExportQueryIn, export_page
from lms_core.assessment.schemas.imports import (
    MOST_TOLD,
    ImportOut,
    ImportSentIn,
    RejectedOut,
    UndoneOut,
    body_of,
    import_told,
    rejected_told,
)
from lms_core.assessment.schemas.items import ItemIn, content_of
from lms_core.assessment.service import (
    BankService,
    ExportBank,
    ExportService,
    ImportService,
    ItemService,
    ReviewService,
)
from lms_core.foundation.errors import Invalid
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.text import Titles, text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.api import PageIn, page_of
from lms_core.foundation.web.downloads import download
from lms_core.foundation.web.languages import language, say
from lms_core.foundation.web.schemas import page_request
from lms_core.hooks.items import Provenance

FILTERS = ("state", "type", "difficulty", "objective", "language", "domain")


@api.get("/banks")
@api.arguments(PageIn, location="query")
@api.response(200, page_of(BankOut))
@access(SEE_BANK, scope="any")
def banks(query: dict[str, Any]) -> dict[str, Any]:
    """The banks one may see, by title."""
    found = provide(BankService).find(current_actor(), page_request(query))
    return {"items": [bank_shown(one) for one in found.items], "next": found.next, "total": found.total}


@api.post("/banks")
@api.arguments(BankIn)
@api.response(201, BankOut)
@api.alt_response(409, description="slug-taken")
@access(AUTHOR_ITEM, scope="any")
def open_bank(told: dict[str, Any]) -> dict[str, Any]:
    """Open a bank."""
    try:
        place = BankIn.place_of(told["place"])
    except (ValueError, TypeError) as wrong:
        raise Invalid(fields={"place": (text("Choose one of the places."),)}) from wrong
    titles = Titles(told["title_ko"], told["title_en"])
    bank = provide(BankService).open(current_actor(), OpenBank(told["slug"], titles, place, told["certification"]))
    return bank_shown(provide(BankService).get(current_actor(), bank.id))


@api.get("/banks/<uuid:bank_id>")
@api.response(200, BankOut)
@api.alt_response(404, description="No bank that one may see")
@access(SEE_BANK, scope="object")
def bank(bank_id: UUID) -> dict[str, Any]:
    """One bank."""
    return bank_shown(provide(BankService).get(current_actor(), bank_id))


@api.get("/banks/<uuid:bank_id>/items")
@api.arguments(ItemQueryIn, location="query")
@api.response(200, page_of(ItemOut))
@api.alt_response(404, description="No bank that one may see")
@access(SEE_BANK, scope="object")
def items(query: dict[str, Any], bank_id: UUID) -> dict[str, Any]:
    """The items of a bank."""
    wanted = page_request(query, *FILTERS, given={name: query[name] for name in FILTERS})
    found = provide(BankService).items(current_actor(), bank_id, wanted)
    return {"items": [item_listed(one, language()) for one in found.items], "next": found.next, "total": found.total}


@api.post("/banks/<uuid:bank_id>/items")
@api.arguments(ItemIn)
@api.response(201, ItemShownOut)
@api.alt_response(404, description="No bank that one may see")
@api.alt_response(409, description="identifier-taken or same-item")
@access(AUTHOR_ITEM, scope="object")
def write_item(told: dict[str, Any], bank_id: UUID) -> dict[str, Any]:
    """Write a single or multiple choice item, for somebody else to approve."""
    item = provide(ItemService).write(current_actor(), WriteItem(bank_id, content_of(told)))
    return _item(item.id)


@api.get("/items/<uuid:item_id>")
@api.response(200, ItemShownOut)
@api.alt_response(404, description="No item that one may see")
@access(SEE_BANK, scope="object")
def item(item_id: UUID) -> dict[str, Any]:
    """One item as it is newest."""
    return _item(item_id)


@api.post("/items/<uuid:item_id>/versions")
@api.arguments(ItemIn)
@api.response(201, ItemShownOut)
@api.alt_response(404, description="No item that one may see")
@api.alt_response(409, description="same-item")
@access(AUTHOR_ITEM, scope="object")
def write_version(told: dict[str, Any], item_id: UUID) -> dict[str, Any]:
    """Write a new version. What was approved stays in use until this one is."""
    shown = provide(ItemService).get(current_actor(), item_id)
    content = content_of(told, shown.content)
    provide(ItemService).write(current_actor(), WriteItem(shown.bank.id, content, item_id))
    return _item(item_id)


@api.post("/items/<uuid:item_id>/reviews")
@api.arguments(ReviewIn)
@api.response(201, ItemShownOut)
@api.alt_response(403, description="own-work: somebody else has to approve it")
@api.alt_response(404, description="No item that one may see")
@api.alt_response(409, description="review-outdated: the item was changed meanwhile")
@access(REVIEW_ITEM, scope="object")
def review(told: dict[str, Any], item_id: UUID) -> dict[str, Any]:
    """Approve or return the version that was read."""
    provide(ReviewService).review(current_actor(), ReviewItem(item_id=item_id, **told))
    return _item(item_id)


@api.post("/items/<uuid:item_id>/retirement")
@api.arguments(RetireIn)
@api.response(200, ItemShownOut)
@api.alt_response(404, description="No item that one may see")
@access(REVIEW_ITEM, scope="object")
def retire(told: dict[str, Any], item_id: UUID) -> dict[str, Any]:
    """Ask an item no more; past attempts keep it."""
    provide(ReviewService).retire(current_actor(), RetireItem(item_id, **told))
    return _item(item_id)


@api.post("/banks/<uuid:bank_id>/approvals")
@api.arguments(ApprovalIn)
@api.response(200, BulkOut)
@api.alt_response(404, description="No bank that one may see, or an item of another one")
@access(REVIEW_ITEM, scope="object")
def approve(told: dict[str, Any], bank_id: UUID) -> dict[str, Any]:
    """Approve several versions; what cannot be approved is left alone and told."""
    chosen = [(one["item_id"], one["version_id"]) for one in told["items"]]
    return bulk_shown(provide(ReviewService).approve(current_actor(), bank_id, chosen), say)


@api.post("/banks/<uuid:bank_id>/imports")
@api.arguments(ImportSentIn)
@api.response(200, ImportOut)
@api.alt_response(404, description="No bank that one may see")
@api.alt_response(413, description="file-too-large")
@access(IMPORT_ITEMS, scope="object")
def import_file(told: dict[str, Any], bank_id: UUID) -> dict[str, Any]:
    """Try a file of items, or with ``commit`` bring them in, to be reviewed: all of it or nothing."""
    actor, service = current_actor(), provide(ImportService)
    slug = provide(BankService).get(actor, bank_id).bank.slug
    given = Provenance(told["licence"], told["attribution"], told["author"], told["source"])
    command = ImportFile(slug, told["file"], given, told["language"], told["format"])
    report = (service.commit if told["commit"] else service.preview)(actor, command, body_of(told))
    return import_told(report, say, MOST_TOLD)


@api.get("/imports/<uuid:import_id>/rejected")
@api.arguments(PageIn, location="query")
@api.response(200, page_of(RejectedOut))
@api.alt_response(404, description="No import that one may see")
@access(SEE_BANK, scope="object")
def rejected(query: dict[str, Any], import_id: UUID) -> dict[str, Any]:
    """One page of the items that an import rejected."""
    found = provide(ImportService).get(current_actor(), import_id, page_request(query)).summary.rejected
    shown = [rejected_told(row, say) for row in found.items]
    return {"items": shown, "next": found.next, "total": found.total}


@api.get("/banks/<uuid:bank_id>/exports")
@api.arguments(ExportQueryIn, location="query")
@api.response(200, ExportOut)
@api.alt_response(404, description="No bank that one may see")
@access(EXPORT_ITEMS, scope="object")
def preview_export(told: dict[str, Any], bank_id: UUID) -> dict[str, Any]:
    """What of each item a file would not hold, by page; no file is made."""
    command = ExportBank(bank_id, told["format"], told["language"], told["everything"])
    return export_page(
        provide(ExportService).preview(current_actor(), command), PageRequest(told["page"], told["size"]), say
    )


@api.post("/banks/<uuid:bank_id>/exports")
@api.arguments(ExportIn)
@api.response(200, {"type": "string", "format": "binary"}, content_type="application/octet-stream")
@api.alt_response(404, description="No bank that one may see")
@access(EXPORT_ITEMS, scope="object")
def export_file(told: dict[str, Any], bank_id: UUID) -> Response:
    """The file itself: the approved items, or with ``everything`` all that are not retired."""
    report, stream = provide(ExportService).to_file(current_actor(), ExportBank(bank_id, **told))
    return download(stream, report.file)


@api.delete("/imports/<uuid:import_id>")
@api.response(200, UndoneOut)
@api.alt_response(404, description="No import that one may see")
@api.alt_response(409, description="import-undone, or import-in-use with the items that stand in the way")
@access(IMPORT_ITEMS, scope="object")
def undo_import(import_id: UUID) -> dict[str, Any]:
    """Take an import back, as long as nothing uses its items."""
    provide(ImportService).undo(current_actor(), import_id)
    return {"import_id": str(import_id), "undone": True}


def _item(item_id: UUID) -> dict[str, Any]:
    return item_shown(provide(ItemService).get(current_actor(), item_id), language(), say)
