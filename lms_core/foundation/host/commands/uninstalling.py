"""``lms plugin uninstall``."""

import time
from collections.abc import Sequence
from pathlib import Path

import click

from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.host import migrations
from lms_core.foundation.host.commands.desk import Desk, as_json, at_desk, say, sure
from lms_core.foundation.host.exporting import export
from lms_core.foundation.host.lineage import prefixed
from lms_core.foundation.host.order import requiring
from lms_core.foundation.host.service import PluginRequired, PluginUnknown
from lms_core.foundation.text import text

# Seconds until no process serves the plugin any more: the gates' interval, and the requests under way.
_LAST_REQUESTS = 2.0
_REACHED = "holds people's data; exporting and erasing a person still reach it"
# It was installed before what it registers was noted, and its manifest does not say which column holds the person.
_UNREACHED = "holds people's data, which no export and no erasure reaches while the plugin is away"
_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


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
    reached, unreached = _personal_tables(desk, plugin)
    if not yes:
        _confirm_fate(plugin, fate, unreached)
    if plugin in desk.manifests:
        _switch_off(desk, plugin)
    desk.overlay.remove(plugin)
    reloaded = desk.reload()
    if reloaded and fate == "drop":
        time.sleep(_LAST_REQUESTS)
    rows = export(desk.database.engine, prefixed(plugin), target, desk.set_for(plugin)) if target else {}
    dropped = migrations.drop(desk.database.engine, prefixed(plugin)) if fate == "drop" else ()
    desk.service.forget(SYSTEM, plugin, keep=fate == "keep")
    if fate == "drop":
        reached, unreached = [], []
    data = {"uninstalled": plugin, "dropped": list(dropped), "exported": rows, "reloaded": reloaded}
    lines = [f"{plugin} is gone" + ("; its data is kept" if fate == "keep" else "")]
    lines += [f"  {table} {_REACHED}" for table in reached] + [f"  {table} {_UNREACHED}" for table in unreached]
    kept = {"personal_data_kept": [*reached, *unreached], "personal_data_unreached": unreached}
    say(data | kept, *lines, as_json=as_json)


def _personal_tables(desk: Desk, plugin: str) -> tuple[list[str], list[str]]:
    """The tables of people's data: those that export and erasure still reach, and those only disclosed.

    What the plugin registered was noted when it was installed: it may be gone already, or not start.
    """
    record = desk.service.records().get(plugin)
    if record is None:
        return [], []
    reached = sorted({one["table"] for one in record.registered})
    disclosed = [table["table"] for table in record.consent.get("personal_data", ())]
    return reached, [table for table in disclosed if table not in reached]


def _confirm_fate(plugin: str, fate: str, personal: Sequence[str]) -> None:
    """Dropping is asked about, and so is keeping people's data where nobody could reach it."""
    if fate == "drop":
        click.confirm(f"Drop all tables of {plugin}, and everything in them?", abort=True, err=True)
    elif personal:
        told = "\n".join(f"{table} {_UNREACHED}" for table in personal)
        click.confirm(
            f"{told}\nKeep it all the same? (--drop takes it, --export FILE saves it first)", abort=True, err=True
        )


def _switch_off(desk: Desk, plugin: str) -> None:
    """Before its files and tables go, no process may use them: two seconds later none does."""
    if any(rule.plugin == plugin and rule.enabled for rule in desk.service.rules()):
        desk.service.disable(SYSTEM, plugin)


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
