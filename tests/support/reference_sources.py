"""Who answers each hook, and how it is written there: read from the sources, which are tested."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lms_core.app.plugins import ROOMS

ROOT = Path(__file__).parents[2]
LONGEST = 24


@dataclass(frozen=True, slots=True)
class Answer:
    """One implementation of a hook: whose, in which file, and its source."""

    house: str
    path: str
    source: str

    @property
    def is_plugins(self) -> bool:
        """Whether a plugin's, and so an example to authors."""
        return not self.path.startswith("lms_core/")


def answers() -> dict[str, list[Answer]]:
    """Every implementation by its hook: plugins first, then the core's rooms."""
    found: dict[str, list[Answer]] = {}
    for house, path in letter_boxes():
        source = path.read_text(encoding="utf-8")
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("lms_"):
                answer = Answer(house, str(path.relative_to(ROOT)), _source(source, node))
                found.setdefault(node.name, []).append(answer)
    return found


def example(known: list[Answer]) -> Answer | None:
    """The one to show: a plugin's if there is any, and the shortest that is more than a word."""
    short = [one for one in known if one.source.count("\n") <= LONGEST]
    return min(short, key=lambda one: (not one.is_plugins, len(one.source)), default=None)


def letter_boxes() -> Iterator[tuple[str, Path]]:
    """Every ``plugin.py`` of a plugin or room, with whose it is."""
    manifests = [*ROOT.glob("plugins/*/*/plugin.toml"), *ROOT.glob("*/plugin.toml")]
    for manifest in sorted(manifests):
        yield manifest.parent.name, manifest.parent / "plugin.py"
    yield "site", ROOT / "lms_core" / "app" / "plugin.py"
    for room in ROOMS:
        yield room, ROOT / "lms_core" / room / "plugin.py"


def _source(source: str, node: ast.FunctionDef) -> str:
    first = min(decorator.lineno for decorator in node.decorator_list) if node.decorator_list else node.lineno
    lines = source.splitlines()[first - 1 : node.end_lineno]
    # What silences our own linter teaches nobody anything.
    return "\n".join(line.partition("  # noqa")[0] for line in lines)
