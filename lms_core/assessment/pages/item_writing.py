"""Writing an item: its form, or its text, with the preview beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.banks import AUTHOR_ITEM, Bank, ItemChanged, WriteItem
from lms_core.assessment.domain.checks import problems
from lms_core.assessment.domain.dirt import doubts
from lms_core.assessment.domain.items import choices_of
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.banks import told
from lms_core.assessment.pages.item_forms import item_form, sent_item
from lms_core.assessment.pages.item_rows import ROWS
from lms_core.assessment.schemas.item_text import TEMPLATE, ItemTextIn, content_from, text_of
from lms_core.assessment.schemas.items import TYPES, ItemIn, content_of, values_of
from lms_core.assessment.service.banks import BankService, require_in
from lms_core.assessment.service.items import ItemService
from lms_core.foundation.errors import Conflict, Invalid, LmsError
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.errors import status_of
from lms_core.foundation.web.forms import make_form
from lms_core.foundation.web.schemas import load
from lms_core.hooks.items import ItemContent

FORMED = frozenset(name for name, _ in TYPES)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being written: a new item of a bank, or the next version of one."""

    bank: Bank
    item_id: UUID | None = None
    before: ItemContent | None = None
    version_id: UUID | None = None

    @property
    def read(self) -> UUID | None:
        """The version that the author had before them: the one the form names, else the newest."""
        return request.form.get("version_id", self.version_id, type=UUID)

    def content(self, values: Mapping[str, Any]) -> ItemContent:
        """What the values of a form, or a text, say. Raises Invalid."""
        if "lines" in values:
            return content_from(load(ItemTextIn(), values)["lines"], self.before)
        return content_of(load(ItemIn(), values), self.before)


@pages.route("/banks/<uuid:bank_id>/items/new", methods=["GET", "POST"])
@access(AUTHOR_ITEM, scope="object")
def new_item(bank_id: UUID) -> ResponseReturnValue:
    """Write an item in the form of its type."""
    listed = provide(BankService).get(current_actor(), bank_id)
    name = f"{listed.bank.slug}-{listed.total + 1:03d}"
    return _edited(Draft(listed.bank), {"identifier": name, "type": "choice", "licence": "LicenseRef-Own"})


@pages.route("/banks/<uuid:bank_id>/items/text", methods=["GET", "POST"])
@access(AUTHOR_ITEM, scope="object")
def new_item_text(bank_id: UUID) -> ResponseReturnValue:
    """Write an item as text: a case with its questions, or any other type."""
    listed = provide(BankService).get(current_actor(), bank_id)
    name = f"{listed.bank.slug}-{listed.total + 1:03d}"
    return _edited(Draft(listed.bank), {"lines": TEMPLATE.format(identifier=name)})


@pages.route("/items/<uuid:item_id>/edit", methods=["GET", "POST"])
@access(AUTHOR_ITEM, scope="object")
def edit_item(item_id: UUID) -> ResponseReturnValue:
    """Write a new version of an item: in its form where its type has one."""
    draft, content = _draft(item_id)
    return _edited(draft, values_of(content) if content.type in FORMED else {"lines": text_of(content)})


@pages.route("/items/<uuid:item_id>/text", methods=["GET", "POST"])
@access(AUTHOR_ITEM, scope="object")
def edit_item_text(item_id: UUID) -> ResponseReturnValue:
    """Write a new version of an item as text."""
    draft, content = _draft(item_id)
    return _edited(draft, {"lines": text_of(content)})


@pages.post("/banks/<uuid:bank_id>/preview")
@access(AUTHOR_ITEM, scope="object")
def preview(bank_id: UUID) -> ResponseReturnValue:
    """What is being written, as the trainee would see it, with what is wrong or doubtful about it."""
    listed = provide(BankService).get(current_actor(), bank_id)
    return render_template("assessment/banks/preview.html", **_previewed(Draft(listed.bank), _sent()))


def _draft(item_id: UUID) -> tuple[Draft, ItemContent]:
    shown = provide(ItemService).get(current_actor(), item_id)
    return Draft(shown.bank, item_id, shown.content, shown.version.id), shown.content


def _sent() -> dict[str, Any]:
    return {"lines": request.form["lines"]} if "lines" in request.form else sent_item()


def _edited(draft: Draft, values: Mapping[str, Any]) -> ResponseReturnValue:
    """The form, its preview, and what happens when it is sent."""
    require_in(current_actor(), AUTHOR_ITEM, draft.bank)
    if request.method != "POST":
        return _form(draft, values)
    sent = _sent()
    if ROWS in request.form:
        return _form(draft, sent)
    try:
        command = WriteItem(draft.bank.id, draft.content(sent), draft.item_id, draft.read)
        kept = provide(ItemService).write(current_actor(), command)
    except (Invalid, Conflict) as refused:
        return make_response(_form(draft, sent, refused), status_of(refused))
    return told(url_for("assessment.item", item_id=kept.id), text("Kept. Somebody else approves it now."))


def _form(draft: Draft, values: Mapping[str, Any], refused: LmsError | None = None) -> str:
    as_text = "lines" in values
    return render_template(
        "assessment/banks/item_text.html" if as_text else "assessment/banks/item_form.html",
        bank=draft.bank,
        draft=draft,
        # Whoever was told that the item had changed may write over it knowingly.
        read=draft.version_id if isinstance(refused, ItemChanged) else draft.read,
        form=make_form(ItemTextIn(), values, refused) if as_text else item_form(values, refused),
        **_previewed(draft, values),
    )


def _previewed(draft: Draft, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the preview shows: the content and, once something was sent, what is wrong or doubtful about it."""
    try:
        content = draft.content(values)
    except Invalid as wrong:
        asked = wrong if request.method == "POST" else None
        return {"content": draft.before, "wrong": asked, "problems": (), "doubts": ()}
    found = problems(content)
    # Other types draw their key from what is complete: an unfinished one has no preview yet.
    drawn = content if not found or choices_of(content) else None
    if request.method != "POST":
        return {"content": drawn, "wrong": None, "problems": (), "doubts": ()}
    return {"content": drawn, "wrong": None, "problems": found, "doubts": () if found else doubts(content)}
