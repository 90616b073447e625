"""Setting plugins, for pages and the command line: places by their name, values as they were typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import Schema
from marshmallow import fields as marshmallow_fields

from lms_core.app.places import Places
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Forbidden
from lms_core.foundation.host.gates import Gates
from lms_core.foundation.host.service import MANAGE
from lms_core.foundation.host.settings import DeclaredSettings, SettingsService
from lms_core.foundation.host.settings.service import Shown
from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import Titles
from lms_core.foundation.web import house


@dataclass(frozen=True, slots=True)
class SettingsShown:
    """The settings of a plugin in one place. ``sources`` names the places that say what holds here."""

    plugin: str
    scope: Scope
    titles: Titles | None
    schema: Schema
    kinds: tuple[str, ...]
    settings: tuple[Shown, ...]
    sources: Mapping[Scope, Titles] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Any]:
        """What holds, by setting; secrets left out."""
        return {one.name: one.value for one in self.settings}

    @property
    def here(self) -> frozenset[str]:
        """The settings that are set for this very place."""
        return frozenset(one.name for one in self.settings if one.source == self.scope)


@dataclass(frozen=True)
class SettingsDesk:
    """Looking at settings and changing them, by whoever holds ``foundation.manage_plugins`` in the place."""

    settings: SettingsService
    declared: DeclaredSettings
    gates: Gates
    places: Places

    def has_settings(self, plugin: str) -> bool:
        """Whether there is anything to set."""
        return plugin in self.declared.plugins

    def shown(self, actor: Actor, plugin: str, place: str = "site") -> SettingsShown:
        """What holds in ``place``. Raises NoSettings, Invalid for no such place, Forbidden."""
        scope = self._place(actor, place)
        found = self.settings.shown(actor, plugin, scope, self.places.scopes(scope))
        sources = house().titles_of({scope, *(one.source for one in found if one.source)})
        told = self.declared[plugin]
        return SettingsShown(plugin, scope, sources.get(scope), told.schema, told.scopes, found, sources)

    def change(
        self, actor: Actor, plugin: str, place: str, values: Mapping[str, Any], unset: Iterable[str] = ()
    ) -> None:
        """Set ``values`` for ``place``, and take away what is set there for ``unset``.

        Raises NoSettings, Invalid with every error by setting, Forbidden.
        """
        self.settings.change(actor, plugin, self._place(actor, place), values, unset)
        self.gates.refresh()

    def fill_in(self, actor: Actor, plugin: str, place: str, sent: Mapping[str, Any]) -> None:
        """Take a whole form: what differs from the wider places is set here, what was emptied is taken away.

        A secret that was left empty stays as it is: nobody could have read it to type it again.
        """
        shown = self.shown(actor, plugin, place)
        typed = {one.name: sent.get(one.name) for one in shown.settings}
        plain = {one.name for one in shown.settings if not one.secret}
        empty = {name for name, value in typed.items() if value in (None, "", [])}
        same = {name for name in typed.keys() - empty if _alike(typed[name], shown.values[name])}
        values = {name: typed[name] for name in typed if name not in empty | (same - shown.here)}
        self.change(actor, plugin, place, values, empty & plain & shown.here)

    def _place(self, actor: Actor, place: str) -> Scope:
        if not actor.almighty and not actor.where(MANAGE):
            raise Forbidden
        return self.places.read(place)


def typed(schema: Schema, name: str, written: str) -> Any:
    """What was written on a command line, as the field called ``name`` takes it: numbers, lists by commas."""
    one = schema.fields.get(name)
    if isinstance(one, marshmallow_fields.Integer) and written.lstrip("-").isdigit():
        return int(written)
    if isinstance(one, marshmallow_fields.List):
        return [part.strip() for part in written.split(",") if part.strip()]
    return written


def _alike(typed_: Any, held: Any) -> bool:
    if isinstance(held, bool):
        return str(typed_).lower() == str(held).lower()
    return typed_ == held or str(typed_) == str(held)
