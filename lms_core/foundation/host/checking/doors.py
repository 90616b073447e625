"""Contracts: other houses are entered by their doors, and the stairs inside a plugin go down."""

import ast
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from lms_core.foundation.host.checking.checked import fault
from lms_core.foundation.host.findings import Finding
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.host.manifest_file import line_in

CORE = "lms_core"
OPEN = frozenset({"domain", "service", "hooks"})
COMMON = frozenset({"foundation", "hooks"})
# From the top of the stairs to their foot; those on one step are blind to each other.
STAIRS: tuple[frozenset[str], ...] = (
    frozenset({"plugin"}),
    frozenset({"pages", "api", "tasks", "commands"}),
    frozenset({"schemas"}),
    frozenset({"service"}),
    frozenset({"repository"}),
    frozenset({"tables"}),
    frozenset({"domain"}),
    frozenset({"hooks"}),
)
SPEAKING_SQL = frozenset({"repository", "tables", "migrations"})
IMPURE = ("flask", "sqlalchemy", "celery", "marshmallow")
IMPURE_CORE = frozenset({"database", "web", "host"})


@dataclass(frozen=True, slots=True)
class Import:
    """One name that a module imports, by its steps, and the line."""

    steps: tuple[str, ...]
    line: int

    def step(self, number: int) -> str:
        """The step of that number, or nothing."""
        return self.steps[number] if len(self.steps) > number else ""


def check_doors(manifest: Manifest, package: Path, rooms: Set[str], plugins: Set[str]) -> Iterator[Finding]:
    """Every import of ``package`` that goes through a wall; ``plugins`` are the ids of all that are installed."""
    houses = _Houses(manifest, rooms - {"foundation"}, plugins - {manifest.id} | set(manifest.requires))
    for path in sorted(package.rglob("*.py")):
        layer = path.relative_to(package).parts[0].removesuffix(".py")
        if layer == "migrations":
            continue
        for one in imports_of(path, manifest.id, package):
            if refusal := houses.refusal(layer, one):
                rule, way_out = refusal
                yield fault(
                    manifest.id,
                    path,
                    rule,
                    "It imports %(name)s. %(way)s",
                    one.line,
                    name=".".join(one.steps),
                    way=way_out,
                )


def imports_of(path: Path, plugin: str, package: Path) -> Iterator[Import]:
    """Every import of a module, but for those that only a type checker makes."""
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    for block in ast.walk(tree):
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.dump(block.test):
            block.body = []
    above = (plugin, *path.relative_to(package).with_suffix("").parts)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(tuple(name.name.split(".")), node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = above[: -node.level] if node.level else ()
            base = (*start, *(node.module.split(".") if node.module else ()))
            yield from (Import((*base, name.name), node.lineno) for name in node.names)


@dataclass(frozen=True, slots=True)
class _Houses:
    manifest: Manifest
    rooms: Set[str]
    plugins: Set[str]

    def refusal(self, layer: str, one: Import) -> tuple[str, str] | None:
        """The rule that the import breaks, and the way out."""
        top = one.step(0)
        if top == CORE:
            return self._core(layer, one)
        if top == self.manifest.id:
            return self._stairs(layer, one.step(1))
        if top in self.plugins:
            return self._plugin(top, one.step(1))
        if layer == "domain" and top in IMPURE:
            return "pure", "A domain is the standard library: do this in the service or the repository."
        if top == "sqlalchemy" and layer not in SPEAKING_SQL:
            return "sql", "SQL stands in repository.py and tables.py alone."
        return None

    def _core(self, layer: str, one: Import) -> tuple[str, str] | None:
        house, door = one.step(1), one.step(2)
        if layer == "domain" and house == "foundation" and door in IMPURE_CORE:
            return "pure", "A domain uses the foundation's values only: do this in the service or the repository."
        if house in COMMON:
            return None
        if house not in self.rooms:
            return "roof", "The roof is imported by nobody; plugins use lms_core.foundation, lms_core.hooks and rooms."
        return None if door in OPEN else ("doors", f"Enter {house} by its domain or service.")

    def _plugin(self, other: str, door: str) -> tuple[str, str] | None:
        if other not in self.manifest.requires:
            line = line_in(self.manifest.file, ("requires",))
            where = f"plugin.toml:{line}" if line else "plugin.toml"
            return "requires", f'Write [requires] {other} = ">=..." into {where}, or do without.'
        return None if door in OPEN else ("doors", f"Enter {other} by its hooks, domain or service.")

    def _stairs(self, layer: str, target: str) -> tuple[str, str] | None:
        here, there = _step(layer), _step(target)
        if layer == target or here is None or there is None or here < there:
            return None
        return "stairs", f"{layer} stands below {target}, or beside it: let {target} import {layer}, or neither."


def _step(layer: str) -> int | None:
    return next((number for number, step in enumerate(STAIRS) if layer in step), None)
