"""The commands of ``lms plugin``."""

import click

from lms_core.foundation.host.commands.authoring import check, examining, new, probing, revise
from lms_core.foundation.host.commands.installing import install, upgrade
from lms_core.foundation.host.commands.looking import list_, show
from lms_core.foundation.host.commands.switching import disable, enable
from lms_core.foundation.host.commands.uninstalling import uninstall
from lms_core.foundation.host.core import Core


def plugin_commands(core: Core) -> click.Group:
    """The group ``plugin``, for the core that the roof describes."""
    group = click.Group("plugin", help="Install, switch, look at, make and check plugins.")
    group.context_settings = {"obj": core}
    for command in (list_, show, install, upgrade, uninstall, enable, disable, new, check, revise, probing, examining):
        group.add_command(command)
    return group
