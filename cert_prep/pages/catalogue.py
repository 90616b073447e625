"""The catalogue as people read it, and the form that makes a mock exam."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cert_prep.domain import words
from cert_prep.domain.mock_exams import AUTHOR, ITEMS, MINUTES, reasons_against
from cert_prep.domain.retakes import RULED_MODE, Outlook
from cert_prep.pages import pages
from cert_prep.schemas import MockExamIn, VersionQuery
from cert_prep.service import BankLoader, CatalogueReader, Listed, MockExamService, RuleService, shares
from lms_core.assessment.service import AttemptService
from lms_core.foundation.actors import Actor
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.forms import Option, form_view
from lms_core.foundation.web.languages import language, say
from lms_core.foundation.web.schemas import load
from lms_core.hooks.site import SearchHit


@pages.get("/")
@access(SIGNED_IN)
def certifications() -> ResponseReturnValue:
    """Every credential, vendor by vendor, the retired ones last. Search: code or title."""
    search = request.args.get("search", "").strip()[:100]
    every = provide(CatalogueReader).listed()
    found = [one for one in every if _matches(one, search.lower())]
    vendors = list(dict.fromkeys(one.certification.vendor for one in found))
    return render_template(
        "cert_prep/certifications.html", found=found, vendors=vendors, total=len(every), search=search, words=words
    )


@pages.get("/<string:code>")
@access(SIGNED_IN)
def certification(code: str) -> ResponseReturnValue:
    """One credential: its outline with ranges and counts, what is known of the exam, sources and their age."""
    query = load(VersionQuery(), {name: value for name, value in request.args.items() if name in {"as_of", "items"}})
    found = provide(CatalogueReader).get(code, query["as_of"])
    reasons = reasons_against(found.certification, found.specification, provide(CatalogueReader).today)
    return render_template(
        "cert_prep/certification.html",
        found=found,
        shares=shares(found.specification, query["items"]),
        items=query["items"],
        outlook=_outlook(code),
        own_rules=sorted(provide(RuleService).own_versions, key=lambda one: one.effective_from, reverse=True),
        may_make=bool(current_actor().where(AUTHOR)) and not reasons,
        words=words,
    )


def _outlook(code: str) -> Outlook | None:
    begun = provide(AttemptService).begun(current_actor(), code, RULED_MODE)
    return provide(RuleService).outlook(code, begun)


@pages.route("/<string:code>/mock-exams/new", methods=["GET", "POST"])
@access(AUTHOR, scope="any")
def make_exam(code: str) -> ResponseReturnValue:
    """Draft a mock exam from an outline."""
    actor = current_actor()
    found = provide(CatalogueReader).get(code, request.values.get("as_of", ""))
    reasons = reasons_against(found.certification, found.specification, provide(CatalogueReader).today)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        exam = provide(MockExamService).make_exam(actor, MockExamIn.command(code, data))
        flash(say(text("The mock exam was drafted. Publish it once its items are approved.")), "success")
        return redirect(url_for("assessment.written_exam", exam_id=exam.id))

    return form_view(
        MockExamIn(),
        "cert_prep/mock_exam_form.html",
        act,
        values={"items": ITEMS, "minutes": MINUTES, "as_of": found.specification.as_of},
        options=_options(actor, code),
        found=found,
        shares=shares(found.specification, ITEMS),
        reasons=reasons,
    )


def search_certifications(actor: Actor, request: PageRequest) -> Page[SearchHit]:  # noqa: ARG001 open to everybody
    """Credentials by code or title, for the site's search."""
    found = [one for one in provide(CatalogueReader).listed() if _matches(one, request.search.lower())]
    first = (request.number - 1) * request.size
    hits = [_hit(one) for one in found[first : first + request.size]]
    return Page(hits, len(found), request.number, request.size)


def _hit(listed: Listed) -> SearchHit:
    known = listed.certification
    title = Text("%(code)s %(title)s", {"code": known.code, "title": known.titles})
    return SearchHit(title, url_for("cert_prep.certification", code=known.code), text("%(value)s", value=known.vendor))


def _options(actor: Actor, code: str) -> dict[str, list[Option]]:
    offered = provide(BankLoader).choices(actor, code)
    banks = [(one.value, _named(one.titles.in_(language()), ships=one.ships)) for one in offered]
    places = [(str(place), titles.in_(language())) for place, titles in provide(MockExamService).places(actor)]
    return {"bank": banks, "place": places}


def _named(title: str, *, ships: bool) -> str:
    return say(text("%(title)s (will be loaded)", title=title)) if ships else title


def _matches(listed: Listed, search: str) -> bool:
    titles = listed.certification.titles
    return any(search in said.lower() for said in (listed.certification.code, titles.ko, titles.en))
