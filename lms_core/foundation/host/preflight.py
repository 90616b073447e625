"""What would stand in the way of an upgrade, said before anything changes: culprits, and who waits for them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from packaging.version import Version
from sqlalchemy import Engine

from lms_core.foundation.host.discovery import Found
from lms_core.foundation.host.findings import Finding, Findings
from lms_core.foundation.host.lineage import Lineage
from lms_core.foundation.host.manifest import CONTRACT, Manifest
from lms_core.foundation.host.migrations import MigrationFailed, pending
from lms_core.foundation.host.order import arrange, required
from lms_core.foundation.host.revisions import check_revisions
from lms_core.foundation.host.upgrading import Revisions, lineage_of

_HELD_UP = "requires-quarantined"


@dataclass(frozen=True, slots=True)
class Preflight:
    """``findings`` name only those at fault; ``waiting`` who could run but for them; ``pending`` what would migrate."""

    contract: Version
    findings: Findings = ()
    waiting: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pending: Mapping[str, Revisions] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "core": str(self.contract),
            "findings": [one.as_json() for one in self.findings],
            "waiting": {name: list(culprits) for name, culprits in self.waiting.items()},
            "pending": {name: list(revisions) for name, revisions in self.pending.items()},
        }

    def lines(self) -> Iterator[str]:
        """As lines for people."""
        yield from (str(one) for one in self.findings)
        yield from (f"{name} waits for {', '.join(culprits)}" for name, culprits in self.waiting.items())
        yield from (f"{name} would run {', '.join(revisions)}" for name, revisions in self.pending.items())
        if not self.findings:
            yield f"Nothing stands in the way of core {self.contract}."


def preflight(
    engine: Engine,
    core: Lineage,
    found: Iterable[Found],
    *,
    quarantined: Mapping[str, Findings],
    contract: Version = CONTRACT,
) -> Preflight:
    """Look at every plugin in ``found`` as the core contract ``contract`` would; nothing is changed.

    ``quarantined`` is what the core that runs here found when it loaded them: hooks it does not know, wrong answers.
    """
    every = {each.id: each for each in found}
    manifests = {name: each.manifest for name, each in every.items() if each.manifest}
    refused = arrange(manifests.values(), {n: each.findings for n, each in every.items() if each.findings}, contract)
    lineages = (core, *(made for each in every.values() if (made := lineage_of(each))))
    migrations, waiting = _migrations(engine, lineages)
    faults = [*_flat(refused.refused), *_flat(quarantined), *migrations]
    culprits = tuple(_once(fault for fault in faults if fault.rule != _HELD_UP))
    return Preflight(contract, culprits, _waiting(manifests, {fault.plugin for fault in culprits}), waiting)


def _flat(findings: Mapping[str, Findings]) -> Iterator[Finding]:
    for name in sorted(findings):
        yield from findings[name]


def _once(faults: Iterable[Finding]) -> Iterator[Finding]:
    """The manifests are looked at by both sides: what both found is told once."""
    told: set[str] = set()
    for fault in faults:
        if str(fault) not in told:
            told.add(str(fault))
            yield fault


def _waiting(manifests: Mapping[str, Manifest], culprits: set[str]) -> dict[str, tuple[str, ...]]:
    needs = {name: sorted(required(name, manifests) & culprits) for name in sorted(manifests) if name not in culprits}
    return {name: tuple(found) for name, found in needs.items() if found}


def _migrations(engine: Engine, lineages: Iterable[Lineage]) -> tuple[list[Finding], dict[str, Revisions]]:
    faults: list[Finding] = []
    waiting: dict[str, Revisions] = {}
    for lineage in lineages:
        if broken := list(check_revisions(lineage)):
            faults += broken
            continue
        try:
            revisions = pending(engine, lineage)
        except MigrationFailed as failed:
            faults.append(Finding(lineage.name, str(lineage.versions), 0, "migration", failed.reason))
            continue
        if revisions:
            waiting[lineage.name] = revisions
    return faults, waiting
