"""``lms plugin list`` and ``lms plugin show``."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import click

from lms_core.foundation.host.commands.desk import Desk, as_json, at_desk, say
from lms_core.foundation.host.consent import consent_lines, disclosed
from lms_core.foundation.host.discovery import Found
from lms_core.foundation.host.findings import Findings
from lms_core.foundation.host.gates import Rule
from lms_core.foundation.host.service import PluginUnknown
from lms_core.foundation.text import text


@dataclass(frozen=True)
class _Row:
    """One plugin as a list shows it."""

    id: str
    version: str
    state: str
    title: Mapping[str, str]
    rules: tuple[Rule, ...] = ()
    findings: Findings = ()

    def data(self) -> dict[str, Any]:
        rules = [{"scope": str(rule.scope), "enabled": rule.enabled} for rule in self.rules]
        findings = [finding.as_json() for finding in self.findings]
        return {"id": self.id, "version": self.version, "state": self.state, "title": dict(self.title)} | {
            "rules": rules,
            "findings": findings,
        }

    def lines(self) -> list[str]:
        places = ", ".join(f"{'on' if rule.enabled else 'off'} at {rule.scope}" for rule in self.rules)
        head = f"{self.id:<24} {self.version:<10} {self.state:<12} {places or self.title.get('en', '')}"
        return [head.rstrip(), *(f"    {finding}" for finding in self.findings)]


@click.command("list")
@as_json
@at_desk
def list_(desk: Desk, *, as_json: bool) -> None:
    """List every plugin: where it is on, and why it is not running."""
    rows = _rows(desk)
    lines = [line for row in rows for line in row.lines()] or ["no plugin is installed"]
    say([row.data() for row in rows], *lines, as_json=as_json)


@click.command()
@click.argument("plugin")
@as_json
@at_desk
def show(desk: Desk, plugin: str, *, as_json: bool) -> None:
    """Show what a plugin discloses, where it is on, and from which hashes it was installed."""
    row = next((row for row in _rows(desk) if row.id == plugin), None)
    if row is None:
        raise PluginUnknown(text("There is no plugin “%(id)s”.", id=plugin))
    found = next((each for each in desk.found if each.id == plugin), None)
    manifest = found.manifest if found else None
    entry = desk.overlay.entries().get(plugin)
    placed = [entry.wheel, *entry.needed] if entry else []
    data = row.data() | {
        "folder": str(found.folder) if found and found.folder else None,
        "disclosed": disclosed(manifest) if manifest else None,
        "lock": [asdict(each) for each in placed],
    }
    lines = [*(consent_lines(manifest) if manifest else ()), *row.lines()]
    lines += [f"  {each.distribution} {each.version} sha256:{each.sha256}" for each in placed]
    say(data, *lines, as_json=as_json)


def _rows(desk: Desk) -> list[_Row]:
    rules = desk.service.rules()
    booted = desk.core.boot(desk.settings)
    rows = [_row(each, booted.quarantined.get(each.id, ()), booted.ids, rules) for each in desk.found]
    present = {row.id for row in rows}
    kept = (record for name, record in desk.service.records().items() if name not in present)
    rows += [_Row(record.id, record.version, "data kept", {}) for record in kept]
    return sorted(rows, key=lambda row: row.id)


def _row(found: Found, findings: Findings, running: tuple[str, ...], rules: tuple[Rule, ...]) -> _Row:
    own = tuple(rule for rule in rules if rule.plugin == found.id)
    title = {"ko": found.manifest.title.ko, "en": found.manifest.title.en} if found.manifest else {}
    if findings:
        state = "quarantined"
    elif found.id not in running:
        state = "blocked"
    else:
        state = _switched(own)
    return _Row(found.id, found.version, state, title, own, findings)


def _switched(rules: tuple[Rule, ...]) -> str:
    site = next((rule.enabled for rule in rules if rule.scope.kind == "site"), None)
    if site is False or not any(rule.enabled for rule in rules):
        return "off"
    return "on" if site else "on in places"
