"""Makes the folder of a new plugin from a template: the shape of a room, with the parts its author asks for."""

import warnings
from collections.abc import Collection
from pathlib import Path
from typing import Any

from lms_core.foundation.errors import Conflict, Invalid, Unavailable
from lms_core.foundation.host.claims import RESERVED_URLS
from lms_core.foundation.host.manifest import ID_LENGTH, ID_PATTERN
from lms_core.foundation.text import text

TEMPLATE = Path(__file__).parent / "scaffold" / "plugin"
PARTS = ("page", "activity-kind", "gate", "panel", "task", "settings", "migration", "translations", "tests")


class FolderTaken(Conflict):
    """There is something already where the new plugin would go."""

    code = "folder-taken"


class KitAbsent(Unavailable):
    """What the scaffold is rendered by is not installed."""

    code = "kit-absent"
    default = text("This needs copier, which is not installed. Run: pip install 'lms-core[kit]'")


def make_plugin(
    name: str,
    where: Path,
    rooms: frozenset[str],
    title: str = "",
    parts: Collection[str] = PARTS,
    *,
    ask: bool = False,
) -> Path:
    """Write the plugin ``name`` with these ``parts`` into a new folder of that name in ``where``; the folder.

    With ``ask``, title and parts are asked for at the terminal. Raises Invalid for a name or title no plugin can have
    or an unknown part, FolderTaken where the folder exists, KitAbsent where copier is not installed.
    """
    refuse_name(name, rooms)
    _refuse_title(title)
    _refuse_parts(parts)
    home = where / name
    if home.exists():
        raise FolderTaken(text("%(folder)s is there already.", folder=home))
    given: dict[str, Any] = {"id": name} | ({"named": title} if title else {})
    _render(home, given if ask else given | {"parts": [part for part in PARTS if part in parts]}, ask=ask)
    return home


def refuse_name(name: str, rooms: frozenset[str]) -> None:
    """Raises Invalid where no plugin can be called ``name``."""
    if not ID_PATTERN.fullmatch(name) or len(name) > ID_LENGTH:
        raise Invalid(text("“%(id)s” is no id: lower_case words, at most 40 characters.", id=name))
    taken = sorted(room for room in rooms if name == room or name.startswith(f"{room}_"))
    if taken or name in RESERVED_URLS:
        raise Invalid(text("“%(id)s” is the core's own name.", id=name))


def _refuse_title(title: str) -> None:
    # It is written into a manifest and a docstring, where these would end or bend it.
    if not title.isprintable() or set('"\\') & set(title):
        raise Invalid(text("A title is one line without quotation marks and backslashes."))


def _refuse_parts(parts: Collection[str]) -> None:
    if unknown := sorted(set(parts) - set(PARTS)):
        known = ", ".join(PARTS)
        raise Invalid(text("There is no part “%(part)s”; there are %(known)s.", part=unknown[0], known=known))


def _render(home: Path, data: dict[str, Any], *, ask: bool) -> None:
    try:
        import copier  # noqa: PLC0415 an extra: most sites never make a plugin
    except ImportError:
        raise KitAbsent from None
    with warnings.catch_warnings():
        # Where the core stands in a repository with changes, copier warns of a template that is none of git's.
        warnings.simplefilter("ignore")
        copier.run_copy(str(TEMPLATE), home, data=data, defaults=not ask, quiet=True, cleanup_on_error=True)
