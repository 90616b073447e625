"""Calibrations of a bank: asking for one, the list of runs, and what each found."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.banks import SEE_BANK
from lms_core.assessment.domain.measurement.runs import ABILITIES, CALIBRATE_BANK, information
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.banks import rights, told
from lms_core.assessment.schemas.measurement import CalibrationIn
from lms_core.assessment.service import BankService
from lms_core.assessment.service.banks import may_in
from lms_core.assessment.service.measurement import CalibrationService, RunShown
from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.forms import form_view
from lms_core.foundation.web.house import house
from lms_core.foundation.web.languages import language
from lms_core.foundation.web.schemas import PageIn, load, page_request
from lms_core.people.service import DirectoryService


@pages.route("/banks/<uuid:bank_id>/calibrations", methods=["GET", "POST"])
@access(SEE_BANK, scope="object")
def calibrations(bank_id: UUID) -> ResponseReturnValue:
    """The runs of a bank, the newest first; and asking for another."""
    actor = current_actor()
    wanted = page_request(load(PageIn(), request.args))
    bank, found = provide(CalibrationService).of_bank(actor, bank_id, wanted)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        run_id = provide(CalibrationService).request(actor, bank_id, data["model"])
        return told(url_for("assessment.calibration", run_id=run_id), text("The calibration was asked for."))

    return form_view(
        CalibrationIn(),
        "assessment/measurement/calibrations.html",
        act,
        values={"model": "2pl"},
        listed=provide(BankService).get(actor, bank_id),
        bank=bank,
        may=rights(actor, bank),
        may_calibrate=may_in(actor, CALIBRATE_BANK, bank),
        available=provide(CalibrationService).available,
        page=found,
        names=provide(DirectoryService).names(one.requested_by for one in found.items),
    )


@pages.get("/calibrations/<uuid:run_id>")
@access(SEE_BANK, scope="object")
def calibration(run_id: UUID) -> ResponseReturnValue:
    """One run: how far it is, what it found, and for whom items are harder."""
    wanted = page_request(load(PageIn(), request.args))
    shown = provide(CalibrationService).get(current_actor(), run_id, wanted)
    told_at = information(shown.every)
    return render_template(
        "assessment/measurement/calibration.html",
        shown=shown,
        run=shown.run,
        bank=shown.bank,
        wanted=wanted,
        abilities=ABILITIES,
        told=told_at,
        names=provide(DirectoryService).names([shown.run.requested_by, shown.run.accepted_by]),
        may_accept=may_in(current_actor(), CALIBRATE_BANK, shown.bank) and not shown.run.accepted_at,
        misfits=sum(one.misfits for one in shown.every),
        unequal=sum(any(each.size == "C" for each in one.groups) for one in shown.every),
        groups=_groups(shown),
    )


@pages.post("/calibrations/<uuid:run_id>/acceptance")
@access(CALIBRATE_BANK, scope="object")
def accept_calibration(run_id: UUID) -> ResponseReturnValue:
    """Let a run be what its bank is known by."""
    provide(CalibrationService).accept(current_actor(), run_id)
    return told(url_for("assessment.calibration", run_id=run_id), text("This calibration is in force."))


def _groups(shown: RunShown) -> dict[str, str]:
    """What the campuses that were compared are called."""
    ids = {one.group for item in shown.every for one in item.groups if one.kind == "campus"}
    titles = house().titles_of(Scope("campus", one) for one in ids)
    return {scope.id: title.in_(language()) for scope, title in titles.items()}
