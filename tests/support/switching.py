"""Switching plugins of a site under test, in force at once rather than within a second."""

from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.host.gates import Gates
from lms_core.foundation.host.service import PluginService
from tests.support.site import Site


def switch_on(site: Site, *plugins: str) -> None:
    """Switch ``plugins`` on for the whole site, in this order: what is required comes first."""
    for plugin in plugins:
        site.provide(PluginService).enable(SYSTEM, plugin)
    _look(site)


def switch_off(site: Site, *plugins: str) -> None:
    """Switch ``plugins`` off for the whole site, in this order: what requires others comes first."""
    for plugin in plugins:
        site.provide(PluginService).disable(SYSTEM, plugin)
    _look(site)


def _look(site: Site) -> None:
    gates = site.house.tools[Gates]
    gates.interval = 0.0
    gates.refresh()
