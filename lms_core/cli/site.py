"""Making, serving, upgrading and checking a site."""

import os
import secrets
from pathlib import Path

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from packaging.version import InvalidVersion, Version

from lms_core.cli.application import answer, application
from lms_core.foundation.backup import finish_interrupted
from lms_core.foundation.database import Database
from lms_core.foundation.host.discovery import add_overlay, discover
from lms_core.foundation.host.loading import LoadedPlugins
from lms_core.foundation.host.manifest import CONTRACT
from lms_core.foundation.host.migrations import pending, rehearse
from lms_core.foundation.host.preflight import preflight
from lms_core.foundation.host.upgrading import lineages, upgrade_site
from lms_core.foundation.settings import Settings
from lms_core.foundation.web.house import house
from lms_core.migrations import core_lineage

CONFIG = '''"""Settings of this site. Each can be overridden by LMS_<NAME> in the environment."""

SECRET_KEY = "{secret}"
'''


def make_instance(settings: Settings, *, demo: bool = False) -> Path:
    """The instance folder with a config of its own, readable by its owner alone."""
    settings.instance_path.mkdir(parents=True, exist_ok=True)
    path = settings.instance_path / "config.py"
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(CONFIG.format(secret=secrets.token_urlsafe(48)) + ("DEMO = True\n" if demo else ""))
    return path


def migrate(settings: Settings) -> dict[str, tuple[str, ...]]:
    """Bring the core's tables up to date, then those of plugins by requirement; what was done, by lineage."""
    add_overlay(settings.overlay)
    database = Database(settings.database, pool_size=1)
    try:
        return upgrade_site(database, settings.instance_path, core_lineage(), discover())
    finally:
        database.dispose()


@click.command()
def init() -> None:
    """Make the instance folder, a random secret key and the database."""
    path = make_instance(Settings.load())
    migrate(Settings.load())
    click.echo(f"Ready: {path.parent}. Next: lms user add, then lms serve.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--processes", type=int, help="Serving processes; by default one on SQLite, two on PostgreSQL.")
@click.option("--threads", default=64, show_default=True, help="Requests taken at a time by each process.")
def serve(host: str, port: int, processes: int | None, threads: int) -> None:
    """Serve the site."""
    settings = Settings.load()
    settings.require_secret()
    finish_interrupted(settings)
    embedded = Database(settings.database).embedded
    processes = processes or (1 if embedded else 2)
    if processes > 1 and embedded:
        raise click.UsageError(
            "The embedded database is served by one process. Set LMS_DATABASE_URL, or use --processes 1."
        )
    _require_upgraded(settings)
    Granian(
        "lms_core.app.serving:application",
        host,
        port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=processes,
        blocking_threads=threads,
        backpressure=threads * 8,
        respawn_failed_workers=True,
        workers_kill_timeout=15,
        log_level=LogLevels.error,
        pid_file=settings.instance_path / "lms.pid",
    ).serve()


@click.command()
@click.option("--concurrency", type=int, help="Tasks at a time.")
def worker(concurrency: int | None) -> None:
    """Run background work beside the serving processes."""
    from lms_core.worker import run_worker  # noqa: PLC0415 Celery is imported for this command alone

    run_worker(Settings.load(), concurrency)


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Only say what stands in the way, and what would run.")
@click.option("--core", "contract", default=str(CONTRACT), help="With --check: the core contract to look ahead to.")
@click.option("--dry-run", is_flag=True, help="Print the SQL that would run; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def upgrade(*, only_check: bool, contract: str, dry_run: bool, as_json: bool) -> None:
    """Bring the database up to date: the core first, then plugins by requirement."""
    if only_check:
        _look_ahead(contract, as_json=as_json)
    elif dry_run:
        _print_sql(as_json=as_json)
    else:
        done = migrate(Settings.load())
        lines = [f"{name}: {', '.join(revisions)}" for name, revisions in done.items()] or ["Everything is up to date."]
        answer(done if as_json else lines, as_json=as_json)


def _look_ahead(contract: str, *, as_json: bool) -> None:
    try:
        wanted = Version(contract)
    except InvalidVersion:
        raise click.BadParameter(f"{contract!r} is no version like {CONTRACT}.", param_hint="--core") from None
    here = house(application())
    # What this core's hooks say of a plugin holds for this core alone.
    quarantined = here.tools[LoadedPlugins].quarantined if wanted == CONTRACT else {}
    found = preflight(here.database.engine, core_lineage(), discover(), quarantined=quarantined, contract=wanted)
    answer(found.as_json() if as_json else list(found.lines()), as_json=as_json)
    if found.findings:
        raise click.exceptions.Exit(1)


def _print_sql(*, as_json: bool) -> None:
    settings = Settings.load()
    add_overlay(settings.overlay)
    database = Database(settings.database, pool_size=1)
    try:
        said = rehearse(database.engine, (core_lineage(), *lineages(discover())))
    finally:
        database.dispose()
    lines = [line for name, statements in said.items() if statements for line in (f"-- {name}", *statements)]
    answer(said if as_json else lines or ["-- Everything is up to date."], as_json=as_json)


@click.command()
@click.option("--strict", is_flag=True, help="Fail where a plugin is quarantined.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def check(*, strict: bool, as_json: bool) -> None:
    """Look at settings, database, migrations and plugins without changing anything."""
    here = house(application())
    plugins: LoadedPlugins = here.tools[LoadedPlugins]
    waiting = pending(here.database.engine, core_lineage())
    faults = {name: [finding.as_json() for finding in found] for name, found in plugins.quarantined.items()}
    data = {"plugins": list(plugins.ids), "quarantined": faults, "pending_migrations": list(waiting)}
    lines = [f"Plugins: {', '.join(plugins.ids) or 'none'}"]
    lines += [str(finding) for found in plugins.quarantined.values() for finding in found]
    lines += [f"Migration waits: {one}" for one in waiting]
    answer(data if as_json else lines, as_json=as_json)
    if waiting or (strict and faults):
        raise click.exceptions.Exit(1)


def _require_upgraded(settings: Settings) -> None:
    database = Database(settings.database, pool_size=1)
    waiting = pending(database.engine, core_lineage())
    database.dispose()
    if waiting:
        raise click.ClickException("The database is not up to date: run lms upgrade first.")
