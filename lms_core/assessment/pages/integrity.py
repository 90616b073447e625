"""Under which conditions an exam is sat: setting them, the file for Safe Exam Browser, and saying what is asked."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.integrity import SET_INTEGRITY, Integrity, SafeBrowserRequired
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.banks import told
from lms_core.assessment.schemas.integrity import IntegrityIn, lines_of, shown_by
from lms_core.assessment.service import IntegrityGate, IntegrityService, SetIntegrity
from lms_core.foundation.text import text
from lms_core.foundation.web import BY_TOKEN, access, current_actor, provide
from lms_core.foundation.web.errors import status_of
from lms_core.foundation.web.forms import form_view


@pages.route("/authoring/<uuid:exam_id>/integrity", methods=["GET", "POST"])
@access(SET_INTEGRITY, scope="object")
def integrity(exam_id: UUID) -> ResponseReturnValue:
    """The conditions of an exam. They may be changed while it runs, and hold from the next start on."""
    actor, service = current_actor(), provide(IntegrityService)
    exam, held = service.get(actor, exam_id)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        service.change(actor, exam_id, _command(data))
        return told(request.path, text("The conditions were saved. They hold from the next start on."))

    links = safe_browser_links(exam_id) if held.browser.required else {}
    key = service.config_key(exam_id, held.browser) if links else ""
    return form_view(
        IntegrityIn(),
        "assessment/integrity.html",
        act,
        values=_values(held),
        exam=exam,
        held=held,
        links=links,
        config_key=key,
    )


@pages.get("/seb/<ticket>.seb")
@access(BY_TOKEN)
def safe_browser_file(ticket: str) -> ResponseReturnValue:
    """The configuration of Safe Exam Browser for an exam: it asks for it before anybody is signed in."""
    service = provide(IntegrityService)
    body = service.file(service.ticketed(ticket))
    headers = {"Content-Disposition": "attachment; filename=exam.seb"}
    return Response(body, headers=headers, content_type="application/seb")


def safe_browser_links(exam_id: UUID) -> Mapping[str, str]:
    """Where the configuration is: ``open`` starts Safe Exam Browser with it, ``file`` downloads it."""
    ticket = provide(IntegrityService).ticket(exam_id)
    file = url_for("assessment.safe_browser_file", ticket=ticket, _external=True)
    parts = urlsplit(file)
    opens = urlunsplit(parts._replace(scheme="sebs" if parts.scheme == "https" else "seb"))
    return {"open": opens, "file": file}


def conditions_of(exam: Exam) -> dict[str, Any]:
    """What the page of an exam says of its conditions: what is asked, and what stands against this device."""
    held = provide(IntegrityService).asked(exam.id)
    reasons = provide(IntegrityGate).reasons_against(exam.id, held, shown_by(request))
    browser = any(one.code.startswith("safe-browser") for one in reasons)
    return {"held": held, "against": reasons, "links": safe_browser_links(exam.id) if browser else {}}


def refused_by_browser(exam: Exam, refused: SafeBrowserRequired) -> ResponseReturnValue:
    """The page that says how an exam is opened instead."""
    links = safe_browser_links(exam.id)
    page = render_template("assessment/safe_browser.html", exam=exam, reasons=refused.reasons, links=links)
    return make_response(page, status_of(refused))


def _values(held: Integrity) -> dict[str, Any]:
    lines = (f"{one.network} {one.seats}" if one.seats else one.network for one in held.networks)
    return {
        "networks": "\n".join(lines),
        "browser_required": held.browser.required,
        "filters": "\n".join(held.browser.filters),
        "exam_keys": "\n".join(held.browser.exam_keys),
    }


def _command(data: Mapping[str, Any]) -> SetIntegrity:
    def secret(name: str) -> str | None:
        return "" if data[f"no_{name}"] else data[name] or None

    return SetIntegrity(
        networks=data["networks"],
        password=secret("password"),
        browser_required=data["browser_required"],
        quit_password=secret("quit_password"),
        filters=lines_of(data["filters"]),
        exam_keys=tuple(one.lower() for one in lines_of(data["exam_keys"])),
    )
