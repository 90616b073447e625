"""The host's SQL: installed plugins, their gates, and the epoch."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from lms_core.foundation.host.gates import Rule
from lms_core.foundation.host.tables import epochs, gates, plugin_settings, plugins
from lms_core.foundation.scopes import Scope
from lms_core.foundation.uow import UnitOfWork, Work

_THE_ROW = 1
# Beside what was disclosed: what the plugin registered as personal data, as JSON values.
REGISTERED = "registered_data"


@dataclass(frozen=True, slots=True)
class Installed:
    """A plugin as the database knows it. ``state`` is ``installed`` or ``kept``."""

    id: str
    version: str
    state: str
    consent: Mapping[str, Any]
    installed_at: datetime
    changed_at: datetime

    @property
    def registered(self) -> tuple[Mapping[str, Any], ...]:
        """What it registered as personal data; nothing of one that was installed before that was noted."""
        return tuple(self.consent.get(REGISTERED, ()))


@dataclass(frozen=True)
class PluginRecords:
    """Plugins and gates inside one unit of work."""

    uow: UnitOfWork

    def every(self) -> dict[str, Installed]:
        """All that were ever installed and not dropped, by id."""
        rows = self.uow.session.execute(select(plugins).order_by(plugins.c.id)).mappings()
        return {row["id"]: Installed(**row) for row in rows}

    def put(self, record: Installed) -> None:
        """Add or replace the record of a plugin."""
        self.uow.session.execute(delete(plugins).where(plugins.c.id == record.id))
        values = {name: getattr(record, name) for name in plugins.c.keys()}  # noqa: SIM118 a collection, not a dict
        self.uow.session.execute(insert(plugins).values(values))

    def remove(self, plugin: str) -> None:
        """Forget a plugin and its gates."""
        self.uow.session.execute(delete(plugins).where(plugins.c.id == plugin))
        self.uow.session.execute(delete(gates).where(gates.c.plugin == plugin))

    def remove_settings(self, plugin: str) -> None:
        """Forget how a plugin was set."""
        self.uow.session.execute(delete(plugin_settings).where(plugin_settings.c.plugin == plugin))

    def rules(self) -> tuple[Rule, ...]:
        """Every gate's rule."""
        rows = self.uow.session.execute(select(gates.c.plugin, gates.c.scope_kind, gates.c.scope_id, gates.c.enabled))
        return tuple(Rule(plugin, Scope(kind, identifier), enabled) for plugin, kind, identifier, enabled in rows)

    def switch(self, rule: Rule, at: datetime, by: UUID | None) -> None:
        """Set the rule of one place."""
        self.clear(rule.plugin, rule.scope)
        values = {"plugin": rule.plugin, "scope_kind": rule.scope.kind, "scope_id": rule.scope.id}
        decided = {"enabled": rule.enabled, "changed_at": at, "changed_by": by}
        self.uow.session.execute(insert(gates).values(values | decided))

    def clear(self, plugin: str, scope: Scope) -> None:
        """Take the rule of one place away."""
        here = (gates.c.plugin == plugin, gates.c.scope_kind == scope.kind, gates.c.scope_id == scope.id)
        self.uow.session.execute(delete(gates).where(*here))

    def epoch(self) -> int:
        """The number of the present epoch; 0 before the first change."""
        return self.uow.session.execute(select(epochs.c.number)).scalar() or 0

    def begin_epoch(self) -> int:
        """Raise the epoch, so that every process takes the rules anew; its number."""
        raised = update(epochs).where(epochs.c.id == _THE_ROW).values(number=epochs.c.number + 1)
        number = self.uow.session.execute(raised.returning(epochs.c.number)).scalar()
        if number is None:
            self.uow.session.execute(insert(epochs).values(id=_THE_ROW, number=1))
        return number or 1


@dataclass(frozen=True)
class StoredGates:
    """The rules as ``Gates`` reads them, each time in a unit of work of its own."""

    work: Work

    def epoch(self) -> int:
        """The number of the present epoch."""
        with self.work.read() as uow:
            return PluginRecords(uow).epoch()

    def rules(self) -> tuple[int, tuple[Rule, ...]]:
        """The present epoch and its rules, read in one transaction.

        The epoch is read first: a change in between is at worst read early, and read again a second later.
        """
        with self.work.read() as uow:
            records = PluginRecords(uow)
            return records.epoch(), records.rules()
