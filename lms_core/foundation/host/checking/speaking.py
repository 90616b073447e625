"""Languages: what the code and the templates say in English has its Korean."""

import re
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from lms_core.foundation.host.checking.checked import fault
from lms_core.foundation.host.findings import Finding

CATALOGUE = Path("translations/ko/LC_MESSAGES/messages.po")
FOUNDATION = Path(__file__).parents[2]
KEYWORDS: dict[str, Any] = {"text": None, "gettext": None, "_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
OURS = re.compile(r"^from lms_core\.foundation\.text import .*\btext(?: as (\w+))?\b", re.MULTILINE)
METHODS = {".py": "python", ".html": "jinja2"}
NOT_OURS = frozenset({"scaffold", "node_modules", "vendor"})
PLACES = re.compile(r"%\((\w+)\)")
HANGUL = re.compile(r"[\uac00-\ud7a3]")


def check_languages(plugin: str, package: Path) -> Iterator[Finding]:
    """What lacks its Korean, and what stands in Korean where English belongs."""
    known = catalogue(package) | catalogue(FOUNDATION)
    for said, path, line in messages(package):
        if said and HANGUL.search(said):
            way = "“%(said)s” is Korean: write English here, and the Korean into %(file)s."
            yield fault(plugin, path, "english", way, line, said=said, file=CATALOGUE)
        elif said and not is_said(known.get(said)):
            yield fault(
                plugin, path, "korean", "“%(said)s” has no Korean: add it to %(file)s.", line, said=said, file=CATALOGUE
            )
        elif said and not fits(said, known[said], path):
            way = "The Korean of “%(said)s” cannot be filled in: the same %%(names)s, and in templates each %% doubled."
            yield fault(plugin, path, "placeholder", way, line, said=said)


def has_catalogue(package: Path) -> bool:
    """Whether the package speaks Korean at all, or has nothing to say."""
    return (package / CATALOGUE).is_file() or not any(said for said, _, _ in messages(package))


def messages(package: Path) -> Iterator[tuple[str, Path, int]]:
    """Every message in the code and templates of ``package``, with its file and line."""
    for path in sorted(package.rglob("*")):
        if path.suffix not in METHODS or NOT_OURS.intersection(path.relative_to(package).parts):
            continue
        with path.open("rb") as source:
            for line, said, _, _ in extract(METHODS[path.suffix], source, _keywords(path), options={"trimmed": "true"}):
                yield (said[0] if isinstance(said, tuple) else said), path, line


def catalogue(package: Path) -> dict[str, Message]:
    """The Korean messages of ``package`` by msgid."""
    path = package / CATALOGUE
    if not path.is_file():
        return {}
    with path.open("rb") as source:
        read = read_po(source, locale="ko")
    return {str(one.id if isinstance(one.id, str) else one.id[0]): one for one in read if one.id}


def is_said(message: Message | None) -> bool:
    """Whether there is a message, and it has words that somebody stands by."""
    return message is not None and bool(message.string) and not message.fuzzy


def fits(said: str, message: Message | None, path: Path) -> bool:
    """Whether the values of ``said`` can be filled into both languages. Templates fill in every message."""
    told = message.string if message else said
    spoken = told if isinstance(told, str) else (told or ("",))[0]
    asked = set(PLACES.findall(said))
    if not asked and path.suffix != ".html":
        return not PLACES.findall(spoken)
    return _can_be_filled(said, asked) and _can_be_filled(spoken, asked)


def _can_be_filled(written: str, names: Set[str]) -> bool:
    try:
        return bool(written % dict.fromkeys(names, 1))
    except (KeyError, TypeError, ValueError):
        return False


def _keywords(path: Path) -> dict[str, Any]:
    """What marks a message in this file: SQLAlchemy has a ``text`` of its own, and ours may go by another name."""
    if path.suffix != ".py":
        return dict(KEYWORDS)
    ours = OURS.search(path.read_text(encoding="utf-8"))
    marks = {name: places for name, places in KEYWORDS.items() if name != "text"}
    return marks | ({ours[1] or "text": None} if ours else {})
