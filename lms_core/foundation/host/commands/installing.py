"""``lms plugin install`` and ``upgrade``."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import click

from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.host import migrations
from lms_core.foundation.host.archives import refusal
from lms_core.foundation.host.columns import line
from lms_core.foundation.host.commands.desk import Desk, as_json, at_desk, say, sure
from lms_core.foundation.host.consent import NOTICE, Asked, asks_more, consent_lines, renewal_lines
from lms_core.foundation.host.exporting import rows_kept
from lms_core.foundation.host.findings import PluginRefused
from lms_core.foundation.host.installing import Prepared
from lms_core.foundation.host.lineage import Lineage, plugin_lineage, prefixed
from lms_core.foundation.host.markers import forgive
from lms_core.foundation.host.overlay import unpack
from lms_core.foundation.host.revisions import check_revisions
from lms_core.foundation.host.service import PluginUnknown
from lms_core.foundation.host.snapshots import safeguarded
from lms_core.foundation.host.trial import Trial, trial
from lms_core.foundation.scopes import SITE
from lms_core.foundation.text import text

looking = click.option("--check", is_flag=True, help="Say what would happen, migrations' SQL included; change nothing.")


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--enable", "enabling", is_flag=True, help="Switch it on for the site at once.")
@looking
@sure
@as_json
@at_desk
def install(desk: Desk, sources: tuple[str, ...], *, enabling: bool, check: bool, yes: bool, as_json: bool) -> None:
    """Install plugins from wheels, folders, or by name from the index. An installed one is upgraded.

    Each is looked through, shown, tried in a process of its own, and only then placed; then migrations run.
    """
    if check:
        _say_looked([_look(desk, source) for source in sources], as_json=as_json)
        return
    desk.upgrade()
    answers = [_install_one(desk, source, enabling=enabling, yes=yes, quiet=as_json) for source in sources]
    _say_installed(desk, answers, enabling=enabling, as_json=as_json)


@click.command()
@click.argument("plugin")
@click.option("--from", "source", default="", help="A wheel, a folder, or a requirement; the index's newest otherwise.")
@looking
@sure
@as_json
@at_desk
def upgrade(desk: Desk, plugin: str, source: str, *, check: bool, yes: bool, as_json: bool) -> None:
    """Upgrade an installed plugin. What it asks for beyond what was consented to is shown and asked, nothing else."""
    entry = desk.overlay.entries().get(plugin)
    if entry is None:
        raise PluginUnknown(text("“%(id)s” is not installed in the overlay. See: lms plugin list", id=plugin))
    source = source or entry.wheel.distribution
    if check:
        _say_looked([_look(desk, source, plugin)], as_json=as_json)
        return
    desk.upgrade()
    answer = _install_one(desk, source, plugin, yes=yes, quiet=as_json)
    _say_installed(desk, [answer], as_json=as_json)


def _say_installed(
    desk: Desk, answers: Sequence[Mapping[str, object]], *, enabling: bool = False, as_json: bool
) -> None:
    reloaded = desk.reload()
    lines = [f"{one['id']} {one['version']} is installed" + (" and on" if enabling else "") for one in answers]
    lines += ["the serving process takes it up now"] if reloaded else []
    say({"installed": answers, "reloaded": reloaded}, *lines, as_json=as_json)


def _install_one(
    desk: Desk, source: str, only: str = "", *, enabling: bool = False, yes: bool, quiet: bool
) -> dict[str, object]:
    with _prepared(desk, source, only) as (prepared, folder):
        found = _kept(desk, prepared.manifest.id)
        _ask(desk, prepared, found, yes=yes, quiet=quiet)
        # Tried and migrated from where it was unpacked: what fails at either was never placed.
        sound = _try(desk, prepared, folder)
        lineage = _sound_lineage(prepared, folder)
        with _migrated(desk, lineage) if lineage else nullcontext(()) as ran:
            desk.installer.place(prepared)
        manifest, digest = prepared.manifest, prepared.wheel.sha256
    forgive(desk.settings.instance_path, manifest.id)
    desk.service.remember(SYSTEM, manifest, sound.personal_data)
    if enabling:
        desk.service.enable(SYSTEM, manifest.id, SITE)
    return {"id": manifest.id, "version": str(manifest.version), "sha256": digest, "migrations": ran, "found": found}


@contextmanager
def _migrated(desk: Desk, lineage: Lineage) -> Iterator[tuple[str, ...]]:
    """The plugin's tables as its new code wants them, if what is inside comes to its end; else as they were."""
    with (
        safeguarded(desk.database, desk.settings.instance_path),
        migrations.upgraded(desk.database.engine, lineage) as ran,
    ):
        yield ran


def _look(desk: Desk, source: str, only: str = "") -> dict[str, object]:
    """What installing ``source`` would ask for and do. Nothing is changed. Raises PluginRefused, MigrationFailed."""
    with _prepared(desk, source, only) as (prepared, folder):
        _try(desk, prepared, folder)
        lineage, manifest = _sound_lineage(prepared, folder), prepared.manifest
        before, found = desk.installed(manifest.id), _kept(desk, manifest.id)
        said = migrations.rehearse(desk.database.engine, [lineage]) if lineage else {}
        return {
            "id": manifest.id,
            "version": str(manifest.version),
            "installed": before.version if before else None,
            "sha256": prepared.wheel.sha256,
            "asks": [one.as_json() for one in asks_more(before.consent if before else {}, manifest)],
            "found": found,
            "brings": [f"{one.distribution} {one.version}" for one in prepared.needed],
            "sql": [statement for statements in said.values() for statement in statements],
        }


def _say_looked(looked: Sequence[Mapping[str, Any]], *, as_json: bool) -> None:
    lines: list[str] = []
    for one in looked:
        lines.append(f"{one['id']} {one['installed'] or '-'} -> {one['version']}  sha256:{one['sha256']}")
        lines += [f"  asks for {Asked(**what)}" for what in one["asks"]]
        lines += [f"  {what}" for what in _found_lines(one["found"])]
        lines += [f"  brings {what}" for what in one["brings"]]
        lines += [f"  {statement}" for statement in one["sql"]]
    say({"would_install": looked}, *lines, "nothing was changed", as_json=as_json)


def _ask(desk: Desk, prepared: Prepared, found: Mapping[str, Any], *, yes: bool, quiet: bool) -> None:
    """Show what the plugin discloses, and ask; of an upgrade, only where and for what it asks beyond before."""
    before, manifest = desk.installed(prepared.manifest.id), prepared.manifest
    if not quiet:
        told = renewal_lines(before.consent, manifest, before.version) if before else consent_lines(manifest)
        for one in (*told, *_found_lines(found), line("sha256", prepared.wheel.sha256)):
            click.echo(one)
    if before and not asks_more(before.consent, manifest):
        return
    if not yes:
        click.confirm(f"{NOTICE}\n설치할까요? / Install it?", abort=True, err=True)


def _kept(desk: Desk, plugin: str) -> dict[str, Any]:
    """What an earlier uninstall left for this day: rows by table, and how much was set. Empty if there was none."""
    record = desk.service.records().get(plugin)
    if record is None or record.state != "kept":
        return {}
    rows = rows_kept(desk.database.engine, prefixed(plugin))
    return {"version": record.version, "rows": rows, "settings": len(desk.set_for(plugin))}


def _found_lines(found: Mapping[str, Any]) -> Iterator[str]:
    if found:
        rows = ", ".join(f"{table} ({count})" for table, count in found["rows"].items()) or "-"
        yield line("남아 있던 데이터 / kept data", f"{rows}; settings: {found['settings']}; from {found['version']}")


@contextmanager
def _prepared(desk: Desk, source: str, only: str) -> Iterator[tuple[Prepared, Path]]:
    """The plugin in ``source`` and the folder it was unpacked into; with ``only``, no other plugin will do."""
    with desk.installer.prepared(source) as prepared, _unpacked(prepared) as folder:
        if only and prepared.manifest.id != only:
            message = text("It is the plugin “%(id)s”, not “%(other)s”.", id=prepared.manifest.id, other=only)
            raise refusal(prepared.wheel.path, "another-plugin", message, prepared.manifest.id)
        yield prepared, folder


@contextmanager
def _unpacked(prepared: Prepared) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="lms-trial-") as room:
        for wheel in (prepared.wheel.path, *(each.path for each in prepared.needed)):
            unpack(wheel, Path(room))
        yield Path(room)


def _try(desk: Desk, prepared: Prepared, folder: Path) -> Trial:
    done = trial(desk.core, prepared.manifest.id, [folder, desk.overlay.folder])
    if done.findings:
        raise PluginRefused(*done.findings)
    return done


def _sound_lineage(prepared: Prepared, folder: Path) -> Lineage | None:
    lineage = plugin_lineage(prepared.manifest, folder / prepared.manifest.id)
    if lineage and (findings := tuple(check_revisions(lineage))):
        raise PluginRefused(*findings)
    return lineage
