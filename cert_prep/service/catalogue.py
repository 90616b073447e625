"""Reading the catalogue: what the plugins that are on register, and how each outline stands today."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import structlog

from cert_prep.domain.catalogue import Catalogue, Standing, standing
from cert_prep.hooks import Certification, DatedSpecification, ItemBank
from lms_core.foundation.calling.engine import Engine
from lms_core.foundation.clock import Clock
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.foundation.settings import Settings

log = structlog.get_logger("lms.cert_prep")


@dataclass(frozen=True, slots=True)
class Listed:
    """A credential in one version of its outline, as it stands today, with the plugin it comes from."""

    certification: Certification
    specification: DatedSpecification
    standing: Standing
    plugin: str


@dataclass(frozen=True)
class CatalogueReader:
    """Asks catalogue plugins anew each time: one that is switched off is gone at once."""

    engine: Engine
    clock: Clock
    settings: Settings

    def catalogue(self) -> Catalogue:
        """Everything that is registered and does not contradict itself; the rest is logged."""
        bound, left_out = Catalogue.bind(self.engine.things("lms_register_certifications", EVERYWHERE, Certification))
        for reason in left_out:
            log.warning("credential left out", reason=reason)
        return bound

    def banks(self) -> dict[str, ItemBank]:
        """The banks that ship with catalogue plugins, by short name; of two that share one the first stays."""
        banks: dict[str, ItemBank] = {}
        for plugin, bank in self.engine.things("lms_register_item_banks", EVERYWHERE, ItemBank):
            if banks.setdefault(bank.slug, bank) is not bank:
                log.warning("bank left out", plugin=plugin, slug=bank.slug, reason="the name is taken")
        return banks

    def listed(self) -> list[Listed]:
        """Every credential in the version in force, vendor by vendor, the retired ones last."""
        bound = self.catalogue()
        every = [self._listed(bound, one, one.versions[0]) for one in bound.certifications.values()]
        vendors = list(bound.by_vendor())
        return sorted(every, key=lambda one: (vendors.index(one.certification.vendor), one.standing.retired))

    def get(self, code: str, as_of: str = "") -> Listed:
        """One credential in one version, the one in force by default. Raises CertificationNotFound."""
        bound = self.catalogue()
        return self._listed(bound, bound.get(code), bound.version(code, as_of))

    def find(self, code: str) -> Certification | None:
        """The credential, or None where no plugin that is on knows it."""
        return self.catalogue().certifications.get(code)

    @property
    def today(self) -> date:
        """The day it is on the site's own calendar."""
        return self.clock.now().astimezone(ZoneInfo(self.settings.time_zone)).date()

    def _listed(self, bound: Catalogue, certification: Certification, specification: DatedSpecification) -> Listed:
        stands = standing(specification, self.today)
        return Listed(certification, specification, stands, bound.plugins[certification.code])
