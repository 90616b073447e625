"""What every template knows: languages, menus, the person, dates as people write them, safe Markdown."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Flask, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_datetime, format_time
from markupsafe import Markup

from lms_core.foundation.actors import Actor
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import request_id
from lms_core.foundation.web.access import PUBLIC, access
from lms_core.foundation.web.house import current_actor, house
from lms_core.foundation.web.languages import LANGUAGES, language, moment, say
from lms_core.foundation.web.markdown import to_html


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


def _menus(actor: Actor) -> list[dict[str, Any]]:
    if actor.person_id is None:
        return []
    shown = []
    for plugin, item in house().registered.get("lms_register_menus", ()):
        allowed = not item.permission or actor.almighty or actor.where(item.permission)
        if allowed and house().open_anywhere(plugin):
            url = url_for(item.endpoint)
            current = request.path == url or (url != "/" and request.path.startswith(url.rstrip("/") + "/"))
            shown.append({"title": say(item.title), "url": url, "current": current, "rank": item.rank})
    return sorted(shown, key=lambda one: one["rank"])


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
