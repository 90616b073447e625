"""Makes the folder of a new plugin: the shape of a room, with a page, a hook and tests that pass at once."""

from collections.abc import Iterator
from pathlib import Path
from string import Template

from lms_core.foundation.errors import Conflict, Invalid
from lms_core.foundation.host.claims import RESERVED_URLS
from lms_core.foundation.host.manifest import ID_LENGTH, ID_PATTERN
from lms_core.foundation.text import text

_TEMPLATES = Path(__file__).parent / "scaffold" / "plugin"
_SUFFIX = ".tmpl"


class _Placeholders(Template):
    """``%%name``: neither Python, nor TOML, nor Jinja writes it by itself."""

    delimiter = "%%"


class FolderTaken(Conflict):
    """There is something already where the new plugin would go."""

    code = "folder-taken"


def make_plugin(name: str, where: Path, rooms: frozenset[str], title: str = "") -> Path:
    """Write the plugin ``name`` into a new folder of that name in ``where``; the folder.

    Raises Invalid for a name no plugin can have, FolderTaken where the folder exists.
    """
    _refuse_name(name, rooms)
    home = where / name
    if home.exists():
        raise FolderTaken(text("%(folder)s is there already.", folder=home))
    values = {"id": name, "title": title or name.replace("_", " ").capitalize(), "dist": name.replace("_", "-")}
    for source, target in _files(name):
        path = home / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_Placeholders(source.read_text(encoding="utf-8")).substitute(values), encoding="utf-8")
    return home


def _files(name: str) -> Iterator[tuple[Path, Path]]:
    """Every template, and the path in the new folder that it becomes."""
    for source in sorted(_TEMPLATES.rglob(f"*{_SUFFIX}")):
        steps = source.relative_to(_TEMPLATES).with_suffix("").parts
        named = [step.replace("__id__", name).replace("dot_", ".", 1) for step in steps]
        yield source, Path(*named)


def _refuse_name(name: str, rooms: frozenset[str]) -> None:
    if not ID_PATTERN.fullmatch(name) or len(name) > ID_LENGTH:
        raise Invalid(text("“%(id)s” is no id: lower_case words, at most 40 characters.", id=name))
    taken = sorted(room for room in rooms if name == room or name.startswith(f"{room}_"))
    if taken or name in RESERVED_URLS:
        raise Invalid(text("“%(id)s” is the core's own name.", id=name))
