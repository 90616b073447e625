"""The SQL of plugins' settings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select

from lms_core.foundation.host.settings.inheritance import Stored
from lms_core.foundation.host.tables import plugin_settings
from lms_core.foundation.scopes import Scope
from lms_core.foundation.uow import UnitOfWork

_OURS = plugin_settings.c


@dataclass(frozen=True)
class StoredSettings:
    """What was set, inside one unit of work."""

    uow: UnitOfWork

    def every(self, plugin: str | None = None) -> tuple[Stored, ...]:
        """Everything that was set, of all plugins or one."""
        query = select(_OURS.plugin, _OURS.scope_kind, _OURS.scope_id, _OURS.name, _OURS.value, _OURS.sealed)
        if plugin is not None:
            query = query.where(_OURS.plugin == plugin)
        rows = self.uow.session.execute(query.order_by(_OURS.plugin, _OURS.name))
        return tuple(Stored(of, Scope(kind, at), name, value, sealed) for of, kind, at, name, value, sealed in rows)

    def put(self, settings: Iterable[Stored], at: datetime, by: UUID | None) -> None:
        """Set them, in the place of what was there."""
        for one in settings:
            self.remove(one.plugin, one.scope, one.name)
            where = {"plugin": one.plugin, "scope_kind": one.scope.kind, "scope_id": one.scope.id, "name": one.name}
            said = {"value": one.value, "sealed": one.sealed, "changed_at": at, "changed_by": by}
            self.uow.session.execute(insert(plugin_settings).values(where | said))

    def remove(self, plugin: str, scope: Scope, name: str) -> None:
        """Take one setting of one place away."""
        here = (_OURS.plugin == plugin, _OURS.scope_kind == scope.kind, _OURS.scope_id == scope.id)
        self.uow.session.execute(delete(plugin_settings).where(*here, _OURS.name == name))
