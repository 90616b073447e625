"""``lms plugin``: the host's commands, told which core they are for."""

from lms_core.app.extension import HookCheck
from lms_core.app.plugins import HOUSES, specifications
from lms_core.cli.application import application
from lms_core.foundation.host.commands import plugin_commands
from lms_core.foundation.host.core import Core
from lms_core.foundation.host.loading import LoadedPlugins
from lms_core.foundation.settings import Settings
from lms_core.foundation.web.house import house
from lms_core.migrations import core_lineage


def _boot(_: Settings) -> LoadedPlugins:
    """The plugins of this instance, as a serving process has them after all were asked to register."""
    booted: LoadedPlugins = house(application()).tools[LoadedPlugins]
    return booted


plugin = plugin_commands(
    Core(rooms=frozenset(HOUSES), check=lambda: HookCheck(specifications()), lineage=core_lineage, boot=_boot)
)
