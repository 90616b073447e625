"""Setting plugins: what was typed is read by the plugin's schema, kept for one place, and noted in the log."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from marshmallow import Schema

from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Invalid
from lms_core.foundation.events import Event
from lms_core.foundation.host.findings import nearest
from lms_core.foundation.host.repository import PluginRecords
from lms_core.foundation.host.service import MANAGE
from lms_core.foundation.host.settings.declared import DeclaredSettings, PluginSettings
from lms_core.foundation.host.settings.inheritance import Stored, holding
from lms_core.foundation.host.settings.repository import StoredSettings
from lms_core.foundation.host.settings.sealing import Sealer, SecretClosed
from lms_core.foundation.scopes import EVERYWHERE, SITE, Scope, Scopes
from lms_core.foundation.text import Text, text
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.foundation.web.schemas import load

MASK = "••••"


@dataclass(frozen=True, slots=True)
class SettingChanged(Event):
    """A plugin's setting was changed in one place; empty where nothing was, or is, set. Secrets are masked."""

    name: ClassVar[str] = "foundation.plugin_setting_changed"

    plugin: str
    scope: str
    setting: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One setting in one place: what holds there and the place that says so; None: the schema's default holds.

    ``value`` is plain JSON. Of a secret it is None: whether one is set can be known, and nothing else.
    """

    name: str
    value: Any
    source: Scope | None
    secret: bool


@dataclass(frozen=True)
class SettingsService:
    """The use cases of plugins' settings. Whoever may manage plugins in a place may set them there."""

    work: Work
    declared: DeclaredSettings
    sealer: Sealer

    def shown(self, actor: Actor, plugin: str, scope: Scope, around: Scopes) -> tuple[Shown, ...]:
        """What holds in ``scope``; ``around`` are all the scopes it lies in. Raises NoSettings, Forbidden."""
        told = self.declared[plugin]
        actor.require(MANAGE, around | {SITE, scope})
        with self.work.read() as uow:
            held = holding(StoredSettings(uow).every(plugin), around | {SITE, scope})
        return tuple(_shown(told, name, held.get(name)) for name in told.names)

    def change(
        self, actor: Actor, plugin: str, scope: Scope, values: Mapping[str, Any], unset: Iterable[str] = ()
    ) -> None:
        """Set ``values`` (as they were typed) for ``scope``, and take away what was set there for ``unset``.

        Raises NoSettings, Forbidden, and Invalid with every error by setting. Rules of the schema that look at
        several settings see this place's, and the defaults of those not set here.
        """
        told = self.declared[plugin]
        actor.require(MANAGE, frozenset({SITE, scope}))
        gone = frozenset(unset)
        _refuse_unknown(told, scope, (*values, *gone))
        with self.work.write() as uow:
            here = {one.name: one for one in StoredSettings(uow).every(plugin) if one.scope == scope}
            kept = {name: one for name, one in here.items() if name not in gone and name not in values}
            plain = _read(told.schema, self._opened(kept.values()) | dict(values))
            fresh = {name: self._stored(told, plugin, scope, name, plain[name]) for name in values}
            for name in gone:
                StoredSettings(uow).remove(plugin, scope, name)
            StoredSettings(uow).put(fresh.values(), self.work.clock.now(), actor.person_id)
            changes = {name: (here.get(name), fresh.get(name)) for name in (*fresh, *(gone & here.keys()))}
            self._note(uow, actor, plugin, scope, changes)
            uow.commit()

    def reseal(self, actor: Actor) -> tuple[int, tuple[Stored, ...]]:
        """Seal every secret under the present key: how many were, and those that no key opens any more.

        What a newer schema calls a secret and was kept plain until now is sealed as well.
        """
        actor.require(MANAGE, EVERYWHERE)
        closed: list[Stored] = []
        with self.work.write() as uow:
            secrets = [one for one in StoredSettings(uow).every() if one.sealed or self._is_secret(one)]
            for one in secrets:
                try:
                    plain = self._opened([one])[one.name]
                except SecretClosed:
                    closed.append(one)
                    continue
                fresh = replace(one, value=self.sealer.seal(one.plugin, one.name, str(plain)), sealed=True)
                StoredSettings(uow).put([fresh], self.work.clock.now(), actor.person_id)
            PluginRecords(uow).begin_epoch()
            uow.commit()
        return len(secrets) - len(closed), tuple(closed)

    def _is_secret(self, one: Stored) -> bool:
        told = self.declared.plugins.get(one.plugin)
        return told is not None and one.name in told.secrets

    def _opened(self, stored: Iterable[Stored]) -> dict[str, Any]:
        return {
            one.name: self.sealer.open(one.plugin, one.name, one.value) if one.sealed else one.value for one in stored
        }

    def _stored(self, told: PluginSettings, plugin: str, scope: Scope, name: str, value: Any) -> Stored:
        plain = told.schema.fields[name].serialize(name, {name: value})
        if name not in told.secrets:
            return Stored(plugin, scope, name, plain)
        return Stored(plugin, scope, name, self.sealer.seal(plugin, name, str(plain)), sealed=True)

    def _note(
        self,
        uow: UnitOfWork,
        actor: Actor,
        plugin: str,
        scope: Scope,
        changes: Mapping[str, tuple[Stored | None, Stored | None]],
    ) -> None:
        for name, (before, after) in changes.items():
            happened = SettingChanged(
                plugin=plugin, scope=str(scope), setting=name, before=_written(before), after=_written(after)
            )
            uow.record(happened, by=actor, scopes=frozenset({SITE, scope}))
        PluginRecords(uow).begin_epoch()


def _read(schema: Schema, values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` by the schema, with its defaults; what has none, and was never set, is not missed."""
    return load(schema, values, partial=[name for name, one in schema.fields.items() if one.required])


def _refuse_unknown(told: PluginSettings, scope: Scope, names: Iterable[str]) -> None:
    wrong: dict[str, tuple[Text, ...]] = {}
    for name in names:
        if name not in told.schema.fields:
            meant = nearest(name, told.names)
            reason = text("There is no setting “%(name)s”. Did you mean “%(meant)s”?", name=name, meant=meant)
            wrong[name] = (reason if meant else text("There is no setting “%(name)s”.", name=name),)
    if scope.kind not in told.scopes:
        kinds = ", ".join(told.scopes)
        wrong["scope"] = (text("It can be set for: %(kinds)s. Choose one of these.", kinds=kinds),)
    if wrong:
        raise Invalid(fields=wrong)


def _shown(told: PluginSettings, name: str, held: Stored | None) -> Shown:
    secret = name in told.secrets
    if secret:
        return Shown(name, None, held.scope if held else None, secret)
    if held and not held.sealed:
        return Shown(name, held.value, held.scope, secret)
    default = told.defaults()[name]
    plain = None if default is None else told.schema.fields[name].serialize(name, {name: default})
    return Shown(name, plain, None, secret)


def _written(one: Stored | None) -> str:
    if one is None:
        return ""
    return MASK if one.sealed else json.dumps(one.value, ensure_ascii=False)
