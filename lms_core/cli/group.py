"""The group that finds its commands: those that need no site by module, the rest where rooms and plugins register."""

from collections.abc import Callable
from importlib import import_module

import click

OWN = {
    "init": "lms_core.cli.site",
    "serve": "lms_core.cli.site",
    "worker": "lms_core.cli.site",
    "upgrade": "lms_core.cli.site",
    "check": "lms_core.cli.site",
    "backup": "lms_core.cli.keeping",
    "restore": "lms_core.cli.keeping",
    "user": "lms_core.cli.user",
    "demo": "lms_core.cli.demo",
    "plugin": "lms_core.cli.plugin",
    "calibrate": "lms_core.assessment.commands.measurement",
    "item": "lms_core.assessment.commands.item_scoring",
}


class LmsGroup(click.Group):
    """Imports a command only when it is asked for, so that ``lms --help`` is quick and never starts the site."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 click's signature
        """The core's commands, then those registered by rooms and plugins."""
        return [*OWN, *sorted(_registered())]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002 click's signature
        """The command called ``name``."""
        if name in OWN:
            command = getattr(import_module(OWN[name]), name)
            return command if isinstance(command, click.Command) else None
        return _registered().get(name)


def _registered() -> dict[str, click.Command]:
    load: Callable[[], dict[str, click.Command]] = import_module("lms_core.cli.application").commands
    return load()
