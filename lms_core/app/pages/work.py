"""Background work that failed for the last time, or that waits for a plugin to be on again."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.app.pages import pages
from lms_core.app.schemas import WorkPageQuery
from lms_core.foundation.host.loading import LoadedPlugins
from lms_core.foundation.outbox.rows import HELD, PARKED
from lms_core.foundation.outbox.service import PERMISSION, OutboxService
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.languages import say
from lms_core.foundation.web.schemas import load, page_request

TITLES = {PARKED: text("Failed work"), HELD: text("Waiting for a plugin")}
LEADS = {
    PARKED: text("Background work that failed after every retry. Nothing of it is lost: try it again, or drop it."),
    HELD: text("Background work of plugins that are off. It goes on by itself once they are on."),
}


@pages.get("/parked-work")
@access(PERMISSION)
def work() -> ResponseReturnValue:
    """What failed, why, and what to do with it."""
    query = load(WorkPageQuery(), request.args)
    wanted, service = page_request(query), provide(OutboxService)
    found = service.rows(current_actor(), wanted, query["state"])
    counts = service.backlog().counts
    plugins = provide(LoadedPlugins)
    return render_template(
        "site/work.html",
        page=found,
        state=query["state"],
        titles=TITLES,
        leads=LEADS,
        counts=counts,
        known={*plugins.ids, *plugins.quarantined},
    )


@pages.post("/parked-work/<uuid:row_id>/retry")
@access(PERMISSION)
def retry(row_id: UUID) -> ResponseReturnValue:
    """Send it on its way again."""
    provide(OutboxService).retry(current_actor(), row_id)
    return _told(text("It is on its way again. If it fails, it comes back here with its reason."))


@pages.post("/parked-work/<uuid:row_id>/drop")
@access(PERMISSION)
def drop(row_id: UUID) -> ResponseReturnValue:
    """Give it up for good."""
    provide(OutboxService).drop(current_actor(), row_id)
    return _told(text("It was dropped. The event log remembers it."))


def _told(message: Text) -> ResponseReturnValue:
    flash(say(message), "success")
    wanted = request.form.get("next", "")
    here = url_for("foundation.work")
    return redirect(wanted if wanted.startswith(here) else here)
