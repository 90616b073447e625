"""How far the people of a cohort have come, as a table and as a file."""

import csv
from io import StringIO
from uuid import UUID

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from lms_core.enrolment.service import CohortService
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.languages import moment, say
from lms_core.foundation.web.schemas import PageIn, load, page_request
from lms_core.progress.domain import SEE_PROGRESS, Learner, plain_cell
from lms_core.progress.pages import pages
from lms_core.progress.service import CohortProgressService

HEADINGS: tuple[Text, ...] = (
    text("Name"),
    text("Activities done"),
    text("Activities in all"),
    text("Percent"),
    text("Last activity"),
    text("Completed on"),
)


@pages.get("/cohorts/<uuid:cohort_id>")
@access(SEE_PROGRESS, scope="cohort:cohort_id")
def cohort(cohort_id: UUID) -> ResponseReturnValue:
    """Who is how far: search, sort, pages, and the figures of the cohort."""
    wanted = page_request(load(PageIn(), request.args))
    found, figures = provide(CohortProgressService).table(current_actor(), cohort_id, wanted)
    shown = provide(CohortService).several([cohort_id])[cohort_id]
    return render_template("progress/cohort.html", page=found, figures=figures, wanted=wanted, shown=shown)


@pages.get("/cohorts/<uuid:cohort_id>/table.csv")
@access(SEE_PROGRESS, scope="cohort:cohort_id")
def export(cohort_id: UUID) -> ResponseReturnValue:
    """The table as a file for a spreadsheet, with the search and the order of the page."""
    wanted = page_request(load(PageIn(), request.args))
    learners = provide(CohortProgressService).export(current_actor(), cohort_id, wanted)
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow([say(one) for one in HEADINGS])
    rows.writerows([plain_cell(cell) for cell in _cells(one)] for one in learners)
    headers = {"Content-Disposition": f"attachment; filename=progress-{cohort_id}.csv"}
    # The mark at the beginning tells spreadsheets that this is UTF-8.
    return Response(f"\ufeff{written.getvalue()}", content_type="text/csv; charset=utf-8", headers=headers)


def _cells(one: Learner) -> tuple[object, ...]:
    last, completed = (moment(at) if at else "" for at in (one.last_at, one.completed_at))
    return (one.name, one.done, one.total, one.percent, last, completed)
