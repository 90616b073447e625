"""Korean and English: which one a reader gets, and the catalogue both come from.

The ``.po`` files of the core and of all plugins are read at boot into one catalogue a language; nothing is compiled.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, Domain, force_locale, format_date, format_datetime, get_locale, gettext

from lms_core.foundation.text import Text, Titles
from lms_core.foundation.web.house import current_actor, house

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
        """The messages in the reader's language."""
        return self._read.get(str(get_locale() or "en")[:2], self._read["en"])


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
    """``message`` in the reader's language; texts inside its values are said in it too."""
    if not isinstance(message, Text):
        return message or ""
    values = {key: say(value) if isinstance(value, Text) else _shown(value) for key, value in message.values.items()}
    return str(gettext(message.msgid, **values))


def say_in(chosen: str, message: Text) -> str:
    """``message`` in the language ``chosen``, whoever is reading now: for mails."""
    with force_locale(chosen):
        return say(message)


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
            found = _load(path, language, path.stat().st_mtime_ns)
            merged.merge(found)
            # Babel's merge forgets how the language counts.
            merged.plural = found.plural
    return merged


@cache
def _load(path: Path, language: str, _: int) -> Translations:
    """The messages of one file; read once for all applications of a process, and again when it has changed."""
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled)
