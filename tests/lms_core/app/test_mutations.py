"""Every hook name and every argument of the plugins we publish is misspelt in turn: none goes unnoticed at boot.

The letter box is changed as text and run under its own name, against the same checks that a boot makes.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from lms_core.app.extension import HookCheck
from lms_core.app.plugins import specifications
from lms_core.foundation.host.findings import Findings
from lms_core.foundation.host.loading import LoadedPlugin
from lms_core.foundation.host.manifest_file import read_manifest
from lms_core.foundation.host.order import arrange

ROOT = Path(__file__).parents[3]
FOLDERS = [ROOT / "cert_prep", ROOT / "university_outreach", *sorted((ROOT / "plugins").glob("*/*"))]


class Mutation(NamedTuple):
    """One change of one letter box: which function, what is changed into what, and what must be reported of it."""

    plugin: str
    hook: str
    what: str
    source: str
    rules: frozenset[str]
    meant: str


def own(folder: Path) -> bool:
    return (folder / "plugin.toml").is_file() and (folder / "plugin.py").is_file()


def mutations(folder: Path) -> Iterator[Mutation]:
    source = (folder / "plugin.py").read_text(encoding="utf-8")
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("lms_"):
            yield from _of(folder.name, node, source)


def _of(plugin: str, node: ast.FunctionDef, source: str) -> Iterator[Mutation]:
    names = [one.arg for one in node.args.args]
    misspelt = _misspelt(node.name)

    def made(what: str, change: ast.NodeTransformer, rules: set[str], meant: str = "") -> Mutation:
        tree = ast.parse(source)
        return Mutation(plugin, node.name, what, ast.unparse(change.visit(tree)), frozenset(rules), meant)

    yield made("name", _Change(node.name, lambda one: setattr(one, "name", misspelt)), {"unknown-hook"}, node.name)
    yield made("marker", _Change(node.name, lambda one: one.decorator_list.clear()), {"no-hookimpl"})
    yield made("return", _Change(node.name, lambda one: setattr(one, "returns", None)), {"no-return-type"})
    catches = ast.arg("rest", ast.Name("object"))
    yield made("catch-all", _Change(node.name, lambda one: setattr(one.args, "kwarg", catches)), {"catch-all"})
    for at, name in enumerate(names):
        rename = _Change(
            node.name, lambda one, at=at: setattr(one.args.args[at], "arg", _misspelt(one.args.args[at].arg))
        )
        yield made(f"argument {name}", rename, {"unknown-argument"}, name)
        retyped = _Change(node.name, lambda one, at=at: setattr(one.args.args[at], "annotation", ast.Name("bytes")))
        yield made(f"type of {name}", retyped, {"argument-type"})
        if any(isinstance(one, ast.Name) and one.id == name for one in ast.walk(node)):
            gone = _Change(node.name, lambda one, at=at: one.args.args.pop(at))
            yield made(f"lack of {name}", gone, {"missing-argument"}, name)
    if names:
        defaulted = _Change(node.name, lambda one: one.args.defaults.append(ast.Constant(None)))
        yield made("default", defaulted, {"defaulted-argument"})
        yield made("keyword", _Change(node.name, _keyword_only), {"argument-kind"})


class _Change(ast.NodeTransformer):
    """Changes the one function of this name."""

    def __init__(self, name: str, change) -> None:
        self.name, self.change = name, change

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        if node.name == self.name:
            self.change(node)
            ast.fix_missing_locations(node)
        return node


def _keyword_only(node: ast.FunctionDef) -> None:
    node.args.kwonlyargs.append(node.args.args.pop())
    node.args.kw_defaults.append(None)


def _misspelt(name: str) -> str:
    """The last two letters of the word change places."""
    return f"{name[:-2]}{name[-1]}{name[-2]}" if name[-1] != name[-2] else f"{name}{name[-1]}"


@pytest.fixture(scope="module")
def plugins() -> dict[str, LoadedPlugin]:
    """Our plugins by name, imported by source, requirements first."""
    added = [str(folder.parent) for folder in FOLDERS if own(folder) and str(folder.parent) not in sys.path]
    sys.path.extend(added)
    folders = {folder.name: folder for folder in FOLDERS if own(folder)}
    manifests = {name: read_manifest(folder / "plugin.toml", name, "1.0")[0] for name, folder in folders.items()}
    order = arrange(
        replace(one, requires=dict.fromkeys(one.requires, one.core & "")) for one in manifests.values() if one
    )
    yield {name: LoadedPlugin(manifests[name], import_module(f"{name}.plugin"), folders[name]) for name in order.order}
    for one in added:
        sys.path.remove(one)


def checked(plugins: dict[str, LoadedPlugin], mutation: Mutation) -> Findings:
    """What a boot says of the plugin whose letter box reads so, after it has seen those before it."""
    check = HookCheck(specifications())
    for name, plugin in plugins.items():
        if name != mutation.plugin:
            assert check(plugin) == ()
            continue
        module = ModuleType(plugin.module.__name__)
        module.__file__ = plugin.module.__file__
        exec(compile(mutation.source, str(module.__file__), "exec"), vars(module))
        return check(replace(plugin, module=module))
    raise AssertionError(mutation.plugin)


@pytest.mark.parametrize("folder", [folder for folder in FOLDERS if own(folder)], ids=lambda folder: folder.name)
def test_no_slip_goes_unnoticed_and_each_is_told_of_whom_it_is(folder: Path, plugins) -> None:
    made = list(mutations(folder))
    assert made
    for mutation in made:
        found = checked(plugins, mutation)
        told = [one for one in found if one.rule in mutation.rules]
        assert told, f"{mutation.plugin}: {mutation.what} of {mutation.hook} went unnoticed: {[*map(str, found)]}"
        assert {one.plugin for one in found} == {mutation.plugin}
        assert told[0].file.endswith(f"{folder.name}/plugin.py")
        assert mutation.meant in {"", *(one.suggestion for one in told)}, mutation
