"""``lms plugin``: the host's commands, told which core they are for."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from lms_core.app.places import Places
from lms_core.app.plugins import HOUSES
from lms_core.app.registration import Registry
from lms_core.cli.application import application
from lms_core.cli.plugin_settings import reseal, set_, settings_, unset
from lms_core.foundation.host.commands import plugin_commands
from lms_core.foundation.host.commands.tracing import trace
from lms_core.foundation.host.core import Core
from lms_core.foundation.host.findings import Findings
from lms_core.foundation.host.loading import Check, LoadedPlugins
from lms_core.foundation.scopes import Scope
from lms_core.foundation.settings import Settings
from lms_core.foundation.web import provide
from lms_core.foundation.web.house import house
from lms_core.migrations import core_lineage


def _boot(_: Settings) -> LoadedPlugins:
    """The plugins of this instance, as a serving process has them after all were asked to register."""
    booted: LoadedPlugins = house(application()).tools[LoadedPlugins]
    return booted


def _place(written: str) -> Scope:
    with application().app_context():
        return provide(Places).read(written)


def _examine(plugin: str, folder: Path) -> Mapping[str, Findings]:
    """The author's kit is imported by those who ask for it alone."""
    from lms_core.kit.examination import examine  # noqa: PLC0415 see above

    return examine(plugin, folder)


def _personal_data(check: Check, plugin: str) -> Sequence[Mapping[str, Any]]:
    """What ``plugin`` answered when ``check`` asked it; texts in English, as they stand in the code."""
    registry = cast("Registry", check)
    registered = registry.answers[plugin]["lms_register_personal_data"]
    return [asdict(one) | {"purpose": str(one.purpose), "retention": str(one.retention)} for one in registered]


plugin = plugin_commands(
    Core(
        frozenset(HOUSES),
        Registry.of_rooms,
        core_lineage,
        _boot,
        examine=_examine,
        personal_data=_personal_data,
        place=_place,
    )
)
for command in (trace, settings_, set_, unset, reseal):
    plugin.add_command(command)
