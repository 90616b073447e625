"""Imports plugins one after another, requirements first, and keeps out those that cannot be trusted to run."""

import importlib
import traceback
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType

from packaging.version import Version
from sqlalchemy.orm import configure_mappers

from lms_core.foundation.host.claims import clashes
from lms_core.foundation.host.declared import check_tables
from lms_core.foundation.host.discovery import Found
from lms_core.foundation.host.findings import Finding, Findings, written
from lms_core.foundation.host.manifest import CONTRACT, Manifest
from lms_core.foundation.host.markers import FOLDER, marked, unreturned
from lms_core.foundation.host.order import arrange, held_up, requiring
from lms_core.foundation.host.tampering import Watch
from lms_core.foundation.host.traces import Traces
from lms_core.foundation.text import text


@dataclass(frozen=True, slots=True)
class LoadedPlugin:
    """A plugin whose module was imported and found sound."""

    manifest: Manifest
    module: ModuleType
    folder: Path

    @property
    def id(self) -> str:
        """The plugin's id."""
        return self.manifest.id


Check = Callable[[LoadedPlugin], Findings]


@dataclass(frozen=True, slots=True)
class LoadedPlugins:
    """What runs, in order of requirement; what is quarantined, and why; what was blocked by the settings."""

    loaded: tuple[LoadedPlugin, ...] = ()
    quarantined: Mapping[str, Findings] = field(default_factory=dict)
    blocked: frozenset[str] = frozenset()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of what runs, in order."""
        return tuple(plugin.id for plugin in self.loaded)

    @property
    def manifests(self) -> dict[str, Manifest]:
        """The manifests of what runs, by id."""
        return {plugin.id: plugin.manifest for plugin in self.loaded}

    def without(self, faults: Mapping[str, Findings]) -> "LoadedPlugins":
        """The same, with the plugins of ``faults`` quarantined, and those that require them."""
        if not faults:
            return self
        held = requiring(faults, self.manifests.values())
        lost = dict(faults) | {name: self._held(name, held.union(faults)) for name in held}
        joined = {name: (*self.quarantined.get(name, ()), *found) for name, found in lost.items()}
        staying = tuple(plugin for plugin in self.loaded if plugin.id not in lost)
        return replace(self, loaded=staying, quarantined=dict(self.quarantined) | joined)

    def _held(self, name: str, missing: frozenset[str]) -> Findings:
        manifest = self.manifests[name]
        return tuple(held_up(manifest, other) for other in sorted(missing.intersection(manifest.requires)))


def load(
    found: Iterable[Found],
    instance: Path,
    *,
    check: Check = lambda plugin: (),  # noqa: ARG005 named as its callers name it
    block: Iterable[str] = (),
    rooms: Set[str] = frozenset(),
    contract: Version = CONTRACT,
) -> LoadedPlugins:
    """Import what was ``found``, requirements first; those in ``block`` are never touched.

    ``instance`` keeps the notes about imports; ``rooms`` are the names of the core's own rooms. ``check`` looks at
    each plugin once it is imported, before those that require it are, and answers what is wrong with it.
    """
    blocked = frozenset(block)
    present = {each.id: each for each in found if each.id not in blocked}
    manifests = [each.manifest for each in present.values() if each.manifest]
    faults = _joined({each.id: each.findings for each in present.values()}, clashes(manifests, rooms))
    faults = _joined(faults, _unreturned(present, instance))
    arrangement = arrange(manifests, faults | dict.fromkeys(blocked, ()), contract)
    importing = _Importing(instance, rooms, check, dict(arrangement.refused))
    loaded = [plugin for name in arrangement.order if (plugin := importing.one(present[name]))]
    quarantined = {name: findings for name, findings in importing.out.items() if name not in blocked}
    return LoadedPlugins(tuple(loaded), quarantined, blocked)


@dataclass
class _Importing:
    """The imports of one boot; ``out`` grows with each that fails."""

    instance: Path
    rooms: Set[str]
    check: Check
    out: dict[str, Findings]
    watch: Watch = field(default_factory=Watch)

    def one(self, found: Found) -> LoadedPlugin | None:
        outcome = self.outcome(found)
        if isinstance(outcome, LoadedPlugin):
            return outcome
        self.out[found.id] = outcome
        return None

    def outcome(self, found: Found) -> LoadedPlugin | Findings:
        manifest, folder = found.manifest, found.folder
        if manifest is None or folder is None:
            raise ValueError(f"{found.id} was ordered without a manifest")
        if missing := sorted(self.out.keys() & set(manifest.requires)):
            return tuple(held_up(manifest, other) for other in missing)
        self.watch.look()
        traces = Traces.before(found.package, manifest.table_prefix)
        with marked(self.instance, found.id):
            outcome = self.imported(found, manifest, folder, traces)
        if not isinstance(outcome, LoadedPlugin):
            traces.wipe(self.core)
        return outcome

    def imported(self, found: Found, manifest: Manifest, folder: Path, traces: Traces) -> LoadedPlugin | Findings:
        """Everything that is found once its code runs: whatever it raises is its own fault."""
        try:
            module = importlib.import_module(found.module)
            configure_mappers()
            plugin = LoadedPlugin(manifest, module, folder)
            faults = (*check_tables(manifest, traces.tables(self.core), self.core, folder), *self.check(plugin))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 even sys.exit() at import must not stop the site
            faults = (_import_failed(found, folder, error),)
        return (*faults, *(_tampered(found, folder, name) for name in self.watch.mend())) or plugin

    @property
    def core(self) -> Set[str]:
        """The first words of the names of the core's tables."""
        return self.rooms | {"foundation"}


def _tampered(found: Found, folder: Path, name: str) -> Finding:
    file, line = written(folder, name.rpartition(".")[2]) or (str(folder), 0)
    message = text("Importing it replaced %(name)s, which is the core's.", name=name)
    return Finding(found.id, file, line, "tampering", message)


def _import_failed(found: Found, folder: Path, error: BaseException) -> Finding:
    file, line = str(folder), 0
    if isinstance(error, SyntaxError) and error.filename:
        file, line = error.filename, error.lineno or 0
    for frame in traceback.extract_tb(error.__traceback__):
        if Path(frame.filename).is_relative_to(folder):
            file, line = frame.filename, frame.lineno or 0
    why = traceback.format_exception_only(error)[-1].strip()[:500]
    return Finding(found.id, file, line, "import", text("Importing it failed: %(why)s", why=why))


def _unreturned(present: Iterable[str], instance: Path) -> dict[str, Findings]:
    hung = unreturned(instance).intersection(present)
    return {name: (_hung(name, instance),) for name in hung}


def _hung(name: str, instance: Path) -> Finding:
    message = text(
        "The last time it was imported it hung or ended the process. Try again with: lms plugin enable %(id)s", id=name
    )
    return Finding(name, str(instance / FOLDER), 0, "unreturned", message)


def _joined(*every: Mapping[str, Findings]) -> dict[str, Findings]:
    names = {name for faults in every for name, findings in faults.items() if findings}
    return {name: tuple(fault for faults in every for fault in faults.get(name, ())) for name in sorted(names)}
