"""Doors: another house is entered by its open doors only, a plugin only where the manifest requires it.

A contract of our own for import-linter: ``layers`` cannot say "by domain and service only".
"""

import importlib.util
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class DoorsContract(Contract):
    """``open_doors`` of rooms and plugins; ``common`` floors are open to all; the ``roof`` to nobody."""

    type_name = "doors"
    core: Any = fields.StringField()
    plugins: Any = fields.ListField(subfield=fields.StringField())
    open_doors: Any = fields.SetField(subfield=fields.StringField())
    common: Any = fields.SetField(subfield=fields.StringField())
    roof: Any = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every direct import between two houses."""
        needs = {plugin: required_by(plugin) for plugin in self.plugins}
        wrong = list(self._wrong(graph, needs))
        return ContractCheck(kept=not wrong, metadata={"wrong": wrong})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name importer, line, imported and why."""
        for importer, line, imported, why in check.metadata["wrong"]:
            output.print_error(f"{importer} (l.{line}) imports {imported}: {why}", bold=False)

    def _wrong(self, graph: ImportGraph, needs: dict[str, set[str]]) -> Iterator[tuple[str, int, str, str]]:
        for importer in sorted(graph.modules):
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                if why := self._refusal(importer, imported, needs):
                    for found in graph.get_import_details(importer=importer, imported=imported):
                        yield importer, found["line_number"], imported, why

    def _refusal(self, importer: str, imported: str, needs: dict[str, set[str]]) -> str:
        here, _ = self._house(importer)
        there, door = self._house(imported)
        if not there or here == there:
            return ""
        room = there.removeprefix(f"{self.core}.")
        if room != there:
            if room in self.common or here.removeprefix(f"{self.core}.") in self.roof:
                return ""
            if room in self.roof:
                return "the roof is imported by nobody"
        elif not here or here.startswith(self.core):
            return "the core imports no plugin"
        elif there not in needs[here]:
            return f"{here}/plugin.toml does not require {there}"
        return "" if door in self.open_doors else f"only {', '.join(sorted(self.open_doors))} are open to other houses"

    def _house(self, module: str) -> tuple[str, str]:
        parts = [*module.split("."), "", ""]
        if parts[0] in self.plugins:
            return parts[0], parts[1]
        return (f"{parts[0]}.{parts[1]}", parts[2]) if parts[0] == self.core and parts[1] else ("", "")


def required_by(plugin: str) -> set[str]:
    """The plugins that the manifest of ``plugin`` requires."""
    spec = importlib.util.find_spec(plugin)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(f"{plugin} is not on the path")
    manifest = tomllib.loads(Path(spec.submodule_search_locations[0], "plugin.toml").read_text())
    return set(manifest.get("requires", {}))
