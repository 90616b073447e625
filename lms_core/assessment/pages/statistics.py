"""What answers say about the items of an exam or a bank: tables with pictures beside them, and as a file."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Final
from uuid import UUID

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from lms_core.assessment.domain.banks import SEE_BANK
from lms_core.assessment.domain.exams import READ_RESULT
from lms_core.assessment.domain.measurement.item_statistics import FEWEST, SMALL
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.banks import rights
from lms_core.assessment.service import BankService
from lms_core.assessment.service.measurement import CalibrationService, Measured, StatisticsService
from lms_core.foundation.errors import NotFound
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.languages import say
from lms_core.foundation.web.schemas import PageIn, load, page_request

REMARKS: Final[Mapping[str, tuple[Text, Text]]] = {
    "small": (text("few answers"), text("Fewer than 30 people answered it. Wait for more before you judge it.")),
    "negative": (
        text("negative"),
        text("Stronger people answer it wrong more often. Look at its key, then at its wording."),
    ),
    "flat": (
        text("flat"),
        text("It hardly tells strong people from weak ones. Make its choices clearer, or retire it."),
    ),
    "key": (
        text("key in doubt"),
        text("The strongest fifth picks another choice more often than the key. Compare the key with its source."),
    ),
    "easy": (text("very easy"), text("Nearly everybody answers it right. It tells little about anybody.")),
    "hard": (text("very hard"), text("Fewer than one in five answer it right. See whether it was taught.")),
    "idle": (text("idle choice"), text("Almost nobody picks one of its choices. Write a more plausible one.")),
}
HEADINGS: Final = (
    text("Item"),
    text("Question"),
    text("Answers"),
    text("Facility"),
    text("Discrimination index"),
    text("Item-total correlation"),
    text("Corrected correlation"),
    text("Median time (seconds)"),
    text("Remarks"),
)


@pages.get("/authoring/<uuid:exam_id>/statistics")
@access(READ_RESULT, scope="object")
def exam_statistics(exam_id: UUID) -> ResponseReturnValue:
    """How an exam measures: its forms, and its items with those to look at first."""
    wanted = page_request(load(PageIn(), request.args))
    exam, shown = provide(StatisticsService).of_exam(current_actor(), exam_id, wanted)
    return render_template(
        "assessment/measurement/exam_statistics.html", exam=exam, shown=shown, wanted=wanted, **_words()
    )


@pages.get("/authoring/<uuid:exam_id>/statistics/<uuid:item_id>")
@access(READ_RESULT, scope="object")
def exam_item_statistics(exam_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """One item of an exam: who picked what."""
    exam, found = provide(StatisticsService).item_at_exam(current_actor(), exam_id, item_id)
    return render_template(
        "assessment/measurement/exam_item.html", exam=exam, found=_some(found), parameters=None, **_words()
    )


@pages.get("/authoring/<uuid:exam_id>/statistics.csv")
@access(READ_RESULT, scope="object")
def exam_statistics_file(exam_id: UUID) -> ResponseReturnValue:
    """The figures of an exam as a file."""
    return _file(provide(StatisticsService).items_of_exam(current_actor(), exam_id), f"items-{exam_id}")


@pages.get("/banks/<uuid:bank_id>/statistics")
@access(SEE_BANK, scope="object")
def bank_statistics(bank_id: UUID) -> ResponseReturnValue:
    """What the items of a bank did at whichever exams asked them."""
    actor = current_actor()
    wanted = page_request(load(PageIn(), request.args))
    bank, shown = provide(StatisticsService).of_bank(actor, bank_id, wanted)
    measured = provide(CalibrationService).measured(actor, bank_id, [one.item_id for one in shown.page.items])
    return render_template(
        "assessment/measurement/bank_statistics.html",
        listed=provide(BankService).get(actor, bank_id),
        bank=bank,
        may=rights(actor, bank),
        shown=shown,
        wanted=wanted,
        measured=measured,
        **_words(),
    )


@pages.get("/banks/<uuid:bank_id>/statistics/<uuid:item_id>")
@access(SEE_BANK, scope="object")
def bank_item_statistics(bank_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """One item of a bank: who picked what."""
    actor = current_actor()
    bank, found = provide(StatisticsService).item_in_bank(actor, bank_id, item_id)
    parameters = provide(CalibrationService).measured(actor, bank_id, [item_id]).get(item_id)
    return render_template(
        "assessment/measurement/bank_item.html", bank=bank, found=_some(found), parameters=parameters, **_words()
    )


@pages.get("/banks/<uuid:bank_id>/statistics.csv")
@access(SEE_BANK, scope="object")
def bank_statistics_file(bank_id: UUID) -> ResponseReturnValue:
    """The figures of a bank as a file."""
    return _file(provide(StatisticsService).items_of_bank(current_actor(), bank_id), f"bank-{bank_id}")


def plain_cell(value: object) -> str:
    """A cell for a spreadsheet: words that would be read as a formula are made plain; numbers stay numbers."""
    if isinstance(value, float):
        return f"{value:.3f}"
    written = "" if value is None else str(value)
    return f"'{written}" if written[:1] in {"=", "+", "-", "@", "\t", "\r"} else written


def _words() -> dict[str, object]:
    return {"remarks": REMARKS, "fewest": FEWEST, "small": SMALL}


def _some(found: Sequence[Measured]) -> Sequence[Measured]:
    if not found:
        raise NotFound
    return found


def _file(measured: Iterable[Measured], name: str) -> Response:
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow([say(one) for one in HEADINGS])
    rows.writerows([plain_cell(cell) for cell in _cells(one)] for one in measured)
    headers = {"Content-Disposition": f"attachment; filename={name}.csv"}
    # The mark at the beginning tells spreadsheets that this is UTF-8.
    return Response(f"\ufeff{written.getvalue()}", content_type="text/csv; charset=utf-8", headers=headers)


def _cells(one: Measured) -> tuple[object, ...]:
    found = one.found
    figures = (found.facility, found.discrimination_index, found.item_total, found.item_rest, found.seconds)
    told = ", ".join(say(REMARKS[remark][0]) for remark in found.remarks)
    return (one.name, one.question(current_actor().language), found.answers, *figures, told)
