"""For those who write plugins: ``lms plugin new``, ``check`` and ``revise``."""

import sys
from pathlib import Path

import click

from lms_core.foundation.host import migrations
from lms_core.foundation.host.checking import Checked, check_plugin
from lms_core.foundation.host.checking.examining import examine
from lms_core.foundation.host.commands.desk import Desk, as_json, at_desk, say
from lms_core.foundation.host.lineage import Lineage, owner, version_table
from lms_core.foundation.host.scaffolding import PARTS, make_plugin
from lms_core.foundation.host.service import PluginUnknown
from lms_core.foundation.host.trial import probe
from lms_core.foundation.text import text

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_PATH = click.Path(exists=True, path_type=Path)
WITH = f"all, none, or some of {', '.join(PARTS)}; asked for if left out."


@click.command()
@click.argument("name")
@click.option("--title", default="", help="What people will call it.")
@click.option("--with", "parts", metavar="PARTS", help=WITH)
@as_json
@at_desk
def new(desk: Desk, name: str, title: str, parts: str | None, *, as_json: bool) -> None:
    """Make ./NAME: a plugin that passes `lms plugin check` at once, with the parts you choose.

    Without --with they are asked for; where nobody can be asked, it gets all.
    """
    ask = parts is None and not as_json and sys.stdin.isatty()
    home = make_plugin(name, Path.cwd(), desk.core.rooms, title, _parts(parts), ask=ask)
    tests = ["python -m pytest"] if (home / "tests").is_dir() else []
    then = (f"cd {name}", *tests, "lms plugin check .", "lms plugin install . --enable")
    data = {"id": name, "folder": str(home)}
    say(data, f"made {home}; now:", *(f"  {command}" for command in then), as_json=as_json)


def _parts(written: str | None) -> tuple[str, ...]:
    if written is None or written == "all":
        return PARTS
    return tuple(part.strip() for part in written.split(",") if part.strip() not in {"", "none"})


@click.command()
@click.argument("path", type=_PATH)
@click.option("--postgres", default="", metavar="URL", help="A server where databases may be created.")
@as_json
@at_desk
def check(desk: Desk, path: Path, postgres: str, *, as_json: bool) -> None:
    """Check the plugin in the folder or wheel PATH as hard as a site will use it. Exit code 1 if anything is found.

    It is built, imported and run in processes and databases of its own; nothing of this site is touched.
    """
    checks = []
    for one in check_plugin(desk.core, path, desk.overlay.folder, postgres):
        checks.append(one)
        if not as_json:
            # A check may take half a minute: each is told of as it ends.
            click.echo("\n".join(_lines(one)))
    passed = all(each.passed for each in checks)
    if as_json:
        say({"passed": passed, "checks": [_data(each) for each in checks]}, as_json=True)
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


@click.command("examine", hidden=True)
@click.argument("plugin")
@click.option("--room", type=_FOLDER, required=True)
@click.option("--path", "folders", type=click.Path(path_type=Path), multiple=True)
@at_desk
def examining(desk: Desk, plugin: str, room: Path, folders: tuple[Path, ...]) -> None:
    """Run one plugin on a site made for it and write down what is found: the other half of an examination."""
    examine(desk.core, plugin, room, folders)


def _data(checked: Checked) -> dict[str, object]:
    findings = [one.as_json() for one in checked.findings]
    return {"name": checked.name, "passed": checked.passed, "skipped": checked.skipped, "findings": findings}


def _lines(checked: Checked) -> list[str]:
    if checked.skipped:
        return [f"skip {checked.name}: {checked.skipped}"]
    return [f"{'ok  ' if checked.passed else 'FAIL'} {checked.name}", *(f"     {one}" for one in checked.findings)]
