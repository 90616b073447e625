"""Search: one box for the whole site, results by where they come from."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.schemas import load, page_request
from lms_core.people.pages import pages
from lms_core.people.pages.home import current_viewer
from lms_core.people.schemas import SearchQuery
from lms_core.people.service import SearchService


@pages.get("/search")
@access(SIGNED_IN)
def search() -> ResponseReturnValue:
    """The first few of every source, or all pages of one."""
    query, actor, service = load(SearchQuery(), request.args), current_actor(), provide(SearchService)
    wanted, on = page_request(query | {"search": query["search"].strip()}), current_viewer().scopes
    if query["source"] and wanted.search:
        one = service.within(actor, on, query["source"], wanted)
        return render_template("people/search.html", words=wanted.search, found=(one,), one=one)
    found = service.everywhere(actor, on, wanted.search)
    return render_template("people/search.html", words=wanted.search, found=found, one=None)
