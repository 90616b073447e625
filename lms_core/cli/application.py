"""The application behind a command, built once and only for commands that need it."""

import json
from copy import copy
from dataclasses import replace
from functools import cache
from typing import Any

import click
from flask import Flask

from lms_core.app import create_app
from lms_core.foundation.settings import Settings, SettingsError
from lms_core.foundation.web.house import house
from lms_core.foundation.web.json import dumps


@cache
def application() -> Flask:
    """The site of this instance, without background threads."""
    return create_app(replace(Settings.load(), background=False, log_level="WARNING"))


def commands() -> dict[str, click.Command]:
    """What rooms and plugins registered, by name; nothing where no site has been made yet."""
    try:
        registered = house(application()).registered.get("lms_register_commands", ())
    except SettingsError:
        return {}
    return {str(command.name): _in_context(command) for _, command in registered}


def answer(data: Any, *, as_json: bool) -> None:
    """Print ``data``: as JSON for programs, as lines for people."""
    if as_json:
        click.echo(json.dumps(json.loads(dumps(data)), ensure_ascii=False, indent=2))
        return
    for line in data if isinstance(data, list) else [data]:
        click.echo(line if isinstance(line, str) else "  ".join(str(value) for value in line.values()))


def _in_context(command: click.Command) -> click.Command:
    """The command with the application around it; the one that was registered stays as it is."""
    plain, bound = command.invoke, copy(command)

    def invoke(ctx: click.Context) -> Any:
        with application().app_context():
            return plain(ctx)

    bound.invoke = invoke  # type: ignore[method-assign]  # click has no hook around a command
    return bound
