"""``lms demo``: a believable academy in Korean and English, made and served in one command."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path

import click

import lms_core
from lms_core.app import create_app
from lms_core.cli.application import application
from lms_core.cli.demo.academy import plant_academy
from lms_core.cli.demo.accounts import Accounts
from lms_core.cli.demo.crowd import plant_crowd
from lms_core.cli.demo.history import plant_history
from lms_core.cli.demo.history.sittings import PastClock
from lms_core.cli.plugin import plugin
from lms_core.cli.site import make_instance, migrate, serve
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.host.discovery import discover
from lms_core.foundation.host.overlay import Overlay
from lms_core.foundation.host.service import PluginService
from lms_core.foundation.settings import Settings
from lms_core.foundation.web.house import house

PLUGINS = Path(lms_core.__file__).parents[1] / "plugins"


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port to serve on.")
@click.option("--trainees", default=0, help="Have so many trainees with a token each, for load work.")
@click.option("--serve/--no-serve", "serving", default=True, help="Serve when everything is planted.")
@click.option("--reset", is_flag=True, help="Begin anew: forget this instance's database, plugins and accounts.")
@click.pass_context
def demo(ctx: click.Context, port: int, trainees: int, *, serving: bool, reset: bool) -> None:
    """Make an academy with people, courses and mock exams, and serve it."""
    began = time.monotonic()
    settings = Settings.load()
    if reset:
        _forget(settings)
    path = make_instance(settings, demo=True)
    _say(began, f"instance in {path.parent}")
    accounts = _planted(settings, ctx, began, trainees)
    _tell(accounts, f"http://127.0.0.1:{port}/   stop with Ctrl+C" if serving else "lms serve", began)
    if serving:
        ctx.invoke(serve, port=port)


def _planted(settings: Settings, ctx: click.Context, began: float, trainees: int) -> Accounts:
    accounts = Accounts(settings.instance_path / "demo-accounts.json")
    if not accounts.exist:
        _install(settings, ctx, began)
        migrate(Settings.load())
        _say(began, "tables made")
        _plant(accounts, began)
    if trainees:
        with application().app_context():
            plant_crowd(house(application()), accounts, trainees, lambda said: _say(began, said))
    return accounts


def _install(settings: Settings, ctx: click.Context, began: float) -> None:
    """As a partner does it: each folder becomes a wheel, is looked through, tried, and placed in the overlay."""
    there = Overlay(settings.overlay).entries()
    folders = [folder for folder in sorted(PLUGINS.glob("*/")) if (folder / "setup.cfg").is_file()]
    waiting = [str(folder) for folder in folders if folder.name not in there]
    if waiting:
        with ctx.scope(), _quiet_unless_it_fails(), click.Context(plugin, obj=plugin.context_settings["obj"]) as inner:
            inner.invoke(plugin.commands["install"], sources=tuple(waiting), enabling=False, yes=True, as_json=False)
        _say(began, f"plugins installed: {', '.join(Path(one).name for one in waiting)}")


@contextmanager
def _quiet_unless_it_fails() -> Iterator[None]:
    """Keep back what is said inside. Should it end in a failure, that tells how far it came."""
    said = StringIO()
    try:
        with redirect_stdout(said):
            yield
    except BaseException:
        click.echo(said.getvalue(), err=True, nl=False)
        raise


def _plant(accounts: Accounts, began: float) -> None:
    app = application()
    here = house(app)
    with app.app_context():
        service = here.provide(PluginService)
        for found in discover():
            if found.id in service.manifests:
                service.enable(SYSTEM, found.id)
        plant_academy(here, accounts)
        _say(began, "academy planted")
        for owner, seed in here.registered.get("lms_register_seeds", ()):
            seed.plant(SYSTEM)
            _say(began, f"{owner}: {seed.title}")
        clock = PastClock(here.clock.now())
        made = plant_history(here, accounts, create_app(here.settings, clock), clock)
        _say(began, f"history: {made} attempts")
    accounts.write()


def _forget(settings: Settings) -> None:
    for name in ("lms.sqlite3", "lms.sqlite3-wal", "lms.sqlite3-shm", "demo-accounts.json", "plugins.lock"):
        (settings.instance_path / name).unlink(missing_ok=True)
    for name in ("plugins", "mail", "uploads"):
        shutil.rmtree(settings.instance_path / name, ignore_errors=True)


def _tell(accounts: Accounts, next_step: str, began: float) -> None:
    click.echo("")
    for account in accounts.shown:
        click.echo(f"  {account.role:<24}{account.email:<34}{account.password}")
    click.echo(f"\n  {next_step}   ready after {time.monotonic() - began:.0f} s\n")


def _say(began: float, what: str) -> None:
    click.echo(f"{time.monotonic() - began:5.1f} s  {what}")
