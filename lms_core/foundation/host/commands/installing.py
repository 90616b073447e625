"""``lms plugin install`` and ``lms plugin uninstall``."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.host import migrations
from lms_core.foundation.host.commands.desk import Desk, as_json, at_desk, say, sure
from lms_core.foundation.host.consent import NOTICE, asks_more, consent_lines
from lms_core.foundation.host.exporting import export
from lms_core.foundation.host.findings import PluginRefused
from lms_core.foundation.host.installing import Prepared
from lms_core.foundation.host.lineage import Lineage, owner, plugin_lineage, version_table
from lms_core.foundation.host.markers import forgive
from lms_core.foundation.host.order import requiring
from lms_core.foundation.host.overlay import unpack
from lms_core.foundation.host.service import PluginRequired, PluginUnknown
from lms_core.foundation.host.trial import tried
from lms_core.foundation.scopes import SITE
from lms_core.foundation.text import text

# Seconds until no process serves the plugin any more: the gates' interval, and the requests under way.
_LAST_REQUESTS = 2.0
_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--enable", "enabling", is_flag=True, help="Switch it on for the site at once.")
@sure
@as_json
@at_desk
def install(desk: Desk, sources: tuple[str, ...], *, enabling: bool, yes: bool, as_json: bool) -> None:
    """Install plugins from wheels, folders, or by name from the index. An installed one is upgraded.

    Each is looked through, shown, tried in a process of its own, and only then placed; then migrations run.
    """
    desk.upgrade()
    answers = [_install_one(desk, source, enabling=enabling, yes=yes, quiet=as_json) for source in sources]
    reloaded = desk.reload()
    lines = [f"{one['id']} {one['version']} is installed" + (" and on" if enabling else "") for one in answers]
    lines += ["the serving process takes it up now"] if reloaded else []
    say({"installed": answers, "reloaded": reloaded}, *lines, as_json=as_json)


def _install_one(desk: Desk, source: str, *, enabling: bool, yes: bool, quiet: bool) -> dict[str, object]:
    with desk.installer.prepared(source) as prepared:
        _ask(desk, prepared, yes=yes, quiet=quiet)
        # Tried and migrated from where it was unpacked: what fails at either was never placed.
        with _unpacked(prepared) as folder:
            _try(desk, prepared, folder)
            ran = _migrate(desk, prepared, folder)
        desk.installer.place(prepared)
        manifest, digest = prepared.manifest, prepared.wheel.sha256
    forgive(desk.settings.instance_path, manifest.id)
    desk.service.remember(SYSTEM, manifest)
    if enabling:
        desk.service.enable(SYSTEM, manifest.id, SITE)
    return {"id": manifest.id, "version": str(manifest.version), "sha256": digest, "migrations": ran}


def _ask(desk: Desk, prepared: Prepared, *, yes: bool, quiet: bool) -> None:
    """Show what the plugin discloses, and ask where it asks for more than was consented to."""
    before = desk.service.records().get(prepared.manifest.id)
    more = asks_more(before.consent, prepared.manifest) if before else ()
    if not quiet:
        for line in (*consent_lines(prepared.manifest), f"  sha256       {prepared.wheel.sha256}"):
            click.echo(line)
    if before and not more:
        return
    if more and not quiet:
        click.echo("  asks for more than before: " + ", ".join(more))
    if not yes:
        click.confirm(f"{NOTICE}\nInstall it?", abort=True, err=True)


@contextmanager
def _unpacked(prepared: Prepared) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="lms-trial-") as room:
        for wheel in (prepared.wheel.path, *(each.path for each in prepared.needed)):
            unpack(wheel, Path(room))
        yield Path(room)


def _try(desk: Desk, prepared: Prepared, folder: Path) -> None:
    if findings := tried(desk.core, prepared.manifest.id, [folder, desk.overlay.folder]):
        raise PluginRefused(*findings)


def _migrate(desk: Desk, prepared: Prepared, folder: Path) -> tuple[str, ...]:
    lineage = plugin_lineage(prepared.manifest, folder / prepared.manifest.id)
    return migrations.upgrade(desk.database.engine, lineage) if lineage else ()


@click.command()
@click.argument("plugin")
@click.option("--keep", "fate", flag_value="keep", default="keep", help="Keep its tables (the default).")
@click.option("--drop", "fate", flag_value="drop", help="Drop its tables and all that is in them.")
@click.option("--export", "target", type=_FILE, help="First write what it keeps into this zip; then drop it.")
@sure
@as_json
@at_desk
def uninstall(desk: Desk, plugin: str, fate: str, target: Path | None, *, yes: bool, as_json: bool) -> None:
    """Take a plugin's files away. Its data is kept for the day it comes back, unless --drop is given."""
    _refuse_needed(desk, plugin)
    fate = "drop" if target else fate
    if fate == "drop" and not yes:
        click.confirm(f"Drop all tables of {plugin}, and everything in them?", abort=True, err=True)
    if plugin in desk.manifests:
        _switch_off(desk, plugin)
    desk.overlay.remove(plugin)
    reloaded = desk.reload()
    if reloaded and fate == "drop":
        time.sleep(_LAST_REQUESTS)
    rows = export(desk.database.engine, _lineage(desk, plugin), target) if target else {}
    dropped = migrations.drop(desk.database.engine, _lineage(desk, plugin)) if fate == "drop" else ()
    desk.service.forget(SYSTEM, plugin, keep=fate == "keep")
    data = {"uninstalled": plugin, "dropped": list(dropped), "exported": rows, "reloaded": reloaded}
    say(data, f"{plugin} is gone" + ("" if dropped else "; its data is kept"), as_json=as_json)


def _switch_off(desk: Desk, plugin: str) -> None:
    """Before its files and tables go, no process may use them: two seconds later none does."""
    if any(rule.plugin == plugin and rule.enabled for rule in desk.service.rules()):
        desk.service.disable(SYSTEM, plugin)


def _lineage(desk: Desk, plugin: str) -> Lineage:
    return Lineage(plugin, desk.overlay.folder, version_table(plugin), owner(f"{plugin}_"))


def _refuse_needed(desk: Desk, plugin: str) -> None:
    known = plugin in desk.overlay.entries() or plugin in desk.service.records()
    if not known and plugin in desk.manifests:
        raise PluginRequired(text("“%(id)s” is not in the overlay: it can be disabled, not uninstalled.", id=plugin))
    if not known:
        raise PluginUnknown(text("There is no plugin “%(id)s”.", id=plugin))
    if others := sorted(requiring({plugin}, desk.manifests.values())):
        message = text(
            "Others require “%(id)s”: %(others)s. Uninstall them first.", id=plugin, others=", ".join(others)
        )
        raise PluginRequired(message)
