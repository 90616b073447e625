"""What a plugin's code reads: the settings in force in a place, answered from memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from marshmallow import ValidationError

from lms_core.foundation.host.gates import Gates
from lms_core.foundation.host.settings.declared import DeclaredSettings, PluginSettings
from lms_core.foundation.host.settings.inheritance import Stored, holding
from lms_core.foundation.host.settings.repository import StoredSettings
from lms_core.foundation.host.settings.sealing import Sealer
from lms_core.foundation.scopes import EVERYWHERE, Scopes
from lms_core.foundation.uow import Work

log = structlog.get_logger("lms.host")
_PLAN = "settings"


@dataclass(frozen=True)
class SettingsBook:
    """Reads every setting once an epoch: a change is in force everywhere within two seconds, as a switch is."""

    work: Work
    gates: Gates
    declared: DeclaredSettings
    sealer: Sealer

    def of(self, plugin: str, scopes: Scopes = EVERYWHERE) -> Mapping[str, Any]:
        """The settings of ``plugin`` for an object with these ``scopes``, as its schema loads them.

        Raises NoSettings, and SecretClosed where a secret among them cannot be opened.
        """
        told = self.declared[plugin]
        held = holding(self._stored().get(plugin, ()), scopes)
        return told.defaults() | {one.name: value for one in held.values() for value in self._values(told, one)}

    def _stored(self) -> Mapping[str, tuple[Stored, ...]]:
        plans = self.gates.snapshot().plans
        if _PLAN not in plans:
            found: dict[str, tuple[Stored, ...]] = {}
            with self.work.read() as uow:
                for one in StoredSettings(uow).every():
                    found[one.plugin] = (*found.get(one.plugin, ()), one)
            plans[_PLAN] = found
        stored: Mapping[str, tuple[Stored, ...]] = plans[_PLAN]
        return stored

    def _values(self, told: PluginSettings, one: Stored) -> tuple[Any, ...]:
        """The value as the schema loads it; nothing where the schema takes it no longer, so that the default holds."""
        plain = self.sealer.open(one.plugin, one.name, one.value) if one.sealed else one.value
        try:
            return (told.schema.fields[one.name].deserialize(plain),)
        except (KeyError, ValidationError):
            log.warning("a stored setting no longer fits its schema", plugin=one.plugin, setting=one.name)
            return ()
