"""What hooks did for the latest requests and tasks of this instance."""

from flask import render_template, request

from lms_core.app.pages import pages
from lms_core.app.schemas import TraceQuery
from lms_core.foundation.calling.records import TraceFile
from lms_core.foundation.errors import NotFound
from lms_core.foundation.paging import Page
from lms_core.foundation.text import text
from lms_core.foundation.web import access, provide
from lms_core.foundation.web.schemas import load, page_request
from lms_core.foundation.web.tracing import SEE_TRACES

# As far back as the page reaches; the command line reads on.
REACH = 500


class TraceGone(NotFound):
    """There is no trace of this request, or it has made room for later ones."""

    code = "trace-gone"
    default = text("There is no trace of this request. Traces are kept until later ones need their room.")


@pages.get("/hook-traces")
@access(SEE_TRACES)
def traces() -> str:
    """The latest requests and tasks for which somebody was asked, the newest first."""
    query = load(TraceQuery(), request.args)
    wanted, plugin, failed = page_request(query), query["plugin"], query["failed"]
    found = [
        one
        for one in provide(TraceFile).recent(REACH)
        if (not plugin or plugin in one.plugins) and (one.failures or not failed)
    ]
    begin = (wanted.number - 1) * wanted.size
    page = Page(found[begin : begin + wanted.size], len(found), wanted.number, wanted.size)
    return render_template("site/traces.html", page=page, plugin=plugin, failed=failed)


@pages.get("/hook-traces/<trace_id>")
@access(SEE_TRACES)
def trace(trace_id: str) -> str:
    """One of them, call by call."""
    record = provide(TraceFile).find(trace_id)
    if record is None:
        raise TraceGone
    return render_template("site/trace.html", record=record)
