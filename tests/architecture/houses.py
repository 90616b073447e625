"""Where the houses stand: the core's rooms, the bundled plugins, the plugins of partners."""

import ast
from collections.abc import Iterator
from pathlib import Path

from lms_core.app.plugins import ROOMS

ROOT = Path(__file__).parents[2]
CORE = ROOT / "lms_core"


def rooms() -> list[Path]:
    """The core's rooms that are built."""
    return [CORE / room for room in ROOMS]


def plugins() -> list[Path]:
    """Bundled plugins and those of plugins/."""
    return [
        ROOT / "cert_prep",
        ROOT / "university_outreach",
        *sorted(path.parent for path in ROOT.glob("plugins/*/*/plugin.toml")),
    ]


def modules(*folders: Path) -> Iterator[Path]:
    """Every module of the product below ``folders`` (of the whole product if none is named)."""
    for folder in folders or (CORE, *plugins()):
        for path in sorted(folder.rglob("*.py")):
            if not {"scaffold", "versions", "node_modules", "build"} & set(path.relative_to(ROOT).parts):
                yield path


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def named(path: Path) -> str:
    """A path as a message shows it."""
    return str(path.relative_to(ROOT))
