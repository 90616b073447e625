"""What every template knows: languages, menus, the person, dates as people write them, safe Markdown."""

from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import Flask, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_datetime, format_time
from markupsafe import Markup

from lms_core.foundation.actors import Actor
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import request_id
from lms_core.foundation.web.access import PUBLIC, access
from lms_core.foundation.web.house import current_actor, house
from lms_core.foundation.web.languages import LANGUAGES, language, moment, say
from lms_core.foundation.web.markdown import to_html
from lms_core.foundation.web.tracing import hook_trace


class MenuEntry(NamedTuple):
    """A way in as pages show it. No dict: a template looks for attributes first, and each miss costs a microsecond."""

    title: str
    url: str
    current: bool
    rank: int


def install_templating(app: Flask) -> None:
    """Fill templates' context and filters, and let people switch the language."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.context_processor(_context)
    app.add_template_filter(say, "say")
    app.add_template_filter(_title, "title_in")
    app.add_template_filter(_moment, "moment")
    app.add_template_filter(format_date, "day")
    app.add_template_filter(format_time, "time_of_day")
    app.add_template_filter(_markdown, "markdown")
    app.add_template_global(_page_url, "page_url")
    app.add_template_global(hook_trace, "hook_trace")
    app.add_url_rule("/language/<chosen>", "language", access(PUBLIC)(_switch), methods=["POST"])


def _context() -> dict[str, Any]:
    actor = current_actor()
    here = house()
    names = {"ko": here.settings.site_name_ko, "en": here.settings.site_name_en}
    return {
        "actor": actor,
        "person": {"display_name": actor.name} if actor.person_id else None,
        "language": language(),
        "languages": LANGUAGES,
        "site_name": names[language()],
        "request_id": request_id.get(),
        "menus": _menus(actor),
        "demo": here.settings.demo,
    }


def _menus(actor: Actor) -> list[MenuEntry]:
    if actor.person_id is None:
        return []
    # Looked up once: each look at what is current costs as much as the rest of an entry.
    shown, here, path, root = [], house(), request.path, request.script_root
    for plugin, item in here.registered.get("lms_register_menus", ()):
        allowed = not item.permission or actor.almighty or actor.where(item.permission)
        # Its address names no place: it opens, as the gate has it, where the plugin is on for the site.
        if allowed and here.gate(plugin, EVERYWHERE):
            url = here.addresses.get((root, item.endpoint)) or _address(item.endpoint)
            current = path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))
            shown.append(MenuEntry(say(item.title), url, current, item.rank))
    return sorted(shown, key=attrgetter("rank"))


def _address(endpoint: str) -> str:
    """Where a menu leads: it needs no argument, so it is built once for each place the site is mounted at."""
    address = house().addresses[request.script_root, endpoint] = url_for(endpoint)
    return address


def _switch(chosen: str) -> ResponseReturnValue:
    """Keep the language that somebody chose for this session, and go back to where they were."""
    if chosen in LANGUAGES:
        session["language"] = chosen
    back = request.form.get("next", "/")
    return redirect(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/")


def _title(titles: Titles | None) -> str:
    return titles.in_(language()) if titles else ""


def _moment(value: datetime | None, form: str = "") -> str:
    return (format_datetime(value, form) if form else moment(value)) if value else ""


def _markdown(source: str, shift: int = 1) -> Markup:
    return Markup(to_html(source, shift))  # noqa: S704 nh3 has cleaned it


def _page_url(**changes: Any) -> str:
    """This list's address with some of its arguments changed; empty ones are left out."""
    arguments = {**request.args.to_dict(), **changes}
    kept = {key: value for key, value in arguments.items() if value not in ("", None)}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path
