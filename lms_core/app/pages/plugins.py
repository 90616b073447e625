"""Plugins as operators see them: a card each, one switch for each place, and what they may touch."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.app.pages import pages
from lms_core.app.schemas import PlaceQuery, PluginQuery, SwitchIn
from lms_core.app.service import SEE, STATES, PluginDesk, PluginShown
from lms_core.app.settings import SettingsDesk
from lms_core.foundation.errors import Conflict, Invalid, LmsError
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.host.service import MANAGE
from lms_core.foundation.outbox.service import PERMISSION, OutboxService
from lms_core.foundation.scopes import EVERYWHERE, SITE
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.errors import status_of
from lms_core.foundation.web.forms import submitted
from lms_core.foundation.web.languages import say
from lms_core.foundation.web.schemas import load, page_request
from lms_core.foundation.web.tracing import SEE_TRACES

PLACES = {
    "organisation": text("Organisations"),
    "campus": text("Campuses"),
    "course": text("Courses"),
    "cohort": text("Cohorts"),
}
STATE_WORDS = {
    "quarantined": text("Quarantined"),
    "waiting": text("Waits for a restart"),
    "on": text("On"),
    "places": text("On in some places"),
    "off": text("Off"),
    "blocked": text("Blocked by the settings"),
    "kept": text("Uninstalled, data kept"),
}
VERBS = {
    "register": text("Brings along"),
    "review": text("Is asked first, and may refuse"),
    "choose": text("May decide"),
    "after": text("Hears of"),
    "show": text("Shows panels on"),
}
DONE = {
    "on": text("Switched on. It is in force everywhere within two seconds."),
    "off": text("Switched off. It is in force everywhere within two seconds."),
    "clear": text("The rule is gone. What holds for the wider place holds here again."),
}


@pages.get("/")
@access(SEE, scope="any")
def plugins() -> ResponseReturnValue:
    """Every plugin: search, filter by state, pages."""
    wanted = page_request(load(PluginQuery(), request.args), "state", given=request.args)
    found = provide(PluginDesk).listed(current_actor(), wanted)
    counts = provide(OutboxService).backlog().counts if current_actor().may(PERMISSION, EVERYWHERE) else None
    return render_template("site/plugins.html", page=found, wanted=wanted, states=STATES, counts=counts, **_words())


@pages.get("/<plugin_id>")
@access(SEE, scope="any")
def plugin(plugin_id: str) -> ResponseReturnValue:
    """One plugin: where it is on, the places it could be on, what it may touch, how it fares."""
    return _page(provide(PluginDesk).one(current_actor(), plugin_id))


@pages.post("/<plugin_id>/rules")
@access(MANAGE, scope="any")
def switch(plugin_id: str) -> ResponseReturnValue:
    """Switch it in one place, or take the place's rule away. What stands against it is shown beside the switches."""
    actor, desk = current_actor(), provide(PluginDesk)
    shown = desk.one(actor, plugin_id)
    try:
        wanted = load(SwitchIn(), submitted(SwitchIn()))
        if wanted["act"] == "clear":
            desk.clear(actor, plugin_id, wanted["scope"])
        else:
            desk.switch(actor, plugin_id, wanted["scope"], enabled=wanted["act"] == "on")
    except (Conflict, Invalid) as refused:
        return make_response(_page(shown, refused), status_of(refused))
    flash(say(DONE[wanted["act"]]), "success")
    return redirect(_back(plugin_id))


def _page(shown: PluginShown, refused: LmsError | None = None) -> str:
    query = load(PlaceQuery(), request.args)
    wanted, kind, actor = page_request(query), query["kind"], current_actor()
    found = provide(PluginDesk).where(actor, shown.id, kind, wanted) if shown.runs else None
    settable = actor.may(MANAGE, EVERYWHERE) and provide(SettingsDesk).has_settings(shown.id)
    told = {"shown": shown, "page": found, "wanted": wanted, "kind": kind, "settable": settable}
    return render_template("site/plugin.html", refused=_said(refused), **told, **_words())


def _words() -> dict[str, object]:
    actor = current_actor()
    return {
        "state_words": STATE_WORDS,
        "kinds": PLACES,
        "by_verb": _by_verb,
        "site": SITE,
        "traces": actor.may(SEE_TRACES, EVERYWHERE),
        "may": lambda scope: actor.may(MANAGE, frozenset({SITE, scope})),
    }


def _by_verb(told: Manifest) -> list[tuple[Text, list[str]]]:
    """The hooks a plugin answers, each without its verb: ``lms_review_enrolment`` is asked about ``enrolment``."""
    named = {verb: [hook.split("_", 2)[2] for hook in told.hooks if hook.split("_")[1] == verb] for verb in VERBS}
    return [(VERBS[verb], names) for verb, names in named.items() if names]


def _said(refused: LmsError | None) -> tuple[Text, ...]:
    if refused is None:
        return ()
    told = (*(one.reason for one in refused.reasons), *(one for said in refused.fields.values() for one in said))
    return told or (refused.reason,)


def _back(plugin_id: str) -> str:
    wanted = request.form.get("next", "")
    return wanted if wanted.startswith(url_for("foundation.plugins")) else url_for(".plugin", plugin_id=plugin_id)
