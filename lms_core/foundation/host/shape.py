"""One shape: a plugin has the inside of a room, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

from lms_core.foundation.host.findings import Finding, nearest
from lms_core.foundation.text import Text, text

LAYERS = frozenset(
    {"plugin", "domain", "tables", "repository", "service", "schemas", "api", "pages", "tasks", "hooks", "commands"}
)
FOLDERS = frozenset({"migrations", "templates", "static", "translations", "data"})
FILES = frozenset({"__init__.py", "plugin.toml", "py.typed", "README.md"})
_NAMED = ("templates", "static")
LINES = 300


def check_shape(plugin: str, folder: Path) -> Iterator[Finding]:
    """What in the package ``folder`` has no place in a room."""
    for path in sorted(folder.iterdir()):
        if path.name in FILES or path.name == "__pycache__":
            continue
        if path.is_dir():
            yield from _folder(plugin, path)
        elif path.suffix != ".py" or path.stem not in LAYERS:
            message = text("A room has no %(name)s.", name=path.name)
            yield _fault(plugin, path, "shape", message, nearest(path.stem, LAYERS))
    for module in sorted(folder.rglob("*.py")):
        lines = module.read_text(encoding="utf-8", errors="replace").count("\n")
        if lines > LINES and "migrations" not in module.parts:
            yield _fault(plugin, module, "length", text("It has %(lines)d lines: make it a package.", lines=lines))


def check_folder(plugin: str, folder: Path) -> Iterator[Finding]:
    """What a source folder around the package ``plugin`` lacks."""
    for name in ("README.md", "setup.cfg", "pyproject.toml", f"{plugin}/__init__.py", f"{plugin}/plugin.toml"):
        if not (folder / name).is_file():
            yield _fault(plugin, folder / name, "shape", text("There is no %(name)s.", name=name))


def _folder(plugin: str, path: Path) -> Iterator[Finding]:
    if path.name not in FOLDERS | LAYERS:
        message = text("A room has no folder %(name)s.", name=path.name)
        yield _fault(plugin, path, "shape", message, nearest(path.name, FOLDERS | LAYERS))
    elif path.name in _NAMED:
        # Templates of all plugins share one name space: without the folder, one would stand in for another's.
        for inner in sorted(path.iterdir()):
            if inner.name != plugin:
                message = text("It belongs into %(folder)s/%(id)s/.", folder=path.name, id=plugin)
                yield _fault(plugin, inner, "shape", message)


def _fault(plugin: str, path: Path, rule: str, message: Text, suggestion: str = "") -> Finding:
    return Finding(plugin, str(path), 0, rule, message, suggestion)
