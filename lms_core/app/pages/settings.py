"""The settings of a plugin, one place at a time: a form made of the plugin's schema."""

from dataclasses import replace
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.app.pages import pages
from lms_core.app.pages.plugins import PLACES
from lms_core.app.schemas import PlaceQuery, SettingPlaceIn, UnsetIn
from lms_core.app.service import PluginDesk
from lms_core.app.settings import SettingsDesk, SettingsShown
from lms_core.foundation.errors import Conflict, Invalid, LmsError
from lms_core.foundation.host.service import MANAGE
from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import text
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.errors import status_of
from lms_core.foundation.web.forms import Form, FormField, make_form, submitted
from lms_core.foundation.web.languages import say
from lms_core.foundation.web.schemas import load, page_request

SAVED = text("Saved. It is in force everywhere within two seconds.")
SECRET_SET = text("One is set. It is never shown; type a new one to replace it.")
SECRET_UNSET = text("None is set. It is kept encrypted and never shown again.")


@pages.get("/<plugin_id>/settings")
@access(MANAGE, scope="any")
def settings(plugin_id: str) -> ResponseReturnValue:
    """What holds in a place, from where, and the form to change it."""
    place = load(SettingPlaceIn(), request.args)["scope"]
    return _page(provide(SettingsDesk).shown(current_actor(), plugin_id, place))


@pages.post("/<plugin_id>/settings")
@access(MANAGE, scope="any")
def change_settings(plugin_id: str) -> ResponseReturnValue:
    """Set what was typed, for the place that the form is about."""
    # In the address, not among the fields: any name may be a setting's.
    place = load(SettingPlaceIn(), request.args)["scope"]
    desk, actor = provide(SettingsDesk), current_actor()
    shown = desk.shown(actor, plugin_id, place)
    sent = submitted(shown.schema)
    try:
        desk.fill_in(actor, plugin_id, place, sent)
    except (Conflict, Invalid) as refused:
        return make_response(_page(shown, sent, refused), status_of(refused))
    return _back(plugin_id, place)


@pages.post("/<plugin_id>/settings/unset")
@access(MANAGE, scope="any")
def unset_setting(plugin_id: str) -> ResponseReturnValue:
    """Take one setting of a place away: what the wider places say holds there again."""
    sent = load(UnsetIn(), submitted(UnsetIn()))
    provide(SettingsDesk).change(current_actor(), plugin_id, sent["scope"], {}, [sent["name"]])
    return _back(plugin_id, sent["scope"])


def _page(shown: SettingsShown, sent: dict[str, Any] | None = None, refused: LmsError | None = None) -> str:
    actor, query = current_actor(), load(PlaceQuery(), request.args)
    kinds = {kind: title for kind, title in PLACES.items() if kind in shown.kinds}
    kind = query["kind"] if query["kind"] in kinds else next(iter(kinds), "")
    desk, wanted = provide(PluginDesk), page_request(query)
    return render_template(
        "site/settings.html",
        plugin=desk.one(actor, shown.plugin),
        shown=shown,
        form=_form(shown, sent, refused),
        kinds=kinds,
        kind=kind,
        wanted=wanted,
        page=desk.places.find(kind, actor, wanted) if kind else None,
    )


def _form(shown: SettingsShown, sent: dict[str, Any] | None, refused: LmsError | None) -> Form:
    """The schema's form; secrets as password fields that say whether one is set. Nothing in it must be filled in."""
    form = make_form(shown.schema, shown.values if sent is None else sent, refused)
    secrets = {one.name: one for one in shown.settings if one.secret}
    fields = (_closed(one, secrets[one.name].source) if one.name in secrets else one for one in form.fields)
    return replace(form, fields=tuple(replace(one, required=False) for one in fields))


def _closed(one: FormField, source: Scope | None) -> FormField:
    told = say(SECRET_SET if source else SECRET_UNSET)
    return replace(one, kind="password", value="", help=f"{one.help} {told}".strip())


def _back(plugin_id: str, place: str) -> ResponseReturnValue:
    flash(say(SAVED), "success")
    return redirect(url_for(".settings", plugin_id=plugin_id, scope=place))
