"""Whether every message has its Korean: `python -m tests.support.translations` names those that lack it."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUE = Path("translations/ko/LC_MESSAGES/messages.po")
KEYWORDS = {"text": None, "gettext": None, "_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
OURS = re.compile(r"^from lms_core\.foundation\.text import .*\btext(?: as (\w+))?\b", re.MULTILINE)
METHODS = {".py": "python", ".html": "jinja2"}


def packages() -> list[Path]:
    """Every package with messages: the foundation, rooms, roof, bundled plugins, plugins."""
    core = [
        folder for folder in sorted((ROOT / "lms_core").iterdir()) if folder.is_dir() and folder.name != "__pycache__"
    ]
    bundled = [ROOT / "cert_prep", ROOT / "university_outreach"]
    return [*core, *bundled, *sorted(found.parent for found in (ROOT / "plugins").glob("*/*/plugin.toml"))]


def messages(package: Path) -> Iterator[tuple[str, str]]:
    """Every message in the code and templates of ``package``, with its place."""
    for path in sorted(package.rglob("*")):
        if path.suffix not in METHODS or {"scaffold", "node_modules", "vendor"} & set(path.parts):
            continue
        with path.open("rb") as source:
            for line, said, _, _ in extract(METHODS[path.suffix], source, _keywords(path), options={"trimmed": "true"}):
                yield (said[0] if isinstance(said, tuple) else said), f"{path.relative_to(ROOT)}:{line}"


def _keywords(path: Path) -> dict[str, object]:
    """What marks a message in this file: SQLAlchemy has a ``text`` of its own, and ours may go by another name."""
    if path.suffix != ".py":
        return dict(KEYWORDS)
    ours = OURS.search(path.read_text())
    marks = {name: places for name, places in KEYWORDS.items() if name != "text"}
    return marks | ({ours[1] or "text": None} if ours else {})


def catalogue(package: Path) -> dict[str, Message]:
    """The Korean messages of ``package`` by msgid."""
    path = package / CATALOGUE
    if not path.is_file():
        return {}
    with path.open("rb") as source:
        read = read_po(source, locale="ko")
    return {(one.id[0] if isinstance(one.id, tuple) else one.id): one for one in read if one.id}


def missing(package: Path) -> list[str]:
    """What has no Korean, with its place. The foundation's catalogue serves the hooks and the roof as well."""
    known = catalogue(package) | catalogue(ROOT / "lms_core" / "foundation")
    return [f"{place}: {said!r}" for said, place in messages(package) if said and not _said(known.get(said))]


def unused(package: Path) -> list[str]:
    """What the catalogue says and nobody asks for."""
    asked = {said for said, _ in messages(package)}
    if package.name == "foundation":
        asked |= {said for other in packages() for said, _ in messages(other)}
    return [f"{package.relative_to(ROOT)}: {said!r}" for said in catalogue(package) if said not in asked]


def _said(message: Message | None) -> bool:
    return message is not None and bool(message.string) and not message.fuzzy


def main() -> int:
    """Print what is wrong; the number of faults decides the exit code."""
    faults = [line for package in packages() for line in missing(package)]
    faults += [f"unused {line}" for package in packages() for line in unused(package)]
    print("\n".join(faults) or "Every message has its Korean.")  # noqa: T201 a command's answer
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
