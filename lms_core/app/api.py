"""The JSON API of the site itself: plugins and their rules, background work that did not get done."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from lms_core.app.schemas import PluginOut, PluginQuery, RuleIn, RulePlaceIn, WorkOut, WorkQuery
from lms_core.app.service import SEE, PluginDesk, PluginShown
from lms_core.foundation.host.consent import disclosed
from lms_core.foundation.host.service import MANAGE
from lms_core.foundation.outbox.rows import Row
from lms_core.foundation.outbox.service import PERMISSION, OutboxService
from lms_core.foundation.paging import Page
from lms_core.foundation.web import access, current_actor, provide
from lms_core.foundation.web.api import ApiBlueprint, page_of
from lms_core.foundation.web.schemas import page_request

api = ApiBlueprint("foundation", __name__, "Plugins and background work.")


@api.get("/plugins")
@api.arguments(PluginQuery, location="query")
@api.response(200, page_of(PluginOut))
@access(SEE, scope="any")
def plugins(query: dict[str, Any]) -> Page[dict[str, Any]]:
    """Plugins with their state, rules and health, those that need a person first."""
    return provide(PluginDesk).listed(current_actor(), page_request(query, "state", given=query)).map(_plugin)


@api.get("/plugins/<plugin_id>")
@api.response(200, PluginOut)
@access(SEE, scope="any")
def plugin(plugin_id: str) -> dict[str, Any]:
    """One plugin."""
    return _plugin(provide(PluginDesk).one(current_actor(), plugin_id))


@api.post("/plugins/<plugin_id>/rules")
@api.arguments(RuleIn)
@api.response(200, PluginOut)
@access(MANAGE, scope="any")
def switch(rule: dict[str, Any], plugin_id: str) -> dict[str, Any]:
    """Switch a plugin on or off in one place. In force everywhere within two seconds."""
    actor, desk = current_actor(), provide(PluginDesk)
    desk.switch(actor, plugin_id, rule["scope"], enabled=rule["enabled"])
    return _plugin(desk.one(actor, plugin_id))


@api.delete("/plugins/<plugin_id>/rules")
@api.arguments(RulePlaceIn, location="query")
@api.response(204)
@access(MANAGE, scope="any")
def clear(place: dict[str, str], plugin_id: str) -> None:
    """Take the rule for one place away: wider ones hold there again."""
    provide(PluginDesk).clear(current_actor(), plugin_id, place["scope"])


@api.get("/outbox")
@api.arguments(WorkQuery, location="query")
@api.response(200, page_of(WorkOut))
@access(PERMISSION)
def work(query: dict[str, Any]) -> Page[Row]:
    """Background work in one state, the oldest first."""
    return provide(OutboxService).rows(current_actor(), page_request(query), query["state"])


@api.post("/outbox/<uuid:row_id>/retry")
@api.response(204)
@access(PERMISSION)
def retry(row_id: UUID) -> None:
    """Send a parked or held piece of work on its way again."""
    provide(OutboxService).retry(current_actor(), row_id)


@api.delete("/outbox/<uuid:row_id>")
@api.response(204)
@access(PERMISSION)
def drop(row_id: UUID) -> None:
    """Give a parked or held piece of work up for good."""
    provide(OutboxService).drop(current_actor(), row_id)


def _plugin(shown: PluginShown) -> dict[str, Any]:
    told = {name: getattr(shown, name) for name in ("id", "version", "state", "maker", "titles", "findings")}
    return told | {
        "disclosed": disclosed(shown.manifest) if shown.manifest else None,
        "rules": [{"scope": str(rule.scope), "enabled": rule.enabled} for rule in shown.rules],
        "requires": [one.id for one in shown.requires],
        "required_by": [one.id for one in shown.required_by],
        "health": [asdict(one) for one in shown.health],
    }
