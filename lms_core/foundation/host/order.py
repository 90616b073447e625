"""In which order plugins load: what is required comes first; who cannot load says why, by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from packaging.version import Version

from lms_core.foundation.host.findings import Finding, Findings, nearest
from lms_core.foundation.host.manifest import CONTRACT, Manifest
from lms_core.foundation.host.manifest_file import line_in
from lms_core.foundation.text import Text, text


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The ids that can load, in order, and what keeps the others out."""

    order: tuple[str, ...]
    refused: Mapping[str, Findings]


def arrange(
    manifests: Iterable[Manifest], refused: Mapping[str, Findings] | None = None, contract: Version = CONTRACT
) -> Arrangement:
    """Order ``manifests`` by requirement, and by name where nothing else decides.

    ``refused`` are plugins that are out already; whoever requires one of them is out too.
    """
    known = {manifest.id: manifest for manifest in manifests}
    out = dict(refused or {})
    for manifest in known.values():
        if faults := (*_core_range(manifest, contract), *_requirements(manifest, known, out)):
            out[manifest.id] = (*out.get(manifest.id, ()), *faults)
    for circle in _circles(known):
        for member in circle:
            out[member] = (*out.get(member, ()), _in_circle(known[member], circle))
    _spread(known, out)
    return Arrangement(_sorted({name: known[name] for name in known if name not in out}), out)


def requiring(names: Iterable[str], manifests: Iterable[Manifest]) -> frozenset[str]:
    """Everyone who requires one of ``names``, directly or through others; without ``names`` themselves."""
    asked = set(names)
    reached = set(asked)
    every = tuple(manifests)
    while more := {each.id for each in every if each.id not in reached and reached.intersection(each.requires)}:
        reached |= more
    return frozenset(reached - asked)


def required(name: str, manifests: Mapping[str, Manifest]) -> frozenset[str]:
    """Everything that ``name`` requires, directly or through others."""
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        manifest = manifests.get(waiting.pop())
        fresh = set(manifest.requires) - reached if manifest else set()
        reached |= fresh
        waiting.extend(fresh)
    return frozenset(reached)


def held_up(manifest: Manifest, missing: str) -> Finding:
    """The finding of a plugin that stays out because one it requires does."""
    message = text("It requires “%(other)s”, which is not running.", other=missing)
    return _finding(manifest, ("requires", missing), "requires-quarantined", message)


def _core_range(manifest: Manifest, contract: Version) -> Iterable[Finding]:
    if not manifest.core.contains(contract, prereleases=True):
        message = text(
            "It is written for the core contract %(range)s; this core offers %(contract)s.",
            range=manifest.core,
            contract=contract,
        )
        yield _finding(manifest, ("core",), "core-version", message)


def _requirements(
    manifest: Manifest, known: Mapping[str, Manifest], refused: Mapping[str, Findings]
) -> Iterable[Finding]:
    for name, wanted in sorted(manifest.requires.items()):
        other = known.get(name)
        if other is None and name not in refused:
            message = text("It requires “%(other)s”, which is not installed.", other=name)
            yield _finding(manifest, ("requires", name), "missing-requirement", message, nearest(name, known))
        elif other is not None and not wanted.contains(other.version, prereleases=True):
            message = text(
                "It requires “%(other)s” %(range)s; installed is %(version)s.",
                other=name,
                range=wanted,
                version=other.version,
            )
            yield _finding(manifest, ("requires", name), "requirement-version", message)


def _circles(known: Mapping[str, Manifest]) -> Iterable[tuple[str, ...]]:
    """Groups of plugins of which each requires every other, directly or through others."""
    reach = {name: required(name, known) for name in known}
    seen: set[str] = set()
    for name in sorted(known):
        if name in reach[name] and name not in seen:
            circle = tuple(sorted(other for other in reach[name] if other in known and name in reach[other]))
            seen.update(circle)
            yield circle


def _in_circle(manifest: Manifest, circle: tuple[str, ...]) -> Finding:
    if circle == (manifest.id,):
        message = text("It requires itself.")
    else:
        message = text("These plugins require each other in a circle: %(circle)s.", circle=", ".join(circle))
    return _finding(manifest, ("requires",), "requirement-cycle", message)


def _spread(known: Mapping[str, Manifest], out: dict[str, Findings]) -> None:
    held = requiring(set(out), known.values())
    for name in sorted(held):
        direct = sorted(other for other in known[name].requires if other in held or other in out)
        out[name] = tuple(held_up(known[name], other) for other in direct)


def _sorted(known: Mapping[str, Manifest]) -> tuple[str, ...]:
    order: dict[str, None] = {}
    waiting = sorted(known)
    while waiting:
        ready = next(name for name in waiting if order.keys() >= set(known[name].requires))
        order[ready] = None
        waiting.remove(ready)
    return tuple(order)


def _finding(manifest: Manifest, key: tuple[str, ...], rule: str, message: Text, suggestion: str = "") -> Finding:
    return Finding(manifest.id, manifest.file, line_in(manifest.file, key), rule, message, suggestion)
