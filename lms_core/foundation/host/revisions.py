"""Reads a lineage's revisions without running them: whether they are one unbroken line that goes up and down."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lms_core.foundation.host.findings import Finding
from lms_core.foundation.host.lineage import Lineage
from lms_core.foundation.text import Text, text

_NAMES = ("revision", "down_revision")
_STEPS = ("upgrade", "downgrade")


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision as its file says: its name, the one before (None: it is the first), and the steps it defines."""

    file: Path
    name: object
    before: object
    steps: frozenset[str]


def check_revisions(lineage: Lineage) -> Iterator[Finding]:
    """Everything that keeps the revisions of ``lineage`` from being one line from one beginning to one head."""
    read: list[Revision] = []
    for file in sorted(lineage.versions.glob("*.py")):
        try:
            read.append(_read(file))
        except (SyntaxError, ValueError) as broken:
            yield _fault(lineage, file, "revision-syntax", text("It cannot be read: %(why)s", why=broken))
            return
    for one in read:
        yield from _complete(lineage, one)
    yield from _line(lineage, read)


def _read(file: Path) -> Revision:
    body = ast.parse(file.read_text(encoding="utf-8"), str(file)).body
    values = {name: value for statement in body for name, value in _assigned(statement)}
    steps = frozenset(one.name for one in body if isinstance(one, ast.FunctionDef) and one.name in _STEPS)
    return Revision(file, values.get("revision"), values.get("down_revision"), steps)


def _assigned(statement: ast.stmt) -> Iterator[tuple[str, object]]:
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        yield from _pairs(statement.target, statement.value)
    elif isinstance(statement, ast.Assign):
        for target in statement.targets:
            yield from _pairs(target, statement.value)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, object]]:
    if isinstance(target, ast.Name) and target.id in _NAMES:
        yield target.id, ast.literal_eval(value)
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for inner, one in zip(target.elts, value.elts, strict=False):
            yield from _pairs(inner, one)


def _complete(lineage: Lineage, one: Revision) -> Iterator[Finding]:
    if not isinstance(one.name, str) or not one.name:
        yield _fault(lineage, one.file, "revision-name", text('It has no revision = "...".'))
    for step in _STEPS:
        if step not in one.steps:
            yield _fault(lineage, one.file, "revision-step", text("It has no function %(step)s().", step=step))


def _line(lineage: Lineage, read: list[Revision]) -> Iterator[Finding]:
    names = Counter(one.name for one in read)
    for one in read:
        if names[one.name] > 1:
            message = text("The revision %(name)s is there %(times)d times.", name=one.name, times=names[one.name])
            yield _fault(lineage, one.file, "revision-twice", message)
        if one.before is not None and one.before not in names:
            message = text("It comes after the revision %(name)s, which is missing.", name=one.before)
            yield _fault(lineage, one.file, "revision-missing", message)
    followed = {one.before for one in read}
    heads = names.keys() - followed
    if len(heads) != 1 and read:
        listed = ", ".join(sorted(map(str, heads))) or "-"
        message = text("It has %(times)d heads, not one: %(heads)s.", times=len(heads), heads=listed)
        yield _fault(lineage, lineage.versions, "revision-heads", message)


def _fault(lineage: Lineage, file: Path, rule: str, message: Text) -> Finding:
    return Finding(lineage.name, str(file), 0, rule, message)
