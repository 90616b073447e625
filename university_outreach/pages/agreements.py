"""Agreements with universities as coordinators see them."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.foundation.actors import Actor
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.forms import Option, form_view
from lms_core.foundation.web.languages import language, say
from lms_core.foundation.web.schemas import PageIn, load, page_request
from university_outreach.domain import MANAGE_AGREEMENT, SEE_VISIT
from university_outreach.pages import pages
from university_outreach.pages.parts import told
from university_outreach.schemas import AgreementIn
from university_outreach.service import AgreementService


@pages.get("/agreements")
@access(SEE_VISIT, scope="any")
def agreements() -> ResponseReturnValue:
    """Agreements with universities, the newest first."""
    wanted = page_request(load(PageIn(), request.args))
    found = provide(AgreementService).find(current_actor(), wanted)
    return render_template("university_outreach/agreements.html", page=found)


@pages.route("/agreements/new", methods=["GET", "POST"])
@access(MANAGE_AGREEMENT, scope="any")
def add_agreement() -> ResponseReturnValue:
    """Keep a new agreement."""
    actor, service = current_actor(), provide(AgreementService)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        service.add(actor, AgreementIn.details(data))
        return told(text("The agreement was saved."), url_for("university_outreach.agreements"))

    template = "university_outreach/agreement_form.html"
    return form_view(AgreementIn(), template, act, options=_universities(actor))


@pages.route("/agreements/<uuid:agreement_id>/edit", methods=["GET", "POST"])
@access(MANAGE_AGREEMENT, scope="object")
def edit_agreement(agreement_id: UUID) -> ResponseReturnValue:
    """Describe an agreement anew."""
    actor, service = current_actor(), provide(AgreementService)
    stored = service.get(actor, agreement_id).agreement
    actor.require(MANAGE_AGREEMENT, stored.scopes)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        service.change(actor, agreement_id, AgreementIn.details(data), data["version"] or 0)
        return told(text("The agreement was saved."), url_for("university_outreach.agreements"))

    values = {name: getattr(stored, name) for name in AgreementIn().fields}
    template = "university_outreach/agreement_form.html"
    return form_view(AgreementIn(), template, act, values=values, options=_universities(actor), stored=stored)


def _universities(actor: Actor) -> dict[str, list[Option]]:
    named = provide(AgreementService).universities(actor).items()
    return {
        "university_id": [
            ("", say(text("Choose one"))),
            *((str(one), titles.in_(language())) for one, titles in named),
        ]
    }
