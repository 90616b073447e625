"""``lms plugin settings``, ``set``, ``unset`` and ``reseal``: what an administrator's pages do, for scripts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from lms_core.app.settings import SettingsDesk, typed
from lms_core.cli.application import application
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.host.commands.desk import as_json, refusing, say
from lms_core.foundation.host.settings import DeclaredSettings, PluginSettings, SettingsService
from lms_core.foundation.host.settings.service import MASK, Shown
from lms_core.foundation.web import provide

scope = click.option("--scope", "place", default="site", help="site (the default), or campus:ID, course:ID...")


@click.command("settings")
@click.argument("plugin")
@scope
@as_json
def settings_(plugin: str, place: str, *, as_json: bool) -> None:
    """Show what holds in a place, and which place says so."""
    with _at_work(as_json=as_json):
        shown = provide(SettingsDesk).shown(SYSTEM, plugin, place)
    data = [_told(one) for one in shown.settings]
    say(data, *(f"{one['name']:<28} {one['value']!s:<24} {one['source']}" for one in data), as_json=as_json)


@click.command("set")
@click.argument("plugin")
@click.argument("values", nargs=-1, required=True, metavar="NAME=VALUE...")
@scope
@as_json
def set_(plugin: str, values: tuple[str, ...], place: str, *, as_json: bool) -> None:
    """Set a plugin for a place. NAME alone asks for the value, so that a secret stands in no history of commands."""
    with _at_work(as_json=as_json):
        told = provide(DeclaredSettings)[plugin]
        read = dict(_read(told, one) for one in values)
        provide(SettingsDesk).change(SYSTEM, plugin, place, read)
    names = sorted(read)
    say({"plugin": plugin, "scope": place, "set": names}, f"set at {place}: {', '.join(names)}", as_json=as_json)


@click.command()
@click.argument("plugin")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@scope
@as_json
def unset(plugin: str, names: tuple[str, ...], place: str, *, as_json: bool) -> None:
    """Take settings of a place away: what the wider places say holds there again."""
    with _at_work(as_json=as_json):
        provide(SettingsDesk).change(SYSTEM, plugin, place, {}, names)
    told = sorted(names)
    say({"plugin": plugin, "scope": place, "unset": told}, f"unset at {place}: {', '.join(told)}", as_json=as_json)


@click.command()
@as_json
def reseal(*, as_json: bool) -> None:
    """Seal every secret setting under the present secret key; then the former ones can go."""
    with _at_work(as_json=as_json):
        count, closed = provide(SettingsService).reseal(SYSTEM)
    left = [f"{one.plugin} {one.name} --scope {one.scope}" for one in closed]
    lines = [f"{count} sealed anew", *(f"opens under no key, set it anew: lms plugin set {one}" for one in left)]
    say({"sealed": count, "closed": left}, *lines, as_json=as_json)


@contextmanager
def _at_work(*, as_json: bool) -> Iterator[None]:
    with refusing(as_json=as_json), application().app_context():
        yield


def _read(told: PluginSettings, written: str) -> tuple[str, Any]:
    name, given, value = written.partition("=")
    if not given:
        value = click.prompt(name, hide_input=name in told.secrets, err=True)
    return name, typed(told.schema, name, value)


def _told(one: Shown) -> dict[str, Any]:
    value = (MASK if one.source else None) if one.secret else one.value
    return {"name": one.name, "value": value, "source": str(one.source) if one.source else "default"}
