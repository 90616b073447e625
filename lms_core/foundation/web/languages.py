"""Korean and English: which one a reader gets, and the catalogue both come from.

The ``.po`` files of the core and of all plugins are read at boot into one catalogue a language; nothing is compiled.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import structlog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_app_context, has_request_context, request, session
from flask_babel import Babel, Domain, force_locale, format_date, format_datetime, get_domain, get_locale
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from lms_core.foundation.text import Text, Titles
from lms_core.foundation.web.house import current_actor, house

log = structlog.get_logger("lms.texts")
# Where a request keeps the messages of its language.
KEPT = "lms_messages"
LANGUAGES = {"ko": "한국어", "en": "English"}
# A moment as people write it, with the weekday and without the seconds that Babel's own forms bring.
MOMENTS = {"ko": "y년 M월 d일 (E) HH:mm", "en": "EEE, MMM d, y, HH:mm"}


class Catalogue(Domain):
    """All messages of the house, by language. Where two say the same msgid, the one read first stays."""

    def __init__(self, folders: Iterable[Path]) -> None:
        """Read ``<folder>/<language>/LC_MESSAGES/messages.po`` of every folder that has one."""
        super().__init__(domain="messages")
        places = list(folders)
        self._read = {language: _merged(places, language) for language in LANGUAGES}

    def get_translations(self) -> NullTranslations:
        """The messages in the reader's language; found once a request, since a page says hundreds of things."""
        if not has_app_context():
            return self._read["en"]
        found: NullTranslations | None = g.get(KEPT)
        if found is None:
            found = self._read.get(getattr(get_locale(), "language", "en"), self._read["en"])
            setattr(g, KEPT, found)
        return found


class Languages(Babel):
    """Flask-Babel over our catalogue."""

    def __init__(self, app: Flask, folders: Iterable[Path]) -> None:
        """Serve the messages found in ``folders``."""
        self.domain_instance = Catalogue(folders)
        settings = house(app).settings
        super().__init__(
            app,
            default_locale=settings.default_language,
            default_timezone=settings.time_zone,
            locale_selector=language,
        )
        _translate_templates(app, self.domain_instance)


def _translate_templates(app: Flask, catalogue: Catalogue) -> None:
    # Flask-Babel's own callables look for the catalogue at every message, and a page has hundreds.
    chosen = catalogue.get_translations
    environment: Any = app.jinja_env
    environment.install_gettext_callables(
        gettext=lambda one: chosen().gettext(one),
        ngettext=lambda one, several, count: chosen().ngettext(one, several, count),
        pgettext=lambda context, one: chosen().pgettext(context, one),
        npgettext=lambda context, one, several, count: chosen().npgettext(context, one, several, count),
        newstyle=True,
    )

    @pass_eval_context
    def gettext(evaluated: EvalContext, message: str, /, **values: Any) -> str:
        said = chosen().gettext(message)
        return (Markup(said) if evaluated.autoescape else said) % values  # noqa: S704 catalogues are ours and plugins'

    # What most messages are said by: Jinja's own is three calls deep for each.
    environment.globals.update(gettext=gettext, _=gettext)


def language() -> str:
    """The reader's language: chosen, their own, the browser's, the site's; a task may set it on ``g``."""
    default = house().settings.default_language
    if "language" in g:
        return str(g.language)
    if not has_request_context():
        return default
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    # A program says itself what it reads; who it is may be just what could not be found out.
    if not request.path.startswith("/api/") and current_actor().person_id is not None:
        return current_actor().language
    return request.accept_languages.best_match(list(LANGUAGES)) or default


def say(message: Text | str | None) -> str:
    """``message`` in the reader's language; texts inside its values are said in it too.

    Never raises: a slip of an author or a translator in one text must not take the page away.
    """
    if not isinstance(message, Text):
        return message or ""
    try:
        values = {name: say(one) if isinstance(one, Text) else _shown(one) for name, one in message.values.items()}
        # Flask-Babel's gettext looks for the same things five times over.
        kept: NullTranslations | None = g.get(KEPT) if has_app_context() else None
        said = (kept or get_domain().get_translations()).gettext(message.msgid)
        return str(said % values if values else said)
    except Exception:
        log.exception("a text cannot be said", msgid=message.msgid)
        return message.msgid


def say_in(chosen: str, message: Text) -> str:
    """``message`` in the language ``chosen``, whoever is reading now: for mails."""
    if not has_app_context():
        return say(message)
    before = g.pop(KEPT, None)
    try:
        with force_locale(chosen):
            return say(message)
    finally:
        setattr(g, KEPT, before)


def moment(value: datetime) -> str:
    """A moment in the site's zone, in the reader's words."""
    return str(format_datetime(value, MOMENTS[str(get_locale() or "en")[:2]]))


def _shown(value: Any) -> Any:
    if isinstance(value, Titles):
        return value.in_(language())
    if isinstance(value, datetime):
        return moment(value)
    return format_date(value, "long") if isinstance(value, date) else value


def _merged(folders: list[Path], language: str) -> Translations:
    merged = Translations()
    for folder in reversed(folders):
        path = folder / language / "LC_MESSAGES" / "messages.po"
        if path.is_file():
            found = read_messages(path, language)
            merged.merge(found)
            # Babel's merge forgets how the language counts.
            merged.plural = found.plural
    return merged


def read_messages(path: Path, language: str) -> Translations:
    """The messages of one file. Raises ValueError or UnicodeError where it is none."""
    return _load(path, language, path.stat().st_mtime_ns)


@cache
def _load(path: Path, language: str, _: int) -> Translations:
    """The messages of one file; read once for all applications of a process, and again when it has changed."""
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled)
