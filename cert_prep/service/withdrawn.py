"""Catalogues that were switched off, heard of from the host: whoever runs the site is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from cert_prep.domain.withdrawn import WithdrawnCatalogue
from cert_prep.repository import WithdrawnCatalogues
from lms_core.foundation.clock import Clock
from lms_core.foundation.host.gates import Gates
from lms_core.foundation.host.loading import LoadedPlugins
from lms_core.foundation.settings import Settings
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import Work
from lms_core.hooks.caller import Hooks

CATALOGUE: Final = "lms_register_certifications"


@dataclass(frozen=True)
class WithdrawnService:
    """Keeps which catalogues are off since when. One that was never on is nobody's loss, and is not named."""

    work: Work
    clock: Clock
    gates: Gates
    hooks: Hooks
    loaded: LoadedPlugins
    settings: Settings

    def switched(self, plugin: str) -> None:
        """A plugin was switched somewhere: what holds for the site by now is looked at, and kept."""
        if not self.hooks.answers(CATALOGUE, plugin):
            return
        on = self.gates.refresh().everywhere(plugin)
        with self.work.write() as uow:
            if on:
                WithdrawnCatalogues(uow).back(plugin)
            else:
                WithdrawnCatalogues(uow).keep(WithdrawnCatalogue(plugin, self.clock.now()))
            uow.commit()

    def listed(self) -> Sequence[tuple[Titles, date]]:
        """Those that are off and still installed, by title and the day since when; the longest first."""
        manifests, zone = self.loaded.manifests, ZoneInfo(self.settings.time_zone)
        with self.work.read() as uow:
            found = [one for one in WithdrawnCatalogues(uow).listed() if one.plugin in manifests]
        return [(manifests[one.plugin].title, one.since.astimezone(zone).date()) for one in found]
