"""For those who write plugins: ``lms plugin new``, ``check`` and ``revise``."""

import sys
from pathlib import Path

import click

from lms_core.foundation.host import migrations
from lms_core.foundation.host.checking import Checked, check_plugin
from lms_core.foundation.host.commands.desk import Desk, as_json, at_desk, say
from lms_core.foundation.host.lineage import Lineage, owner, version_table
from lms_core.foundation.host.scaffolding import make_plugin
from lms_core.foundation.host.service import PluginUnknown
from lms_core.foundation.host.trial import probe
from lms_core.foundation.text import text

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_PATH = click.Path(exists=True, path_type=Path)


@click.command()
@click.argument("name")
@click.option("--title", default="", help="What people will call it.")
@as_json
@at_desk
def new(desk: Desk, name: str, title: str, *, as_json: bool) -> None:
    """Make ./NAME: a plugin with a page, a hook and tests that pass at once."""
    home = make_plugin(name, Path.cwd(), desk.core.rooms, title)
    then = (f"cd {name} && python -m pytest", f"lms plugin check {name}", f"lms plugin install {name} --enable")
    data = {"id": name, "folder": str(home)}
    say(data, f"made {home}; now:", *(f"  {command}" for command in then), as_json=as_json)


@click.command()
@click.argument("path", type=_PATH)
@as_json
@at_desk
def check(desk: Desk, path: Path, *, as_json: bool) -> None:
    """Check a plugin's folder or wheel: its shape, manifest, hooks and migrations. Exit code 1 if any fails."""
    checks = list(check_plugin(desk.core, path, desk.overlay.folder))
    passed = all(each.passed for each in checks)
    data = {"passed": passed, "checks": [_data(each) for each in checks]}
    say(data, *(line for each in checks for line in _lines(each)), as_json=as_json)
    sys.exit(0 if passed else 1)


@click.command()
@click.argument("plugin")
@click.option("-m", "--message", required=True, help="What the revision does.")
@as_json
@at_desk
def revise(desk: Desk, plugin: str, message: str, *, as_json: bool) -> None:
    """Write the migration that brings the database to what the plugin's tables.py says."""
    booted = {each.id: each for each in desk.core.boot(desk.settings).loaded}
    if plugin not in booted:
        raise PluginUnknown(text("There is no plugin “%(id)s” that runs.", id=plugin))
    found = booted[plugin]
    lineage = Lineage(plugin, found.folder / "migrations", version_table(plugin), owner(found.manifest.table_prefix))
    written = migrations.revise(desk.database.engine, lineage, message)
    say({"written": str(written)}, f"wrote {written}", as_json=as_json)


@click.command("probe", hidden=True)
@click.argument("plugin")
@click.option("--room", type=_FOLDER, required=True)
@click.option("--path", "folders", type=click.Path(path_type=Path), multiple=True)
@at_desk
def probing(desk: Desk, plugin: str, room: Path, folders: tuple[Path, ...]) -> None:
    """Import one plugin and write down what is found: the other half of a trial."""
    probe(desk.core, plugin, room, folders)


def _data(checked: Checked) -> dict[str, object]:
    return {"name": checked.name, "passed": checked.passed, "findings": [one.as_json() for one in checked.findings]}


def _lines(checked: Checked) -> list[str]:
    return [f"{'ok  ' if checked.passed else 'FAIL'} {checked.name}", *(f"     {one}" for one in checked.findings)]
